/**
 * The tfjs backend of the simd device: tfjs's CPU backend with tensor values in one WebAssembly memory,
 * so that it inherits every CPU kernel and the hot ones run in WASM on all threads.
 */
import * as tf from '../../tf.ts';
import { Heap } from './heap.ts';
import { type Space, Storage } from './storage.ts';
import type { Threads } from './threads.ts';

type Values = tf.backend_util.BackendValues;

export class SimdBackend extends tf.MathBackendCPU {
  readonly heap: Heap;
  readonly threads: Threads;
  readonly #space: Space;

  constructor(memory: WebAssembly.Memory, threads: Threads) {
    super();
    this.heap = new Heap(memory);
    this.threads = threads;
    this.#space = { memory, heap: this.heap };
  }

  override write(values: Values, _shape: number[], dtype: tf.DataType): object {
    return this.#add(new Storage(this.#space, dtype, values));
  }

  override move(
    dataId: object,
    values: Values,
    _shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    const storage = new Storage(this.#space, dtype, values);
    storage.refCount = refCount;
    this.data.set(dataId, storage as never);
  }

  override readSync(dataId: object): Values {
    const storage = this.#storage(dataId);
    return storage.complexTensorInfos ? super.readSync(dataId) : (storage.copy() as Values);
  }

  override disposeData(dataId: object, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const storage = this.#storage(dataId);
    const gone = super.disposeData(dataId, force);
    if (gone) storage.release();
    return gone;
  }

  override dispose(): void {
    this.threads.dispose();
  }

  /** An uninitialised tensor for a kernel to fill. */
  allocate(shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
    const dataId = this.#add(Storage.allocate(this.#space, dtype, tf.util.sizeFromShape([...shape])));
    return { dataId, shape: [...shape], dtype };
  }

  /** The same data under another shape. */
  share(tensor: tf.TensorInfo): tf.TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
  }

  /** Address of a tensor's data. It stays valid while outputs and scratch are allocated. */
  address(tensor: tf.TensorInfo): number {
    return this.#storage(tensor.dataId).address;
  }

  /** Runs `use` with the address of `bytes` scratch bytes. */
  scratch<T>(bytes: number, use: (address: number) => T): T {
    const address = this.heap.allocate(bytes);
    try {
      return use(address);
    } finally {
      this.heap.release(address);
    }
  }

  #storage(dataId: object): Storage {
    return this.data.get(dataId) as unknown as Storage;
  }

  #add(storage: Storage): object {
    const dataId = {};
    this.data.set(dataId, storage as never);
    return dataId;
  }
}
