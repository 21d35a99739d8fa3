/** Tensors move to PyTorch's names and layouts and back. */
import { expect, test } from 'vitest';
import type { TensorSpec } from '../../../src/core/nn/layer.ts';
import { fromTorch, type ModelState, matchState, toTorch } from '../../../src/core/nn/state.ts';

const filter: TensorSpec = {
  name: 'conv.weight',
  kind: 'convWeight',
  shape: [1, 2, 2, 3],
  initial: { constant: 0 },
};
const matrix: TensorSpec = {
  name: 'fc.weight',
  kind: 'linearWeight',
  shape: [2, 3],
  initial: { constant: 0 },
};
const flattened: TensorSpec = {
  name: 'classifier.0.weight',
  kind: 'linearWeight',
  shape: [4, 1],
  initial: { constant: 0 },
  flattened: [1, 2, 2],
};
const count = (n: number) => Float32Array.from({ length: n }, (_, i) => i);

test('a filter goes from [kh, kw, in, out] to OIHW', () => {
  expect(toTorch(filter, count(12))).toEqual({
    shape: [3, 2, 1, 2],
    data: new Float32Array([0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11]),
  });
});

test('a matrix goes from [in, out] to [out, in]', () => {
  expect(toTorch(matrix, count(6))).toEqual({ shape: [3, 2], data: new Float32Array([0, 3, 1, 4, 2, 5]) });
});

test('a matrix after a flattening gets its inputs channels first', () => {
  expect(toTorch(flattened, count(4))).toEqual({ shape: [1, 4], data: new Float32Array([0, 2, 1, 3]) });
});

test.each([filter, matrix, flattened])('$name comes back as it went', (spec) => {
  const values = count(spec.shape.reduce((size, side) => size * side, 1));
  expect(fromTorch(spec, toTorch(spec, values))).toEqual(values);
});

const state = (): ModelState =>
  new Map([filter, matrix].map((spec) => [spec.name, toTorch(spec, count(spec === filter ? 12 : 6))]));

test('PyTorch’s counters of batches are passed over', () => {
  const counter = { shape: [], data: new Float32Array([7]) };
  const records = matchState([filter, matrix], state().set('bn1.num_batches_tracked', counter));
  expect(records.map(({ shape }) => shape)).toEqual([
    [3, 2, 1, 2],
    [3, 2],
  ]);
});

test('weights of another network are refused', () => {
  const mismatch = expect.objectContaining({ code: 'state-mismatch' });
  const missing = state();
  missing.delete('fc.weight');
  expect(() => matchState([filter, matrix], missing)).toThrow(mismatch);
  expect(() => matchState([filter], state())).toThrow(mismatch);
  const reshaped = state().set('fc.weight', { shape: [2, 3], data: count(6) });
  expect(() => matchState([filter, matrix], reshaped)).toThrow(mismatch);
});
