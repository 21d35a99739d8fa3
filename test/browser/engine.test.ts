/** Every op in a real browser, whose WASM has relaxed SIMD where Node's has not, against PyTorch in float64. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDevice } from '../../src/core/engine/devices/index.ts';
import { chooseVariant } from '../../src/core/engine/devices/simd/module.ts';
import type { Device } from '../../src/core/engine/devices/types.ts';
import { computeGradients, computeOutputs, OP_CASES, type OpCase } from '../core/engine/cases.ts';
import '../harness/arrays.ts';

/** A page may not block, which threads need: the computing thread is this one. */
const host = { spawnThread: null, cores: 1, sharedMemory: false, gpu: null, nowMs: () => performance.now() };
let device: Device;
beforeAll(async () => {
  device = await openDevice('simd', host);
});
afterAll(() => device.dispose());

test('this browser computes with relaxed SIMD', () => {
  expect(chooseVariant(false)).toMatch(/relaxed/);
});

const label = ({ op, name }: OpCase) => `${op}: ${name}`;

test.each(OP_CASES.map((opCase) => [label(opCase), opCase] as const))('%s', async (_, opCase) => {
  for (const [key, { values }] of Object.entries(await computeOutputs(opCase))) {
    expect(values, key).toBeCloseToAll(opCase.outputs[key].values, key === 'argmax' ? 0.1 / 1024 : 1e-5);
  }
  for (const [key, { values }] of Object.entries(await computeGradients(opCase))) {
    expect(values, `d${key}`).toBeCloseToAll(opCase.gradients![key]);
  }
});
