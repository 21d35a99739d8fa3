/** Which values of Modality are kept: the standard's own words, and no others. */
import { expect, test } from 'vitest';
import { isModalityCode, modalityCode, UNLISTED } from '../../../src/core/dicom/modalityCode.ts';
import { DEFAULT_LABEL_MAP, labelOfModality } from '../../../src/core/dicom/series.ts';

test('a defined term is kept, retired or not, in capitals and without blanks', () => {
  expect(['CT', 'US', 'RTDOSE', 'ST', ' ct ', 'XAPROTOCOL'].map(modalityCode)).toEqual([
    'CT',
    'US',
    'RTDOSE',
    'ST',
    'CT',
    'XAPROTOCOL',
  ]);
});

test('text of any other kind is not: it could be a name', () => {
  expect(['DOE JANE', 'CT2', 'CT\\MR', 'unlisted'].map(modalityCode)).toEqual(Array(4).fill(UNLISTED));
  expect(labelOfModality(UNLISTED, DEFAULT_LABEL_MAP)).toBe('other');
});

test('nothing written stays nothing', () => {
  expect(['', '  '].map(modalityCode)).toEqual([null, null]);
});

test('what stands for the rest can be in no label map', () => {
  expect(isModalityCode(UNLISTED)).toBe(false);
  expect(Object.keys(DEFAULT_LABEL_MAP).every(isModalityCode)).toBe(true);
});
