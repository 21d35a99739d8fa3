/** The rules of a label set that read DICOM's Modality, as Settings shows and changes them. */
import { expect, test } from 'vitest';
import { modalityRules, sameRules, withModalityRules } from '../../../src/core/labels/modalityRules.ts';
import { BODY_REGION_SET } from '../../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';

test('are read from a set and put into it; rules of other attributes stay', () => {
  expect(modalityRules(DEFAULT_SET)).toEqual({ CT: 'CT', MR: 'MR', PT: 'PT', CR: 'XR', DX: 'XR', MG: 'XR' });
  expect(withModalityRules(DEFAULT_SET, modalityRules(DEFAULT_SET))).toEqual(DEFAULT_SET);
  const set = withModalityRules(BODY_REGION_SET, { MG: 'breast', XX: 'no class' });
  expect(modalityRules(set)).toEqual({ MG: 'breast' });
  expect(set.classes[0]).toEqual(BODY_REGION_SET.classes[0]);
});

test('two maps are the same where they say the same of every code, listed or not', () => {
  expect(sameRules({ CT: 'CT' }, { CT: 'CT' })).toBe(true);
  expect(sameRules({ CT: 'CT' }, { CT: 'CT', US: 'XR' })).toBe(false);
  expect(sameRules({ CT: 'CT', US: 'XR' }, { CT: 'CT' })).toBe(false);
});
