/**
 * The tfjs backend of the webgpu device: tfjs's own with its 170 kernels, but with our memory, dispatch and
 * reading. Commands run in the order of recording, so that freed memory is reused at once.
 */
import * as tf from '../../tf.ts';
import { Arena, Block } from './arena.ts';
import { Batch } from './batch.ts';
import { ConstantTable } from './constants.ts';
import { type FailureWatch, watchFailures } from './failure.ts';
import { COPY, FLAT_THREADS, type FlatOp, flatProgram, mergedProgram } from './flat.ts';
import { Base, type Values } from './internals.ts';
import { type Binding, Pipelines } from './pipelines.ts';
import { Profile } from './profile.ts';
import { type Call, grid, type Program, packParams } from './program.ts';
import { OPERATIONS_PER_BYTE, SubmitThrottle } from './submitThrottle.ts';
import { Tiles } from './tiles.ts';
import { widthOf } from './wgsl.ts';

export type Tiling = { known: string | null; keep(found: string): void };

export class GpuBackend extends Base {
  readonly arena: Arena;
  readonly failures: FailureWatch;
  readonly tiles: Tiles;
  /** While set, every dispatch is timed. */
  profile: Profile | null = null;
  /** Times the dispatches that ask for it. */
  #stopwatch: Profile | null = null;
  readonly #constants: ConstantTable;
  readonly #pipelines: Pipelines;
  readonly #throttle: SubmitThrottle;
  readonly #batch = new Batch();

  /** @param tiling the known fastest tiles of the adapter, and where to store new findings */
  constructor(device: GPUDevice, info: GPUAdapterInfo, nowMs: () => number, tiling: Tiling) {
    super(device, info);
    this.#throttle = new SubmitThrottle(nowMs);
    const timed = device.features.has('timestamp-query');
    this.tiles = new Tiles(tiling.known, timed ? tiling.keep : null);
    this.arena = new Arena(device);
    this.failures = watchFailures(device);
    this.#constants = new ConstantTable(device, () => this.submit());
    this.#pipelines = new Pipelines(device, this.#constants);
  }

  /** An uninitialised tensor for a kernel to fill. */
  output(shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
    const tensor = this.makeTensorInfo([...shape], dtype);
    const bytes = tf.util.sizeFromShape(tensor.shape) * 4;
    this.tensorMap.get(tensor.dataId).resource = this.arena.allocate(bytes);
    return tensor;
  }

  /** Another tensor that shares the data. */
  share({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
    this.incRef(dataId);
    return { dataId, shape, dtype };
  }

  /** Compiles a program that will be needed. */
  prepare(program: Program): void {
    this.#pipelines.pipeline(program);
  }

  /** Records one dispatch. @throws LabError if the device failed earlier */
  run(call: Call): void {
    this.failures.check();
    const bindings = call.tensors.map((tensor) => this.#locate(tensor));
    const copies = this.#separate(bindings);
    const bytes = bindings.reduce((sum, { size }) => sum + size, 0);
    this.#record(call, bindings, call.operations ?? bytes * OPERATIONS_PER_BYTE);
    for (const copy of copies) this.arena.release(copy);
  }

  /** Runs an operation on arrays of one length; overwrites inputs that were given up unless their data are shared. */
  flat(op: FlatOp, inputs: tf.TensorInfo[], params: number[]): tf.TensorInfo[] {
    this.failures.check();
    for (const { dataId } of inputs) this.uploadToGPU(dataId);
    const given = this.#givenUp(op, inputs);
    const outputs =
      given?.map((tensor) => this.share(tensor)) ?? op.outputs.map(() => this.output(inputs[0].shape));
    const length = tf.util.sizeFromShape(inputs[0].shape);
    if (this.#gather(op, inputs, outputs, length, params)) return outputs;
    const width = widthOf(length);
    this.run({
      program: flatProgram(op, width, given !== null),
      tensors: [...inputs, ...(given ? [] : outputs)],
      params: [length / width, ...params],
      groups: Math.ceil(length / width / FLAT_THREADS),
    });
    return outputs;
  }

  /** Submits everything recorded to the device. */
  submit(): void {
    this.#flush();
    if (!this.commandEncoder) return;
    this.endComputePassEncoder();
    this.submitQueue();
  }

  override submitQueue(): void {
    super.submitQueue();
    this.#throttle.submitted();
  }

  override ensureCommandEncoderReady(): void {
    // Work without a reader must start as well, before the caller waits for something else.
    if (!this.commandEncoder) queueMicrotask(() => this.submit());
    super.ensureCommandEncoderReady();
  }

  override uploadToGPU(dataId: object): void {
    const data = this.tensorMap.get(dataId);
    if (data.resource) return;
    if (!data.values) {
      super.uploadToGPU(dataId);
      return;
    }
    const words = wordsOf(data.values, data.dtype);
    const block = this.arena.allocate(words.byteLength);
    // The write precedes recorded commands, which may still use this block.
    this.submit();
    this.queue.writeBuffer(block.buffer, block.offset, words);
    data.resource = block;
    data.values = null;
  }

  override tensorToBinding(tensor: tf.TensorInfo): GPUBindingResource | null {
    const resource = this.#settled(tensor.dataId);
    return resource instanceof Block ? range(resource) : super.tensorToBinding(tensor);
  }

  override disposeData(dataId: object, force = false): boolean {
    this.commandQueueOwnedIds.delete(dataId);
    return super.disposeData(dataId, force);
  }

  override releaseResource(dataId: object): void {
    const data = this.tensorMap.get(dataId);
    if (!(data.resource instanceof Block)) {
      super.releaseResource(dataId);
      return;
    }
    if (data.resource.tiny && !this.#batch.empty) this.#batch.hold(data.resource);
    else this.arena.release(data.resource);
    data.resource = null;
  }

  /** Keeps no copy: the data may be overwritten meanwhile. @throws LabError if the device has failed */
  override async read(dataId: object): Promise<Values> {
    const { values, dtype } = this.tensorMap.get(dataId);
    if (values) return values;
    const resource = this.#settled(dataId);
    if (!(resource instanceof Block)) return this.#answered(super.read(dataId));
    const bytes = await this.#answered(this.#download(resource));
    return tf.util.convertBackendValuesAndArrayBuffer(bytes, dtype);
  }

  override readSync(dataId: object): Values {
    const { values } = this.tensorMap.get(dataId);
    if (values) return values;
    throw new Error('What a graphics processor computed can only be read asynchronously.');
  }

  override memory() {
    const memory = super.memory();
    memory.numBytesInGPU += this.arena.usedBytes;
    memory.numBytesAllocatedInGPU += this.arena.allocatedBytes;
    return memory;
  }

  override dispose(): void {
    this.failures.stop();
    this.#stopwatch?.dispose();
    super.dispose();
    this.arena.dispose();
    this.#constants.dispose();
    this.device.destroy();
  }

  async #download({ buffer, offset, size }: Block): Promise<ArrayBuffer> {
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const staging = this.bufferManager.acquireBuffer(size, usage);
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    this.commandEncoder!.copyBufferToBuffer(buffer, offset, staging, 0, size);
    this.submit();
    await staging.mapAsync(GPUMapMode.READ);
    const bytes = staging.getMappedRange().slice(0);
    staging.unmap();
    this.bufferManager.releaseBuffer(staging);
    return bytes;
  }

  /** Waits for a pending read. */
  async #answered<T>(reading: Promise<T>): Promise<T> {
    const answered = this.#throttle.reading();
    const result = await this.failures.answered(reading);
    answered();
    this.#readStopwatch();
    return result;
  }

  /** Fetches the times of submitted work while no read is waiting. */
  #readStopwatch(): void {
    if (!this.#stopwatch?.waiting || this.commandEncoder) return;
    // A device failure is reported at the next read.
    this.#stopwatch.take().catch(() => {});
  }

  /** Queues a call on small arrays, to be recorded with similar ones. */
  #gather(
    op: FlatOp,
    inputs: tf.TensorInfo[],
    outputs: tf.TensorInfo[],
    length: number,
    params: number[],
  ): boolean {
    const blocks = [...inputs, ...outputs].map(({ dataId }) => this.#resource(dataId));
    if (!blocks.every((block) => block instanceof Block && block.tiny)) return false;
    const [ins, outs] = [blocks.slice(0, inputs.length), blocks.slice(inputs.length)] as [Block[], Block[]];
    const call = { op, inputs: ins, outputs: outs, length, params };
    if (!this.#batch.accepts(call)) this.#flush();
    if (!this.#batch.accepts(call)) return false;
    this.#batch.add(call);
    this.ensureCommandEncoderReady();
    return true;
  }

  /** The inputs that may be overwritten, if their data are not shared. */
  #givenUp({ overwrites, inputs: names }: FlatOp, inputs: tf.TensorInfo[]): tf.TensorInfo[] | null {
    if (!overwrites) return null;
    const given = overwrites.map((name) => inputs[names.indexOf(name)]);
    const free = ({ dataId }: tf.TensorInfo) =>
      this.refCount(dataId) === 1 && this.#resource(dataId) instanceof Block;
    return given.every(free) ? given : null;
  }

  /** Records the gathered small calls. */
  #flush(): void {
    if (this.#batch.empty) return;
    const { merged, released } = this.#batch.take();
    const { op, slab, items, count, longest } = merged;
    const call: Call = {
      program: mergedProgram(op),
      tensors: [],
      params: [items],
      groups: Math.ceil(longest / FLAT_THREADS),
      layers: count,
    };
    this.#record(call, [{ buffer: slab.buffer, offset: 0, size: slab.buffer.size }], 0);
    for (const block of released) this.arena.release(block);
  }

  #record(
    { program, params, groups, layers = 1, timed }: Call,
    bindings: Binding[],
    operations: number,
  ): void {
    const pipeline = this.#pipelines.pipeline(program);
    const group = this.#pipelines.bindGroup(bindings);
    const offset = this.#constants.place(packParams(program.params, [groups, ...params]));
    this.ensureCommandEncoderReady();
    if (timed) this.#stopwatch ??= new Profile(this.device);
    const clock = this.profile ?? (timed ? this.#stopwatch : null);
    if (clock) {
      this.endComputePassEncoder();
      const pass = clock.pass({ name: program.name, operations, timed });
      this.computePassEncoder = this.commandEncoder!.beginComputePass(pass);
    }
    this.computePassEncoder ??= this.commandEncoder!.beginComputePass();
    this.computePassEncoder.setPipeline(pipeline);
    this.computePassEncoder.setBindGroup(0, group, [offset]);
    this.computePassEncoder.dispatchWorkgroups(...grid(groups), layers);
    if (clock) this.endComputePassEncoder();
    if (this.#throttle.add(operations)) this.submit();
  }

  #resource(dataId: object) {
    return this.tensorMap.get(dataId).resource;
  }

  /** The same, after recording its pending content. */
  #settled(dataId: object) {
    const resource = this.#resource(dataId);
    if (this.#batch.produces(resource)) this.#flush();
    return resource;
  }

  /** The memory range of a tensor; its shape may cover only the first part of its data. */
  #locate({ dataId, shape }: tf.TensorInfo): Binding {
    this.uploadToGPU(dataId);
    const resource = this.#settled(dataId)!;
    const size = tf.util.sizeFromShape(shape) * 4;
    return resource instanceof Block ? { ...range(resource), size } : { buffer: resource, offset: 0, size };
  }

  /** Copies a tensor that is bound twice, which WebGPU refuses for writable bindings. */
  #separate(bindings: Binding[]): Block[] {
    const copies: Block[] = [];
    bindings.forEach(({ buffer, offset, size }, i) => {
      if (!bindings.slice(0, i).some((other) => other.buffer === buffer && other.offset === offset)) return;
      const copy = this.arena.allocate(size);
      copies.push(copy);
      const call = { program: flatProgram(COPY, 1, false), tensors: [], params: [size / 4] };
      const groups = Math.ceil(size / 4 / FLAT_THREADS);
      this.#record({ ...call, groups }, [bindings[i], range(copy)], size * OPERATIONS_PER_BYTE);
      bindings[i] = range(copy);
    });
    return copies;
  }
}

function range({ buffer, offset, size }: Block): Binding {
  return { buffer, offset, size };
}

function wordsOf(values: Values, dtype: tf.DataType): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
  const numbers = values as ArrayLike<number>;
  if (dtype === 'float32') {
    return (
      numbers instanceof Float32Array ? numbers : Float32Array.from(numbers)
    ) as Float32Array<ArrayBuffer>;
  }
  return (numbers instanceof Int32Array ? numbers : Int32Array.from(numbers)) as Int32Array<ArrayBuffer>;
}
