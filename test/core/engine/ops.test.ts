/** Every op on every device that opens here, against PyTorch in float64. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';
import { computeGradients, computeOutputs, OP_CASES, type OpCase } from './cases.ts';
import '../../harness/arrays.ts';

const label = ({ op, name }: OpCase) => `${op}: ${name}`;

describe.each(NODE_DEVICES)('on %s', (name) => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice(name, nodeHost);
  });
  afterAll(() => device.dispose());

  test.each(OP_CASES.map((opCase) => [label(opCase), opCase] as const))('%s', async (_, opCase) => {
    const before = tf.memory().numTensors;
    for (const [key, { shape, values }] of Object.entries(await computeOutputs(opCase))) {
      expect(shape, key).toEqual(opCase.outputs[key].shape);
      expect(values, key).toBeCloseToAll(opCase.outputs[key].values, key === 'argmax' ? 0.1 / 1024 : 1e-5);
    }
    for (const [key, { shape, values }] of Object.entries(await computeGradients(opCase))) {
      expect(shape, `d${key}`).toEqual(opCase.shapes[key]);
      expect(values, `d${key}`).toBeCloseToAll(opCase.gradients![key]);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  const poisonable = OP_CASES.filter(({ shapes }) => Object.keys(shapes).length > 0);
  test.each(poisonable.map((opCase) => [label(opCase), opCase] as const))(
    '%s: NaN goes through',
    async (_, opCase) => {
      const [first] = Object.keys(opCase.shapes);
      const [y] = Object.values(await computeOutputs(opCase, first));
      // Dropout zeroes a value without looking at it.
      if (opCase.op === 'dropout') expect(y.values.some(Number.isNaN)).toBe(true);
      else expect(y.values.every(Number.isNaN)).toBe(true);
      for (const { values } of Object.values(await computeGradients(opCase, true))) {
        expect(values.some(Number.isNaN)).toBe(true);
      }
    },
  );

  test('the same inputs give the same bits', async () => {
    for (const opCase of OP_CASES) {
      expect(await computeOutputs(opCase)).toEqual(await computeOutputs(opCase));
      expect(await computeGradients(opCase)).toEqual(await computeGradients(opCase));
    }
  });
});
