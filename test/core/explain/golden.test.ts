/** Grad-CAM and the networks' stages on every device that opens here, against PyTorch in float64. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device, DeviceName } from '../../../src/core/engine/devices/types.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { createExplainer, type Explainer } from '../../../src/core/explain/explainer.ts';
import { resizer } from '../../../src/core/image/resize.ts';
import { findNetwork, NETWORKS } from '../../../src/core/nn/index.ts';
import { lastConvolution, type Network } from '../../../src/core/nn/network.ts';
import { hash32 } from '../../../src/core/random.ts';
import { formulaState, NARROW_NETWORKS } from '../../builders/networks.ts';
import { HAS_NODE_GPU, openNodeGpu } from '../../fakes/dawn.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';
import explained from '../../golden/explain/explain.json' with { type: 'json' };
import '../../harness/arrays.ts';

/** One network of test/golden/explain/make.py. */
type Golden = {
  name: string;
  size: number;
  module: string;
  shape: number[];
  probabilities: number[];
  cams: number[][];
  large: number[][];
  stages: {
    module: string;
    shape: number[];
    mean: number;
    active: number;
    values: number[];
    strongest: number[];
  }[];
  readings: { module: string; probabilities: number[] }[];
};
const GOLDENS = explained as Golden[];
const PATIENCE_MS = 300_000;

const networkOf = (name: string): Network =>
  NARROW_NETWORKS.find(({ meta }) => meta.key === name) ?? findNetwork(name, 4);

/** The fourth image of the engine's goldens, in full brightness. */
function imageOf({ size }: Golden): Uint8Array {
  const cells = size / 4;
  return new Uint8Array(size * size).map((_, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    return hash32(17, 0, (3 * cells + (row >> 2)) * cells + (column >> 2)) >>> 24;
  });
}

test('every network of the registry has a golden, and names its modules as torchvision does', () => {
  const full = GOLDENS.filter(({ name }) => !name.startsWith('narrow'));
  expect(full.map(({ name }) => name)).toEqual(NETWORKS.map(({ meta }) => meta.key));
  for (const golden of GOLDENS) {
    const { stages } = networkOf(golden.name);
    expect(lastConvolution({ stages })).toBe(golden.module);
    expect(stages.map(({ blocks }) => blocks.at(-1)!.module)).toEqual(
      golden.stages.map(({ module }) => module),
    );
  }
});

const DEVICES: DeviceName[] = [...NODE_DEVICES, ...(HAS_NODE_GPU ? (['webgpu'] as const) : [])];

describe.each(DEVICES)('on %s', (name) => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice(name, name === 'webgpu' ? await openNodeGpu() : nodeHost);
  });
  afterAll(() => device.dispose());

  // Full ones take minutes on the reference and on an emulated graphics processor; the narrow ones have every op.
  const affordable = GOLDENS.filter((golden) => name === 'simd' || golden.name.startsWith('narrow'));

  describe.each(affordable.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    let explainer: Explainer;
    let held = 0;
    beforeAll(async () => {
      held = tf.memory().numTensors;
      const network = networkOf(golden.name);
      explainer = await createExplainer(
        device,
        network,
        { size: golden.size, none: false },
        formulaState(network.tensors),
      );
    }, PATIENCE_MS);
    afterAll(() => {
      explainer.dispose();
      expect(tf.memory().numTensors).toBe(held);
    });

    test(
      'has PyTorch’s answer and Grad-CAM of every class',
      async () => {
        const found = await explainer.explain(imageOf(golden));
        expect(found.probabilities).toBeCloseToAll(golden.probabilities, 1e-4);
        expect([1, found.rows, found.columns]).toEqual(golden.shape.slice(0, 3));
        // Of all classes together, since what is left of one may be rounding alone.
        const all = (maps: ArrayLike<number>[]) => maps.flatMap((map) => Array.from(map));
        expect(all(golden.cams).filter((value) => value > 0).length).toBeGreaterThan(2);
        expect(all(found.cams)).toBeCloseToAll(all(golden.cams), 1e-3);
        // As it is drawn.
        const large = resizer(12, false);
        const drawn = found.cams.map((map) => large(map, found.rows, found.columns).slice());
        expect(all(drawn)).toBeCloseToAll(all(golden.large), 1e-3);
      },
      PATIENCE_MS,
    );

    test(
      'has PyTorch’s maps after each stage, and its readings of the last one',
      async () => {
        const { stages, readings } = await explainer.inside(imageOf(golden));
        stages.forEach(({ rows, columns, channels, mean, active, shown }, i) => {
          const { shape, strongest, ...expected } = golden.stages[i];
          expect([1, rows, columns, channels], expected.module).toEqual(shape);
          expect(mean / expected.mean, expected.module).toBeCloseTo(1, 3);
          expect(active, expected.module).toBeCloseTo(expected.active, 2);
          expect(shown.slice(0, 3), expected.module).toEqual(strongest);
        });
        expect(readings.map(({ module }) => module)).toEqual(golden.readings.map(({ module }) => module));
        const values = (all: { probabilities: readonly number[] }[]) =>
          all.flatMap((one) => one.probabilities);
        expect(values(readings)).toBeCloseToAll(values(golden.readings), 1e-4);
        expect(readings.at(-1)!.probabilities).toBeCloseToAll(golden.probabilities, 1e-4);
      },
      PATIENCE_MS,
    );

    test(
      'answers as at classification, and leaves nothing behind',
      async () => {
        const image = imageOf(golden);
        const before = tf.memory().numTensors;
        expect((await explainer.explain(image)).probabilities).toBeCloseToAll(
          await explainer.predict(image, 1),
          1e-5,
        );
        await explainer.inside(image);
        expect(tf.memory().numTensors).toBe(before);
      },
      PATIENCE_MS,
    );
  });
});
