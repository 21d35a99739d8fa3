/** The uniform values of dispatches: each distinct set is uploaded once and then referred to by its offset. */

/** WebGPU's `minUniformBufferOffsetAlignment`. */
const ALIGNMENT = 256;
const BYTES = 256 * 1024;
/** Maximum bytes of a set, and the size of every uniform binding. */
export const SET_BYTES = 4096;

export class ConstantTable {
  readonly buffer: GPUBuffer;
  readonly #queue: GPUQueue;
  /** Ensures that no recorded dispatch still needs the table's content. */
  readonly #submit: () => void;
  readonly #offsets = new Map<string, number>();
  #end = 0;

  constructor(device: GPUDevice, submit: () => void) {
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    this.buffer = device.createBuffer({ size: BYTES, usage, label: 'constants' });
    this.#queue = device.queue;
    this.#submit = submit;
  }

  /** Offset of a set of values. */
  place(words: Uint32Array<ArrayBuffer>): number {
    const key = words.join();
    const known = this.#offsets.get(key);
    if (known !== undefined) return known;
    if (this.#end + SET_BYTES > BYTES) {
      this.#submit();
      this.#offsets.clear();
      this.#end = 0;
    }
    const offset = this.#end;
    this.#queue.writeBuffer(this.buffer, offset, words);
    this.#offsets.set(key, offset);
    this.#end += Math.ceil(words.byteLength / ALIGNMENT) * ALIGNMENT;
    return offset;
  }

  dispose(): void {
    this.buffer.destroy();
  }
}
