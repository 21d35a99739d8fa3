/**
 * Memory of the graphics processor: blocks inside a few large buffers. A pool of buffers by exact size, as in
 * tfjs, holds a third more than a training step ever uses at once.
 */
import { outOfMemory } from './failure.ts';

const KIB = 2 ** 10;
const MIB = 2 ** 20;
/** WebGPU's `minStorageBufferOffsetAlignment`. */
const ALIGNMENT = 256;

/** Blocks of similar size share slabs, so that long-lived small ones don't fragment the space of large ones. */
const TIERS = [
  { largest: 64 * KIB, slab: 8 * MIB },
  { largest: 16 * MIB, slab: 64 * MIB },
  { largest: Number.POSITIVE_INFINITY, slab: 512 * MIB },
];

type Hole = { offset: number; size: number };

export type Slab = {
  buffer: GPUBuffer;
  tier: number;
  /** By offset; no two touch. */
  holes: Hole[];
};

export class Block {
  readonly slab: Slab;
  readonly offset: number;
  /** Requested bytes; the block is rounded up to the alignment. */
  readonly size: number;

  constructor(slab: Slab, offset: number, size: number) {
    this.slab = slab;
    this.offset = offset;
    this.size = size;
  }

  get buffer(): GPUBuffer {
    return this.slab.buffer;
  }

  /** Whether it is a small slab; all small blocks fit in one or two. */
  get tiny(): boolean {
    return this.slab.tier === 0;
  }
}

export class Arena {
  readonly slabs: Slab[] = [];
  usedBytes = 0;
  allocatedBytes = 0;
  readonly #device: GPUDevice;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /**
   * Best fit; equal sequences of calls give equal blocks.
   * @throws LabError `out-of-memory` if no kernel could bind so large a block
   */
  allocate(size: number): Block {
    const room = rounded(size);
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#device.limits;
    if (room > Math.min(maxBufferSize, maxStorageBufferBindingSize)) throw outOfMemory();
    const tier = TIERS.findIndex(({ largest }) => size <= largest);
    const { slab, hole } = this.#bestHole(tier, room) ?? this.#grow(tier, room);
    const block = new Block(slab, hole.offset, size);
    hole.offset += room;
    hole.size -= room;
    if (hole.size === 0) slab.holes.splice(slab.holes.indexOf(hole), 1);
    this.usedBytes += room;
    return block;
  }

  release({ slab: { holes }, offset, size }: Block): void {
    const room = rounded(size);
    this.usedBytes -= room;
    const after = holes.findIndex((hole) => hole.offset > offset);
    const index = after < 0 ? holes.length : after;
    const [before, next] = [holes[index - 1], holes[index]];
    const joinsBefore = before !== undefined && before.offset + before.size === offset;
    const joinsNext = next !== undefined && offset + room === next.offset;
    if (joinsBefore) before.size += room + (joinsNext ? next.size : 0);
    else if (joinsNext) Object.assign(next, { offset, size: room + next.size });
    else holes.splice(index, 0, { offset, size: room });
    if (joinsBefore && joinsNext) holes.splice(index, 1);
  }

  dispose(): void {
    for (const { buffer } of this.slabs) buffer.destroy();
    this.slabs.length = 0;
  }

  #bestHole(tier: number, room: number): { slab: Slab; hole: Hole } | null {
    let best: { slab: Slab; hole: Hole } | null = null;
    for (const slab of this.slabs) {
      if (slab.tier !== tier) continue;
      for (const hole of slab.holes) {
        if (hole.size >= room && (!best || hole.size < best.hole.size)) best = { slab, hole };
      }
    }
    return best;
  }

  #grow(tier: number, room: number): { slab: Slab; hole: Hole } {
    const { maxBufferSize } = this.#device.limits;
    const size = Math.max(room, Math.min(TIERS[tier].slab, maxBufferSize));
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.#device.createBuffer({ size, usage, label: `slab ${this.slabs.length}` });
    const hole = { offset: 0, size };
    const slab = { buffer, tier, holes: [hole] };
    this.slabs.push(slab);
    this.allocatedBytes += size;
    return { slab, hole };
  }
}

function rounded(size: number): number {
  return Math.max(ALIGNMENT, Math.ceil(size / ALIGNMENT) * ALIGNMENT);
}
