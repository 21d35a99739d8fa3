/** Labels made wrong on purpose. */
import { expect, test } from 'vitest';
import { noisyLabels } from '../../../src/core/train/noise.ts';

const labels = Uint8Array.from({ length: 4000 }, (_, at) => [0, 1, 3][at % 3]);
const changed = (noisy: Uint8Array) => noisy.filter((label, at) => label !== labels[at]).length;

test('about the asked share is replaced, and no more', () => {
  expect(changed(noisyLabels(labels, 0.2, 7)) / labels.length).toBeCloseTo(0.2, 1);
  expect(changed(noisyLabels(labels, 0.5, 7)) / labels.length).toBeCloseTo(0.5, 1);
});

test('each is replaced by another label that occurs, all equally likely', () => {
  const noisy = noisyLabels(labels, 0.3, 7);
  expect(new Set(noisy)).toEqual(new Set([0, 1, 3]));
  const wrong = [...noisy].filter((label, at) => label !== labels[at] && labels[at] === 0);
  const ones = wrong.filter((label) => label === 1).length;
  expect(ones / wrong.length).toBeCloseTo(0.5, 1);
});

test('the same seed draws the same labels, another seed others; those given stay as they were', () => {
  const before = Uint8Array.from(labels);
  expect(noisyLabels(labels, 0.2, 7)).toEqual(noisyLabels(labels, 0.2, 7));
  expect(noisyLabels(labels, 0.2, 7)).not.toEqual(noisyLabels(labels, 0.2, 8));
  expect(labels).toEqual(before);
});

test('without a share, and where only one label occurs, nothing changes', () => {
  expect(noisyLabels(labels, 0, 7)).toBe(labels);
  const alike = new Uint8Array(20).fill(2);
  expect(noisyLabels(alike, 0.5, 7)).toBe(alike);
});
