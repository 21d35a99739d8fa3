/** Every op's WGSL, on a software graphics processor: against PyTorch's numbers, and against the reference. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openReference } from '../../../src/core/engine/devices/reference.ts';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import type { GpuBackend } from '../../../src/core/engine/devices/webgpu/backend.ts';
import { openWebgpu } from '../../../src/core/engine/devices/webgpu/index.ts';
import { type Attributes, type KernelName, runKernel } from '../../../src/core/engine/ops/kernel.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { uniform } from '../../builders/uniform.ts';
import { HAS_NODE_GPU, openNodeGpu, poisonFreeMemory } from '../../fakes/dawn.ts';
import { computeGradients, computeOutputs, OP_CASES } from './cases.ts';
import '../../harness/arrays.ts';

type Case = {
  title: string;
  kernel: KernelName;
  inputs: Record<string, number[]>;
  attributes: object;
  /** Values to put into an input: index and value. */
  set?: Record<string, [index: number, value: number][]>;
  /** Added to every value of an input. */
  shift?: Record<string, number>;
};

const pool = { inputShape: [2, 9, 8, 3], window: 3, stride: 2, pad: 1 };
const norm = { epsilon: 1e-5, relu: true, residual: true };

/** What PyTorch's cases are too small for: several tiles, sums that are split, more channels than a group takes. */
const CASES: Case[] = [
  {
    title: 'convolution of several tiles, split along k, with bias and ReLU',
    kernel: 'LabConv2d',
    inputs: { x: [3, 9, 7, 64], filter: [3, 3, 64, 72], bias: [72] },
    attributes: { stride: 1, pad: 1, relu: true, hasBias: true },
  },
  {
    title: 'convolution with a residual, split along k',
    kernel: 'LabConv2dResidual',
    inputs: { x: [3, 9, 7, 64], filter: [3, 3, 64, 72], bias: [72], residual: [3, 9, 7, 72] },
    attributes: { stride: 1, pad: 1, relu: true },
  },
  {
    title: 'convolution with a residual, 4 to 5 channels',
    kernel: 'LabConv2dResidual',
    inputs: { x: [2, 6, 5, 4], filter: [3, 3, 4, 5], bias: [5], residual: [2, 2, 2, 5] },
    attributes: { stride: 2, pad: 0, relu: false },
  },
  {
    title: 'convolution of 4 to 5 channels',
    kernel: 'LabConv2d',
    inputs: { x: [2, 6, 5, 4], filter: [3, 3, 4, 5] },
    attributes: { stride: 2, pad: 0, relu: false, hasBias: false },
  },
  {
    title: 'convolution of 5 to 8 channels with bias and ReLU',
    kernel: 'LabConv2d',
    inputs: { x: [2, 6, 5, 5], filter: [3, 3, 5, 8], bias: [8] },
    attributes: { stride: 1, pad: 1, relu: true, hasBias: true },
  },
  {
    title: 'convolution of infinite and missing numbers',
    kernel: 'LabConv2d',
    inputs: { x: [1, 5, 5, 4], filter: [3, 3, 4, 4], bias: [4] },
    attributes: { stride: 1, pad: 0, relu: true, hasBias: true },
    set: {
      x: [
        [0, Number.NaN],
        [99, Number.NEGATIVE_INFINITY],
        [40, Number.POSITIVE_INFINITY],
      ],
    },
  },
  {
    title: 'gradient of the input in four phases, split along k',
    kernel: 'LabConv2dBackpropInput',
    inputs: { dy: [2, 5, 4, 128], filter: [3, 3, 8, 128] },
    attributes: { inputShape: [2, 9, 8, 8], stride: 2, pad: 1 },
  },
  {
    title: 'gradient of the input, 8 to 5 channels, unused rows',
    kernel: 'LabConv2dBackpropInput',
    inputs: { dy: [2, 3, 2, 8], filter: [2, 2, 5, 8] },
    attributes: { inputShape: [2, 8, 7, 5], stride: 3, pad: 0 },
  },
  {
    title: 'gradient of the input, 5 to 72 channels',
    kernel: 'LabConv2dBackpropInput',
    inputs: { dy: [2, 6, 7, 5], filter: [3, 3, 72, 5] },
    attributes: { inputShape: [2, 6, 7, 72], stride: 1, pad: 1 },
  },
  {
    title: 'gradient of the filter of several tiles, split along k',
    kernel: 'LabConv2dBackpropFilter',
    inputs: { x: [2, 17, 16, 20], dy: [2, 17, 16, 68] },
    attributes: { filterShape: [3, 3, 20, 68], stride: 1, pad: 1 },
  },
  {
    title: 'gradient of the filter of the first layer',
    kernel: 'LabConv2dBackpropFilter',
    inputs: { x: [2, 20, 21, 1], dy: [2, 10, 11, 64] },
    attributes: { filterShape: [7, 7, 1, 64], stride: 2, pad: 3 },
  },
  {
    title: 'gradient of the filter, 8 to 5 channels',
    kernel: 'LabConv2dBackpropFilter',
    inputs: { x: [2, 6, 5, 8], dy: [2, 3, 3, 5] },
    attributes: { filterShape: [3, 3, 8, 5], stride: 2, pad: 1 },
  },
  {
    title: 'linear layer, split along k',
    kernel: 'LabLinear',
    inputs: { x: [3, 601], weight: [601, 6], bias: [6] },
    attributes: { relu: true },
  },
  {
    title: 'gradient of a linear layer',
    kernel: 'LabLinearGrad',
    inputs: { dy: [70, 6], x: [70, 66], weight: [66, 6] },
    attributes: {},
  },
  {
    title: 'gradient of bias and ReLU over several groups',
    kernel: 'LabBiasReluGrad',
    inputs: { dy: [2, 40, 30, 5], y: [2, 40, 30, 5] },
    attributes: { relu: true },
  },
  {
    title: 'batch norm over several groups of rows and of channels',
    kernel: 'LabBatchNorm',
    inputs: { x: [2, 7, 8, 260], gamma: [260], beta: [260], residual: [2, 7, 8, 260] },
    attributes: norm,
  },
  {
    title: 'batch norm of a large mean',
    kernel: 'LabBatchNorm',
    inputs: { x: [2, 30, 30, 3], gamma: [3], beta: [3] },
    attributes: { ...norm, relu: false, residual: false },
    shift: { x: 100 },
  },
  {
    title: 'batch norm of infinite and missing numbers',
    kernel: 'LabBatchNorm',
    inputs: { x: [2, 3, 3, 8], gamma: [8], beta: [8] },
    attributes: { ...norm, residual: false },
    set: {
      x: [
        [9, Number.NaN],
        [18, Number.POSITIVE_INFINITY],
      ],
    },
  },
  {
    title: 'gradient of batch norm over several groups of rows and of channels',
    kernel: 'LabBatchNormGrad',
    inputs: {
      dy: [2, 7, 8, 260],
      x: [2, 7, 8, 260],
      y: [2, 7, 8, 260],
      gamma: [260],
      mean: [260],
      variance: [260],
    },
    attributes: norm,
    shift: { variance: 1.5 },
  },
  {
    title: 'max pool of infinite and missing numbers',
    kernel: 'LabMaxPool',
    inputs: { x: [2, 9, 8, 3] },
    attributes: pool,
    set: {
      x: [
        [0, Number.NaN],
        [50, Number.NaN],
        [100, Number.NEGATIVE_INFINITY],
        [150, Number.POSITIVE_INFINITY],
      ],
    },
  },
  {
    title: 'average pool to more bins than divide the sides',
    kernel: 'LabAdaptiveAvgPool',
    inputs: { x: [2, 9, 8, 5] },
    attributes: { inputShape: [2, 9, 8, 5], outHeight: 7, outWidth: 7 },
  },
  {
    title: 'gradient of that pool',
    kernel: 'LabAdaptiveAvgPoolGrad',
    inputs: { dy: [2, 7, 7, 5] },
    attributes: { inputShape: [2, 9, 8, 5] },
  },
];

function tensorsOf({ inputs, set = {}, shift = {} }: Case): Record<string, tf.Tensor> {
  const entries = Object.entries(inputs).map(([name, shape], stream) => {
    const values = uniform(stream, tf.util.sizeFromShape(shape)).map((v) => v + (shift[name] ?? 0));
    for (const [index, value] of set[name] ?? []) values[index] = value;
    return [name, tf.tensor(values, shape)] as const;
  });
  return Object.fromEntries(entries);
}

async function outputsOf(test: Case): Promise<{ shape: number[]; values: ArrayLike<number> }[]> {
  const outputs = tf.tidy(() => {
    const found = runKernel(test.kernel, tensorsOf(test) as never, test.attributes as Attributes<never>);
    return [found].flat() as tf.Tensor[];
  });
  const results = await Promise.all(
    outputs.map(async (output) => ({ shape: output.shape, values: await output.data() })),
  );
  tf.dispose(outputs);
  return results;
}

/** Where numbers are infinite or missing, and which. */
const special = (values: ArrayLike<number>) =>
  Array.from(values, (value, i) => [i, value]).filter(([, value]) => !Number.isFinite(value));
const finite = (values: ArrayLike<number>) => Array.from(values, (v) => (Number.isFinite(v) ? v : 0));

describe.runIf(HAS_NODE_GPU)('the webgpu device', () => {
  let device: Device;
  beforeAll(async () => {
    device = (await openWebgpu(await openNodeGpu(), { allowFallback: true }))!;
    await openReference();
  });
  afterAll(() => device.dispose());

  // A kernel that doesn't run must not find the right answer in memory.
  const poison = () => poisonFreeMemory(tf.findBackend('webgpu') as GpuBackend);
  beforeEach(async () => {
    await tf.setBackend('webgpu');
    poison();
  });

  test.each(OP_CASES.map((opCase) => [`${opCase.op}: ${opCase.name}`, opCase] as const))(
    'computes as PyTorch does: %s',
    async (_, opCase) => {
      const before = tf.memory().numTensors;
      for (const [key, { shape, values }] of Object.entries(await computeOutputs(opCase))) {
        expect(shape, key).toEqual(opCase.outputs[key].shape);
        expect(values, key).toBeCloseToAll(opCase.outputs[key].values, key === 'argmax' ? 1e-9 : 1e-5);
      }
      poison();
      const gradients = await computeGradients(opCase);
      for (const [key, { shape, values }] of Object.entries(gradients)) {
        expect(shape, `d${key}`).toEqual(opCase.shapes[key]);
        expect(values, `d${key}`).toBeCloseToAll(opCase.gradients![key]);
      }
      expect(await computeGradients(opCase), 'the same bits').toEqual(gradients);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.each(CASES.map((opCase) => [opCase.title, opCase] as const))(
    'computes as the reference does: %s',
    async (_, opCase) => {
      const outputs = await outputsOf(opCase);
      expect(await outputsOf(opCase), 'the same bits').toEqual(outputs);
      await tf.setBackend('cpu');
      const expected = await outputsOf(opCase);
      expect(outputs.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
      outputs.forEach(({ values }, i) => {
        expect(special(values), `output ${i}`).toEqual(special(expected[i].values));
        expect(finite(values), `output ${i}`).toBeCloseToAll(finite(expected[i].values));
      });
    },
  );

  test('a missing number comes through every op', async () => {
    for (const opCase of OP_CASES.filter(
      ({ shapes, op }) => Object.keys(shapes).length > 0 && op !== 'dropout',
    )) {
      const [y] = Object.values(await computeOutputs(opCase, Object.keys(opCase.shapes)[0]));
      expect(y.values.every(Number.isNaN), opCase.name).toBe(true);
      for (const { values } of Object.values(await computeGradients(opCase, true))) {
        expect(values.some(Number.isNaN), opCase.name).toBe(true);
      }
    }
  });
});
