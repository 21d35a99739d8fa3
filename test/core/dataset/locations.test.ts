/** Body locations: of the user's text by class, else of the headers. */
import { describe, expect, test } from 'vitest';
import { locationsOf } from '../../../src/core/dataset/locations.ts';
import type { ClassMix } from '../../../src/core/dataset/mix.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';

const mix = (label: string, bodyPart: string | null = null): ClassMix => ({
  label,
  format: 'dicom',
  bodyPart,
  slices: 1,
});

describe('locations', () => {
  test.each([
    ['chest', { CT: ['chest'], MR: ['chest'] }],
    ['Head,  Chest', { CT: ['chest', 'head'], MR: ['chest', 'head'] }],
    ['head, chest (CT); breast (MR)', { CT: ['chest', 'head'], MR: ['breast'] }],
    ['abdomen; whole body (mr)', { CT: ['abdomen'], MR: ['abdomen', 'whole body'] }],
    ['head (phantom)', { CT: ['head'], MR: ['head'] }],
    ['head and neck', { CT: ['head and neck'], MR: ['head and neck'] }],
    ['breast (MR)', { MR: ['breast'] }],
    [' ; , ', {}],
    ['', {}],
  ])('of “%s”', (text, found) => {
    expect(locationsOf(text, [mix('CT'), mix('MR')], DEFAULT_SET)).toEqual(found);
  });

  test('that no text states are those of the headers, for each class its own', () => {
    const headers = [
      mix('CT', 'CHEST'),
      mix('CT', 'HEAD'),
      mix('MR', 'BRAIN'),
      mix('XR'),
      mix('other', 'HIP'),
    ];
    expect(locationsOf('', headers, DEFAULT_SET)).toEqual({ CT: ['chest', 'head'], MR: ['brain'] });
    expect(locationsOf('pelvis (CT)', headers, DEFAULT_SET)).toEqual({ CT: ['pelvis'], MR: ['brain'] });
  });

  test('of a class that the dataset has not are none', () => {
    expect(locationsOf('hand (XR), chest', [mix('CT')], DEFAULT_SET)).toEqual({ CT: ['chest', 'hand'] });
  });
});
