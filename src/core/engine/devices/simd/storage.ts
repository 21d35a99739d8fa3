/** One tensor's data: a JavaScript array until a kernel needs it in the shared memory, a block there from then on. */
import type * as tf from '../../tf.ts';
import type { Heap } from './heap.ts';

type Values = tf.backend_util.BackendValues;

/** The allocator and memory of blocks. */
export type Space = { memory: WebAssembly.Memory; heap: Heap };

/** tfjs's TensorData; inherited CPU kernels read and write `values`. */
export class Storage {
  readonly dtype: tf.DataType;
  refCount = 1;
  complexTensorInfos?: { real: tf.TensorInfo; imag: tf.TensorInfo };
  readonly #space: Space;
  #host: Values | undefined;
  #address = 0;
  #length = 0;
  #view: Float32Array | Int32Array | null = null;

  constructor(space: Space, dtype: tf.DataType, values: Values | undefined) {
    this.#space = space;
    this.dtype = dtype;
    // A CPU kernel may pass on a view of another tensor's block, which may be freed before this one.
    const shared = ArrayBuffer.isView(values) && values.buffer === (space.memory.buffer as ArrayBufferLike);
    this.#host = shared ? (values as Float32Array).slice() : values;
  }

  /** An uninitialised block. */
  static allocate(space: Space, dtype: 'float32' | 'int32', length: number): Storage {
    const storage = new Storage(space, dtype, undefined);
    storage.#place(length);
    return storage;
  }

  get values(): Values | undefined {
    if (this.#address === 0) return this.#host;
    const { buffer } = this.#space.memory;
    if (this.#view?.buffer !== buffer) {
      const View = this.dtype === 'int32' ? Int32Array : Float32Array;
      this.#view = new View(buffer, this.#address, this.#length);
    }
    return this.#view ?? undefined;
  }

  /** A copy that outlives the block. */
  copy(): Values | undefined {
    return this.#address === 0 ? this.#host : (this.values as Float32Array).slice();
  }

  /** Address of the data in memory; moves it there first. */
  get address(): number {
    if (this.#address !== 0) return this.#address;
    if (this.dtype !== 'float32' && this.dtype !== 'int32') throw new Error(`No kernel takes ${this.dtype}.`);
    const host = this.#host as Float32Array;
    this.#place(host.length);
    (this.values as Float32Array).set(host);
    this.#host = undefined;
    return this.#address;
  }

  release(): void {
    if (this.#address !== 0) this.#space.heap.release(this.#address);
    this.#address = 0;
    this.#view = null;
  }

  #place(length: number): void {
    this.#length = length;
    this.#address = this.#space.heap.allocate(length * 4);
  }
}
