/**
 * What a training step on the webgpu device costs, on a processor that only counts: the full network at the full
 * batch, and the rules of WebGPU that depend on sizes.
 */
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import { Arena, type Block } from '../../../src/core/engine/devices/webgpu/arena.ts';
import type { GpuBackend } from '../../../src/core/engine/devices/webgpu/backend.ts';
import { Batch } from '../../../src/core/engine/devices/webgpu/batch.ts';
import { COPY } from '../../../src/core/engine/devices/webgpu/flat.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { NETWORK_META } from '../../../src/core/nn/meta.ts';
import { random } from '../../../src/core/random.ts';
import { createTrainer } from '../../../src/core/train/trainer.ts';
import type { Trainer } from '../../../src/core/train/trainer.types.ts';
import { type Counts, createMockGpu, MOCK_GLOBALS } from '../../fakes/gpu.ts';
import { nodeHost } from '../../fakes/host.ts';
import { installGpu } from '../../fakes/navigator.ts';

const GIB = 2 ** 30;
const options = { seed: 1, momentum: 0.9, weightDecay: 1e-4, decayNormAndBias: true, labelSmoothing: 0 };

const { gpu, counts } = createMockGpu();
let openWebgpu: typeof import('../../../src/core/engine/devices/webgpu/index.ts').openWebgpu;
let device: Device;
beforeAll(async () => {
  // tfjs looks at these when it loads.
  installGpu(gpu, MOCK_GLOBALS);
  ({ openWebgpu } = await import('../../../src/core/engine/devices/webgpu/index.ts'));
});
afterEach(() => device?.dispose());

async function open(network: string, inputSize: number, microBatch?: number): Promise<Trainer> {
  Object.assign(counts, { liveBytes: 0, peakBytes: 0 });
  device = (await openWebgpu({ ...nodeHost, gpu }, { allowFallback: false }))!;
  return createTrainer(device, {
    ...options,
    network,
    classes: 4,
    inputSize,
    ...(microBatch && { microBatch }),
  });
}

/** What one step adds to the counts, after `before` steps. */
async function countStep(trainer: Trainer, batch: number, size: number, before: number): Promise<Counts> {
  const step = (index: number) =>
    trainer.step(new Uint8Array(batch * size * size), new Uint8Array(batch), 0.1, index);
  for (let index = 0; index < before; index++) await step(index);
  const start = { ...counts };
  await step(before);
  const added = Object.entries(counts).map(([key, value]) => [key, value - start[key as keyof Counts]]);
  return Object.fromEntries(added) as Counts;
}

test('a step of ResNet-18 at batch 128 and 224×224', async () => {
  const trainer = await open('resnet18', 224);
  expect(device.microBatch(NETWORK_META.resnet18.memory, 224)).toBeGreaterThanOrEqual(128);
  const step = await countStep(trainer, 128, 224, 3);
  expect(step.dispatches).toBeLessThanOrEqual(250);
  expect(step.submits).toBeLessThanOrEqual(8);
  expect(step.uploadedBytes).toBeLessThanOrEqual(6.5e6);
  expect(step.boundBytes).toBeLessThanOrEqual(23e9);
  expect(counts.peakBytes).toBeLessThanOrEqual(3.5 * GIB);
  // Nothing is compiled or allocated once the first steps are done.
  expect(step).toMatchObject({ shaderModules: 0, pipelines: 0, layouts: 0, buffers: 0 });
  trainer.dispose();
});

test('after some steps not even bind groups are new', async () => {
  const trainer = await open('resnet18', 224);
  const { bindGroups } = await countStep(trainer, 128, 224, 12);
  expect(bindGroups).toBeLessThanOrEqual(10);
  trainer.dispose();
});

const others = Object.values(NETWORK_META).filter(({ key }) => key !== 'resnet18');
test.each(others)('$label in parts of the default size fits', async ({ key, memory }) => {
  const trainer = await open(key, 224);
  const parts = device.microBatch(memory, 224);
  expect(parts).toBeGreaterThanOrEqual(8);
  const step = await countStep(trainer, 2 * parts, 224, 2);
  expect(counts.peakBytes).toBeLessThanOrEqual(6 * GIB);
  expect(step).toMatchObject({ shaderModules: 0, pipelines: 0, layouts: 0, buffers: 0 });
  trainer.dispose();
});

test('a device that is disposed of gives all its memory back', async () => {
  const trainer = await open('resnet18', 64);
  await countStep(trainer, 4, 64, 0);
  trainer.dispose();
  expect(counts.liveBytes).toBeGreaterThan(0);
  device.dispose();
  expect(counts.liveBytes).toBe(0);
});

test('blocks of memory never overlap, and freed ones join', async () => {
  const arena = new Arena(await (await gpu.requestAdapter())!.requestDevice());
  const { integer } = random(4);
  const blocks = [];
  for (let i = 0; i < 3000; i++) {
    if (integer(5) > 1) blocks.push(arena.allocate(1 + integer([300, 70_000, 9_000_000][integer(3)])));
    else if (blocks.length > 0) arena.release(blocks.splice(integer(blocks.length), 1)[0]);
    if (blocks.length > 100) arena.release(blocks.splice(integer(blocks.length), 1)[0]);
  }
  const sorted = blocks.toSorted((a, b) =>
    a.slab === b.slab ? a.offset - b.offset : arena.slabs.indexOf(a.slab) - arena.slabs.indexOf(b.slab),
  );
  sorted.forEach(({ slab, offset, size }, i) => {
    expect(offset % 256).toBe(0);
    expect(offset + size).toBeLessThanOrEqual(slab.buffer.size);
    const next = sorted[i + 1];
    if (next?.slab === slab) expect(offset + size).toBeLessThanOrEqual(next.offset);
  });
  for (const block of blocks) arena.release(block);
  expect(arena.usedBytes).toBe(0);
  for (const { holes, buffer } of arena.slabs) expect(holes).toEqual([{ offset: 0, size: buffer.size }]);
});

test('small calls are gathered unless one needs the result of another', async () => {
  const arena = new Arena(await (await gpu.requestAdapter())!.requestDevice());
  const [a, b, c, d] = [1, 2, 3, 4].map(() => arena.allocate(16));
  const call = (input: Block, output: Block, op = COPY) => ({
    op,
    inputs: [input],
    outputs: [output],
    length: 4,
    params: [],
  });
  const batch = new Batch();
  batch.add(call(a, b));
  expect(batch.accepts(call(c, d))).toBe(true);
  expect(batch.accepts(call(b, c))).toBe(false);
  expect(batch.accepts(call(c, d, { ...COPY }))).toBe(false);
  expect(batch.accepts(call(arena.allocate(100_000), c))).toBe(false);
});

test('a training returns all memory to the arena', async () => {
  const trainer = await open('resnet18', 64);
  const { arena } = tf.backend() as unknown as GpuBackend;
  await countStep(trainer, 4, 64, 1);
  trainer.dispose();
  await Promise.resolve();
  expect(arena.usedBytes).toBe(0);
});
