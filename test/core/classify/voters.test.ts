/** Which slices of a series decide what it is. */
import { describe, expect, test } from 'vitest';
import { mainSlices, voters } from '../../../src/core/classify/voters.ts';
import type { ImageType } from '../../../src/core/types.ts';

const slice = (strangeness: number | null, imageType: ImageType = 'original', judged = true) => ({
  strangeness,
  imageType,
  probabilities: judged ? [1, 0] : null,
});

describe('the main slices', () => {
  test('are those that were judged, without localizers and captures', () => {
    const slices = [
      slice(0, 'localizer'),
      slice(0, 'capture'),
      slice(0, 'derived'),
      slice(0, 'original', false),
    ];
    expect(mainSlices(slices)).toEqual([slices[2]]);
  });

  test('are the localizers where a series has nothing else', () => {
    const slices = [slice(0, 'localizer'), slice(0, 'original', false)];
    expect(mainSlices(slices)).toEqual([slices[0]]);
  });
});

test('unknown slices abstain, unless all are unknown', () => {
  const [known, strange] = [slice(0.5), slice(0.51)];
  expect(voters([known, strange], 0.5)).toEqual([known]);
  expect(voters([strange, strange], 0.5)).toEqual([strange, strange]);
});

test('where the model cannot tell, all vote', () => {
  expect(voters([slice(9)], null)).toHaveLength(1);
  expect(voters([slice(null), slice(9)], 0.5)).toEqual([slice(null)]);
});
