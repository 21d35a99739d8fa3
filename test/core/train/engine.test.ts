/** The loop over the real engine: learning, and going on bit-equal. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device, DeviceName } from '../../../src/core/engine/devices/types.ts';
import { hash32 } from '../../../src/core/random.ts';
import { createBatches } from '../../../src/core/train/batches.ts';
import { createControl } from '../../../src/core/train/control.ts';
import { type LoopState, runLoop, startLoop } from '../../../src/core/train/loop.ts';
import type { RunConfig } from '../../../src/core/train/run.ts';
import { buildTrainer } from '../../../src/core/train/trainer.ts';
import type { TrainerState } from '../../../src/core/train/trainer.types.ts';
import { SLICE_BYTES, SLICE_SIDE } from '../../../src/core/types.ts';
import { NARROW_NETWORKS } from '../../builders/networks.ts';
import { HAS_NODE_GPU, openNodeGpu } from '../../fakes/dawn.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';
import { batchOptions, fakeConfig, fakeHost, fakeTable } from './fake.ts';

const table = fakeTable([
  { dataset: 'a', label: 0, n: 10 },
  { dataset: 'b', label: 3, n: 10 },
]);
/** Smaller than any run's, since the reference device is slow. */
const SIZE = 32;
const config = fakeConfig({ epochs: 3, batch: 4, learningRate: 0.02, balance: true });

/** Those of the first shard are bright at the top, the others at the bottom. */
async function pixelsOf(shard: number): Promise<Uint8Array> {
  const pixels = new Uint8Array(10 * SLICE_BYTES).map((_, i) => hash32(shard, 0, i) >>> 25);
  for (let row = 0; row < 10; row++) {
    const from = row * SLICE_BYTES + (shard === table.shards[0] ? 0 : (SLICE_SIDE / 2) * SLICE_SIDE);
    for (let i = from; i < from + SLICE_BYTES / 2; i++) pixels[i] += 100;
  }
  return pixels;
}

async function train(
  device: Device,
  from?: { state: LoopState; trainer: TrainerState },
  settings: RunConfig = config,
) {
  const trainer = await buildTrainer(device, NARROW_NETWORKS[0], { ...settings, inputSize: SIZE });
  if (from) trainer.load(from.trainer);
  const state = structuredClone(from?.state ?? startLoop());
  const saved: { state: LoopState; trainer: TrainerState }[] = [];
  let ms = 0;
  await runLoop(
    {
      config,
      trainer,
      batches: createBatches(table, { ...batchOptions(config), inputSize: SIZE }, pixelsOf, fakeHost),
      control: createControl(),
      events: { point: () => {}, epoch: () => {}, phase: () => {} },
      validate: null,
      validateImages: 0,
      evaluationImages: 0,
      overlapsCompute: false,
      watch: async () => undefined,
      checkpoint: async (reached) => {
        saved.push(structuredClone({ state: reached, trainer: await trainer.save() }));
      },
      // A checkpoint is due after every second step.
      nowMs: () => (ms += 4000),
      yieldToEventLoop: async () => {},
      signal: new AbortController().signal,
    },
    state,
  );
  const result = { trainer: await trainer.save(), losses: state.history.map(({ trainLoss }) => trainLoss) };
  trainer.dispose();
  return { ...result, saved };
}

/** The fastest here, and an emulated graphics processor. */
const DEVICES: DeviceName[] = [NODE_DEVICES.at(-1)!, ...(HAS_NODE_GPU ? (['webgpu'] as const) : [])];

describe.each(DEVICES)('on %s', (name) => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice(name, name === 'webgpu' ? await openNodeGpu() : nodeHost);
  });
  afterAll(() => device.dispose());

  test('a training learns, and one resumed amid an epoch ends in the same bits', async () => {
    const whole = await train(device);
    expect(whole.losses[2]).toBeLessThan(whole.losses[0]);
    const amid = whole.saved.find(({ state }) => state.step % 5 !== 0 && state.step > 5)!;
    expect(amid.state.step).toBeLessThan(15);
    const resumed = await train(device, amid);
    expect(resumed.trainer).toEqual(whole.trainer);
    expect(resumed.losses).toEqual(whole.losses);
  }, 240_000);

  test('with the last layer alone only that changes, and one resumed ends in the same bits', async () => {
    const headOnly = { ...config, start: { from: 'starter', layers: 'head' } } as const;
    const before = await buildTrainer(device, NARROW_NETWORKS[0], { ...headOnly, inputSize: SIZE });
    const { model } = await before.save();
    before.dispose();
    const whole = await train(device, undefined, headOnly);
    expect([...whole.trainer.momentum.keys()]).toEqual(['fc.weight', 'fc.bias']);
    for (const [name, tensor] of whole.trainer.model) {
      const isSame = name.startsWith('fc.') ? 'changed' : 'same';
      expect([name, tensor.data.join() === model.get(name)!.data.join() ? 'same' : 'changed']).toEqual([
        name,
        isSame,
      ]);
    }
    const amid = whole.saved.find(({ state }) => state.step % 5 !== 0 && state.step > 5)!;
    const resumed = await train(device, amid, headOnly);
    expect(resumed.trainer).toEqual(whole.trainer);
  }, 240_000);
});
