/**
 * Whole networks against PyTorch: five steps of momentum SGD with weight decay on a plateau schedule, then evaluation.
 * Needs no test runner, so that a machine with a graphics processor and nothing else can do it too.
 */
import type { Device } from '../../src/core/engine/devices/types.ts';
import { findNetwork } from '../../src/core/nn/index.ts';
import type { ModelState } from '../../src/core/nn/state.ts';
import { hash32 } from '../../src/core/random.ts';
import { afterStep, learningRateAt, startSchedule } from '../../src/core/train/schedule.ts';
import { buildTrainer } from '../../src/core/train/trainer.ts';
import { formulaState, NARROW_NETWORKS } from '../builders/networks.ts';
import networks from '../golden/engine/networks.json' with { type: 'json' };

export type Golden = {
  name: string;
  size: number;
  batch: number;
  steps: number;
  rate: number;
  momentum: number;
  weightDecay: number;
  labelSmoothing: number;
  plateau: { factor: number; patience: number; threshold: number };
  losses: number[];
  /** Learning rate of each step, as ReduceLROnPlateau gave it. */
  rates: number[];
  /** In evaluation mode after the last step, of the last step's images. */
  probabilities: number[];
  /** After each step, of each tensor: root mean square and three values. */
  tensors: Record<string, number[]>[];
  /**
   * How far PyTorch in float64 is from itself when its first weights are disturbed by one part in a million: the
   * largest deviation of several such trainings, for each step's loss and tensors and for the probabilities.
   */
  drift: { losses: number[]; tensors: number[]; probabilities: number[] };
};

export const GOLDENS = networks as unknown as Golden[];

/**
 * Rounding errors differ with the order of summation and grow from step to step: through the batch statistics, and
 * by jumps where a ReLU or a maximum flips. How much depends on the network and not on the engine, so the yardstick
 * is what a disturbance as small as a convolution's rounding does to PyTorch itself.
 */
const allowed = (drift: number) => 3 * drift + 2e-6;

/** `pixels` of the script: squares of 4×4, each class darker than the next. */
function pixelsOf({ size, batch }: Golden, step: number): Uint8Array {
  const cells = size / 4;
  return new Uint8Array(batch * size * size).map((_, i) => {
    const image = Math.floor(i / (size * size));
    const row = Math.floor(i / size) % size;
    const cell = (image * cells + (row >> 2)) * cells + ((i % size) >> 2);
    return Math.floor(((hash32(17, step, cell) >>> 24) * ((image % 4) + 1)) / 4);
  });
}

/** `summary` of the script. */
function summary(state: ModelState): Record<string, number[]> {
  const entries = [...state].map(([name, { data }], index) => {
    let square = 0;
    for (let i = 0; i < data.length; i++) square += data[i] * data[i];
    const samples = [0, 1, 2].map((i) => data[hash32(13, index, i) % data.length]);
    return [name, [Math.sqrt(square / data.length), ...samples]];
  });
  return Object.fromEntries(entries) as Record<string, number[]>;
}

/** One number beside PyTorch's: `error` should be below `allowed`. */
export type Deviation = { what: string; error: number; allowed: number };

/** Trains a golden's network on a device; every number that the golden has, compared. */
export async function trainGolden(device: Device, golden: Golden): Promise<Deviation[]> {
  const { size, batch, steps, rate, momentum, weightDecay, labelSmoothing, plateau, drift } = golden;
  const deviations: Deviation[] = [];
  const compare = (what: string, actual: readonly number[], expected: readonly number[], apart: number) => {
    if (actual.length !== expected.length) throw new Error(`${what}: ${actual.length} values`);
    actual.forEach((value, i) => {
      // A missing number must not pass for a small error.
      const error = Number.isFinite(value) ? Math.abs(value - expected[i]) : Number.POSITIVE_INFINITY;
      deviations.push({ what, error, allowed: allowed(apart) });
    });
  };
  const network = NARROW_NETWORKS.find(({ meta }) => meta.key === golden.name) ?? findNetwork(golden.name, 4);
  const options = {
    inputSize: size,
    momentum,
    weightDecay,
    labelSmoothing,
    decayNormAndBias: true,
    seed: 21,
  };
  const trainer = await buildTrainer(device, network, { ...options, microBatch: batch });
  trainer.load({ model: formulaState(network.tensors) });
  const labels = new Uint8Array(batch).map((_, i) => i % 4);
  // A check of the plateau at every step.
  const schedule = { kind: 'plateau', ...plateau, checksPerEpoch: steps } as const;
  const length = { steps, stepsPerEpoch: steps };
  let state = startSchedule();
  for (let step = 0; step < steps; step++) {
    const current = learningRateAt(schedule, rate, state, step, length);
    deviations.push({
      what: `rate of step ${step}`,
      error: Math.abs(current - golden.rates[step]),
      allowed: 1e-9,
    });
    const { loss } = await trainer.step(pixelsOf(golden, step), labels, current, step);
    state = afterStep(schedule, state, step, loss, length);
    compare(`loss of step ${step}`, [loss], [golden.losses[step]], drift.losses[step]);
    const { model } = await trainer.save();
    for (const [tensor, values] of Object.entries(summary(model))) {
      compare(`${tensor} after step ${step}`, values, golden.tensors[step][tensor], drift.tensors[step]);
    }
  }
  const probabilities = await trainer.predict(pixelsOf(golden, steps - 1), batch);
  compare('probability', [...probabilities], golden.probabilities, drift.probabilities[0]);
  trainer.dispose();
  return deviations;
}
