/** The allocator of the simd device: best fit over address-ordered free blocks, neighbours merged. */
import { LabError } from '../../../errors.ts';
import { HEAP, MAX_PAGES, PAGE_BYTES } from './layout.ts';

/** A cache line; blocks never share one between threads. */
const ALIGNMENT = 64;
/** Step in which memory grows, so that a first training step doesn't grow it a thousand times. */
const GROWTH_BYTES = 32 * 1024 * 1024;
/** Kernels may read this far past a block's end, but never write. */
const SLACK_BYTES = PAGE_BYTES;

type FreeBlock = { start: number; bytes: number };

function outOfMemory(cause?: unknown): LabError {
  return new LabError(
    'out-of-memory',
    'The network needs more memory than this browser gives to one computation (4 GiB at most).',
    'Everything stored before this is kept.',
    'Choose a smaller batch, image size or network, or close other tabs.',
    { cause },
  );
}

export class Heap {
  /** Bytes allocated now, and their maximum so far. */
  usedBytes = 0;
  peakBytes = 0;
  readonly #memory: WebAssembly.Memory;
  /** By address; no two touch. */
  readonly #free: FreeBlock[] = [];
  readonly #sizes = new Map<number, number>();
  #end = HEAP;
  #limit: number;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.#limit = memory.buffer.byteLength - SLACK_BYTES;
  }

  /** Address of `bytes` uninitialised bytes. @throws LabError out-of-memory */
  allocate(bytes: number): number {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const start = this.#takeFree(size) ?? this.#extend(size);
    this.#sizes.set(start, size);
    this.usedBytes += size;
    this.peakBytes = Math.max(this.peakBytes, this.usedBytes);
    return start;
  }

  release(start: number): void {
    const bytes = this.#sizes.get(start);
    if (bytes === undefined) throw new Error('Released a block that is not allocated.');
    this.#sizes.delete(start);
    this.usedBytes -= bytes;
    this.#giveFree(start, bytes);
  }

  #takeFree(size: number): number | undefined {
    let best = -1;
    for (let i = 0; i < this.#free.length; i++) {
      const { bytes } = this.#free[i];
      if (bytes >= size && (best < 0 || bytes < this.#free[best].bytes)) best = i;
      if (bytes === size) break;
    }
    if (best < 0) return undefined;
    const block = this.#free[best];
    const { start } = block;
    if (block.bytes === size) this.#free.splice(best, 1);
    else {
      block.start += size;
      block.bytes -= size;
    }
    return start;
  }

  /** Allocates at the end of the heap, including a free block there. */
  #extend(size: number): number {
    const last = this.#free.at(-1);
    const tail = last && last.start + last.bytes === this.#end ? last : undefined;
    const start = tail ? tail.start : this.#end;
    if (start + size > this.#limit) this.#grow(start + size - this.#limit);
    if (tail) this.#free.pop();
    this.#end = start + size;
    return start;
  }

  #grow(bytes: number): void {
    const pages = this.#memory.buffer.byteLength / PAGE_BYTES;
    const needed = Math.ceil(bytes / PAGE_BYTES);
    if (pages + needed > MAX_PAGES) throw outOfMemory();
    const added = Math.min(MAX_PAGES - pages, Math.max(needed, GROWTH_BYTES / PAGE_BYTES));
    try {
      this.#memory.grow(added);
    } catch (error) {
      throw outOfMemory(error);
    }
    this.#limit = this.#memory.buffer.byteLength - SLACK_BYTES;
  }

  #giveFree(start: number, bytes: number): void {
    let low = 0;
    let high = this.#free.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#free[middle].start < start) low = middle + 1;
      else high = middle;
    }
    const before = this.#free[low - 1];
    const after = this.#free[low];
    const joinsBefore = before && before.start + before.bytes === start;
    const joinsAfter = after && start + bytes === after.start;
    if (joinsBefore) {
      before.bytes += bytes + (joinsAfter ? after.bytes : 0);
      if (joinsAfter) this.#free.splice(low, 1);
    } else if (joinsAfter) {
      after.start = start;
      after.bytes += bytes;
    } else {
      this.#free.splice(low, 0, { start, bytes });
    }
  }
}
