/** What is said of a repeated run whose figures are others than the record's. */
import { expect, test } from 'vitest';
import type { Repeats } from '../../../src/core/train/repeat.ts';
import { whyOthers } from '../../../src/ui/results/repeated.ts';
import { SIMD } from '../../fakes/state.ts';

test('the likeliest reason is told: device, order of slices, program', () => {
  const repeats = { device: SIMD, sameOrder: true } as unknown as Repeats;
  expect(whyOthers({ device: { ...SIMD, name: 'webgpu' } }, repeats)).toContain('another device');
  expect(whyOthers({ device: SIMD }, { ...repeats, sameOrder: false })).toContain('another order');
  expect(whyOthers({ device: SIMD }, repeats)).toContain('the program’s version or the browser may differ');
});
