/** Trainers on every device that opens here: determinism, resuming, micro-batches, memory, divergence. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { flatten, linear } from '../../../src/core/nn/blocks.ts';
import type { Network } from '../../../src/core/nn/network.ts';
import type { ModelState } from '../../../src/core/nn/state.ts';
import { hash32 } from '../../../src/core/random.ts';
import { microBatches } from '../../../src/core/train/step.ts';
import { buildTrainer } from '../../../src/core/train/trainer.ts';
import type { Trainer, TrainerState } from '../../../src/core/train/trainer.types.ts';
import { NARROW_NETWORKS } from '../../builders/networks.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';
import '../../harness/arrays.ts';

const SIZE = 32;
const options = {
  inputSize: SIZE,
  seed: 3,
  momentum: 0.9,
  weightDecay: 0.01,
  decayNormAndBias: true,
  labelSmoothing: 0,
};
const [basic, , vgg, normed] = NARROW_NETWORKS;

/** One linear layer: no statistics and no dropout, so that parts of a batch are independent. */
const head = linear(
  'fc',
  { in: SIZE * SIZE, out: 4 },
  { relu: false, weight: { normal: 0.1 }, bias: { constant: 1 } },
);
const flat: Network = {
  meta: { ...basic.meta, key: 'flat' },
  classes: 4,
  tensors: head.tensors,
  stages: [],
  features: (x) => x,
  classify: (x, pass) => head.forward(flatten(x), pass),
};

const pixels = (n: number, step = 0) =>
  new Uint8Array(n * SIZE * SIZE).map((_, i) => hash32(5, step, i) >>> 24);
const labels = (n: number) => new Uint8Array(n).map((_, i) => i % 4);

/** Runs steps `from` up to `to` of a fixed sequence of batches. */
async function run(trainer: Trainer, from: number, to: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    losses.push((await trainer.step(pixels(4, step), labels(4), 0.02, step)).loss);
  }
  return losses;
}

const values = (state: ModelState) => [...state].flatMap(([, { data }]) => [...data]);
const copy = (state: TrainerState): TrainerState => structuredClone(state);

test('a batch is split into parts of nearly the same length', () => {
  expect(microBatches(33, 32)).toEqual([
    { start: 0, end: 16 },
    { start: 16, end: 33 },
  ]);
  expect(microBatches(4, 8)).toEqual([{ start: 0, end: 4 }]);
});

describe.each(NODE_DEVICES)('on %s', (name) => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice(name, nodeHost);
  });
  afterAll(() => device.dispose());

  describe.each([basic, vgg].map((network) => [network.meta.key, network] as const))('%s', (_, network) => {
    test('the same seed gives the same bits, another seed others', async () => {
      const states: TrainerState[] = [];
      for (const seed of [3, 3, 4]) {
        const trainer = await buildTrainer(device, network, { ...options, seed });
        await run(trainer, 0, 2);
        states.push(copy(await trainer.save()));
        trainer.dispose();
      }
      expect(states[1]).toEqual(states[0]);
      expect(states[2]).not.toEqual(states[0]);
    });

    test('a resumed training equals an uninterrupted one bit for bit, and a restart without momentum does not', async () => {
      const whole = await buildTrainer(device, network, options);
      await run(whole, 0, 2);
      const middle = copy(await whole.save());
      await run(whole, 2, 4);
      const expected = copy(await whole.save());
      whole.dispose();

      const resumed = await buildTrainer(device, network, options);
      await run(resumed, 0, 1);
      resumed.load(middle);
      await run(resumed, 2, 4);
      expect(await resumed.save()).toEqual(expected);

      resumed.load({ model: middle.model });
      await run(resumed, 2, 4);
      expect(await resumed.save()).not.toEqual(expected);
      resumed.dispose();
    });

    test('no tensor is left behind', async () => {
      const empty = tf.memory().numTensors;
      const trainer = await buildTrainer(device, network, { ...options, microBatch: 2 });
      const fresh = tf.memory().numTensors;
      await run(trainer, 0, 2);
      await trainer.save();
      expect(tf.memory().numTensors).toBe(fresh);
      await trainer.predict(pixels(3), 3);
      const folded = tf.memory().numTensors;
      await trainer.predict(pixels(3), 3);
      expect(tf.memory().numTensors).toBe(folded);
      await run(trainer, 2, 3);
      expect(tf.memory().numTensors).toBe(fresh);
      trainer.dispose();
      expect(tf.memory().numTensors).toBe(empty);
    });
  });

  test('a loss that is not finite stops the step and leaves the network as it was', async () => {
    const trainer = await buildTrainer(device, basic, options);
    await run(trainer, 0, 1);
    const good = copy(await trainer.save());
    good.model.get('fc.bias')!.data[0] = Number.NaN;
    trainer.load(good);
    const before = tf.memory().numTensors;
    await expect(run(trainer, 1, 2)).rejects.toMatchObject({ code: 'loss-not-finite' });
    expect(await trainer.save()).toEqual(good);
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
  });

  test('micro-batches give the gradients of the whole batch, uneven ones too', async () => {
    const states: number[][] = [];
    for (const microBatch of [5, 2]) {
      const trainer = await buildTrainer(device, flat, { ...options, microBatch });
      const { loss } = await trainer.step(pixels(5), labels(5), 0.02, 0);
      states.push([loss, ...values((await trainer.save()).model)]);
      trainer.dispose();
    }
    expect(states[1]).toBeCloseToAll(states[0], 1e-6);
  });

  test('a step that is ended between its parts leaves everything as it was', async () => {
    const trainer = await buildTrainer(device, basic, { ...options, microBatch: 2 });
    const before = await trainer.save();
    const held = tf.memory().numTensors;
    let parts = 0;
    const between = async () => {
      if (++parts === 2) throw new Error('enough');
    };
    await expect(trainer.step(pixels(6), labels(6), 0.02, 0, between)).rejects.toThrow('enough');
    expect(parts).toBe(2);
    expect(await trainer.save()).toEqual(before);
    expect(tf.memory().numTensors).toBe(held);
    // Not after the last part: then the step is all but done.
    parts = 2;
    await trainer.step(pixels(6), labels(6), 0.02, 0, between);
    expect(parts).toBe(4);
    trainer.dispose();
  });

  test('each micro-batch is normalised by its own statistics', async () => {
    const half = pixels(4);
    const twice = new Uint8Array([...half, ...half]);
    const steps = [
      { microBatch: 8, pixels: twice, labels: new Uint8Array([...labels(4), ...labels(4)]) },
      { microBatch: 4, pixels: twice, labels: new Uint8Array([...labels(4), ...labels(4)]) },
      { microBatch: 4, pixels: half, labels: labels(4) },
    ];
    const results: { weights: number[]; mean: number[] }[] = [];
    for (const step of steps) {
      const trainer = await buildTrainer(device, basic, { ...options, microBatch: step.microBatch });
      await trainer.step(step.pixels, step.labels, 0.02, 0);
      const { model, momentum } = await trainer.save();
      results.push({ weights: values(momentum), mean: [...model.get('bn1.running_mean')!.data] });
      trainer.dispose();
    }
    const [whole, split, single] = results;
    expect(split.weights).toBeCloseToAll(whole.weights);
    expect(single.weights).toBeCloseToAll(whole.weights);
    // Two updates with momentum 0.1 instead of one.
    expect(split.mean).toBeCloseToAll(single.mean.map((v) => v * 1.9));
  });

  test('weights always decay, norms and biases only where asked', async () => {
    const tensors: Record<string, { weight: number[]; bias: number[] }> = {};
    for (const decayNormAndBias of [true, false]) {
      for (const weightDecay of [0, 0.5]) {
        const trainer = await buildTrainer(device, flat, { ...options, decayNormAndBias, weightDecay });
        await run(trainer, 0, 1);
        const { model } = await trainer.save();
        tensors[`${decayNormAndBias} ${weightDecay}`] = {
          weight: [...model.get('fc.weight')!.data],
          bias: [...model.get('fc.bias')!.data],
        };
        trainer.dispose();
      }
    }
    const [all, allNot] = [tensors['true 0.5'], tensors['true 0']];
    expect(tensors['false 0.5']).toEqual({ weight: all.weight, bias: allNot.bias });
    expect(all.weight).not.toEqual(allNot.weight);
    // Rate · decay · the bias, which is 1.
    expect(all.bias).toBeCloseToAll(allNot.bias.map((v) => v - 0.02 * 0.5));
  });

  test('predictions are probabilities, whatever the micro-batch, and batches count their hits', async () => {
    const whole = await buildTrainer(device, basic, { ...options, microBatch: 8 });
    const split = await buildTrainer(device, basic, { ...options, microBatch: 2 });
    const expected = await whole.predict(pixels(5), 5);
    expect(expected).toHaveLength(20);
    expect([...expected.subarray(4, 8)].reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 5);
    expect(await split.predict(pixels(5), 5)).toBeCloseToAll(expected);
    whole.dispose();
    split.dispose();

    const linear = await buildTrainer(device, flat, options);
    const guesses = await linear.predict(pixels(5), 5);
    const best = [0, 1, 2, 3, 4].map((row) => {
      const own = guesses.subarray(row * 4, row * 4 + 4);
      return own.indexOf(Math.max(...own));
    });
    const wrong = best.map((label, row) => (row < 2 ? (label + 1) % 4 : label));
    expect((await linear.step(pixels(5), new Uint8Array(wrong), 0, 0)).correct).toBe(3);
    linear.dispose();
  });

  test('predictions follow the weights, although norms are folded but once', async () => {
    const trained = await buildTrainer(device, basic, options);
    const stale = await trained.predict(pixels(3), 3);
    await run(trained, 0, 2);
    const fresh = await buildTrainer(device, basic, { ...options, seed: 4 });
    await fresh.predict(pixels(3), 3);
    fresh.load(copy(await trained.save()));
    const expected = await fresh.predict(pixels(3), 3);
    expect(await trained.predict(pixels(3), 3)).toEqual(expected);
    expect(expected).not.toEqual(stale);
    trained.dispose();
    fresh.dispose();
  });

  test.each([basic, vgg, normed].map((network) => [network.meta.key, network] as const))(
    'prediction is in evaluation mode: %s answers for an image whatever stands beside it, again, and learns nothing',
    async (_, network) => {
      const trainer = await buildTrainer(device, network, options);
      await run(trainer, 0, 2);
      const before = copy(await trainer.save());
      const together = await trainer.predict(pixels(4), 4);
      expect(await trainer.predict(pixels(4), 4)).toEqual(together);
      const alone: number[] = [];
      for (let at = 0; at < 4; at++) {
        const own = pixels(4).subarray(at * SIZE * SIZE, (at + 1) * SIZE * SIZE);
        alone.push(...(await trainer.predict(own, 1)));
      }
      expect(together).toBeCloseToAll(alone);
      expect(await trainer.save()).toEqual(before);
      trainer.dispose();
    },
  );

  test('pixels of another size are refused', async () => {
    const trainer = await buildTrainer(device, flat, options);
    await expect(trainer.step(pixels(3), labels(4), 0.02, 0)).rejects.toThrow(RangeError);
    trainer.dispose();
  });
});
