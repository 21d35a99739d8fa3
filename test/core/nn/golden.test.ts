/** Whole networks against PyTorch: five steps of momentum SGD with weight decay, then evaluation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import { findNetwork } from '../../../src/core/nn/index.ts';
import { hash32 } from '../../../src/core/random.ts';
import { buildTrainer } from '../../../src/core/train/trainer.ts';
import type { ModelState } from '../../../src/core/train/trainer.types.ts';
import networks from '../../golden/engine/networks.json' with { type: 'json' };
import { NODE_DEVICES, nodeHost } from '../../make/host.ts';
import { formulaState, NARROW_NETWORKS } from '../../make/networks.ts';
import '../../make/arrays.ts';

type Golden = {
  name: string;
  size: number;
  batch: number;
  steps: number;
  rate: number;
  momentum: number;
  weightDecay: number;
  labelSmoothing: number;
  losses: number[];
  /** In evaluation mode after the last step, of the last step's images. */
  probabilities: number[];
  /** Of each tensor after the first and the last step: root mean square and three values. */
  first: Record<string, number[]>;
  last: Record<string, number[]>;
  /**
   * How far PyTorch in float64 is from itself when its first weights are disturbed by one part in a million: the
   * largest deviation of six such trainings, for each loss and for each of the others.
   */
  drift: { losses: number[]; first: number[]; last: number[]; probabilities: number[] };
};

const GOLDENS = networks as unknown as Golden[];

/**
 * Rounding errors differ with the order of summation and grow from step to step: through the batch statistics, and
 * by jumps where a ReLU or a maximum flips. How much depends on the network and not on the engine, so the yardstick
 * is what a disturbance as small as a convolution's rounding does to PyTorch itself.
 */
const allowed = (drift: number) => 3 * drift + 2e-6;

/** Each class darker than the next, as in the script. */
function pixelsOf({ size, batch }: Golden, step: number): Uint8Array {
  return new Uint8Array(batch * size * size).map((_, i) => {
    const shade = (Math.floor(i / (size * size)) % 4) + 1;
    return Math.floor(((hash32(17, step, i) >>> 24) * shade) / 4);
  });
}

/** `summary` of the script. */
function summary(state: ModelState): Record<string, number[]> {
  const entries = [...state].map(([name, { data }], index) => {
    const square = data.reduce((sum, v) => sum + v * v, 0);
    const samples = [0, 1, 2].map((i) => data[hash32(13, index, i) % data.length]);
    return [name, [Math.sqrt(square / data.length), ...samples]];
  });
  return Object.fromEntries(entries) as Record<string, number[]>;
}

/** @param drift of each value, or one for all */
function expectClose(actual: number[], expected: number[], drift: number[]): void {
  actual.forEach((value, i) => {
    const error = Math.abs(value - expected[i]);
    expect(error, `value ${i}: ${value}, expected ${expected[i]}`).toBeLessThan(
      allowed(drift[i] ?? drift[0]),
    );
  });
}

describe.each(NODE_DEVICES)('on %s', (name) => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice(name, nodeHost);
  });
  afterAll(() => device.dispose());

  // A minute a run on the reference device; the narrow networks have every op of it.
  const affordable = GOLDENS.filter((golden) => name !== 'reference' || golden.name.startsWith('narrow'));

  test.each(affordable.map((golden) => [golden.name, golden] as const))(
    '%s trains as PyTorch does',
    async (_, golden) => {
      const { size, batch, steps, rate, momentum, weightDecay, labelSmoothing, drift } = golden;
      const network =
        NARROW_NETWORKS.find(({ meta }) => meta.key === golden.name) ?? findNetwork(golden.name);
      const options = { size, momentum, weightDecay, labelSmoothing, decayNormAndBias: true, seed: 21 };
      const trainer = await buildTrainer(device, network, { ...options, microBatch: batch });
      trainer.load({ model: formulaState(network.tensors) });
      const labels = new Uint8Array(batch).map((_, i) => i % 4);
      const losses: number[] = [];
      for (let step = 0; step < steps; step++) {
        const { loss } = await trainer.step(pixelsOf(golden, step), labels, rate, step);
        losses.push(loss);
        if (step > 0 && step < steps - 1) continue;
        const at = step === 0 ? 'first' : 'last';
        const { model } = await trainer.save();
        for (const [tensor, values] of Object.entries(summary(model))) {
          expectClose(values, golden[at][tensor], drift[at]);
        }
      }
      expectClose(losses, golden.losses, drift.losses);
      const probabilities = await trainer.predict(pixelsOf(golden, steps - 1), batch);
      expectClose([...probabilities], golden.probabilities, drift.probabilities);
      trainer.dispose();
    },
  );
});
