/** Which values of Modality are kept: the standard's own words, and no others. */
import { expect, test } from 'vitest';
import { isModalityCode, modalityCode, UNLISTED } from '../../../src/core/dicom/modalityCode.ts';
import { openFile } from '../../../src/core/formats/decode.ts';
import { modalityRules } from '../../../src/core/labels/modalityRules.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { dicomFile } from '../../builders/dicom.ts';

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
  expect(['DOE JANE', 'CT2', 'CT\\DOE', 'unlisted'].map(modalityCode)).toEqual(Array(4).fill(UNLISTED));
});

test('nothing written stays nothing', () => {
  expect(['', '  ', '\\', ' \\ \\'].map(modalityCode)).toEqual([null, null, null, null]);
});

test('several terms are kept, each once', () => {
  expect(['CT\\MR', 'ct \\MR\\CT', 'CT\\', '\\CT', 'CT\\CT', 'CR\\DX'].map(modalityCode)).toEqual([
    ...['CT\\MR', 'CT\\MR', 'CT', 'CT', 'CT', 'CR\\DX'],
  ]);
});

test('a file says its Modality whatever the padding and the case', async () => {
  const tags: [string, string | null][] = [
    ...[
      ['CT\0', 'CT'],
      ['CT\0\0', 'CT'],
      ['ct', 'CT'],
      [' Ct ', 'CT'],
      ['CT\t', 'CT'],
      ['\0\0', null],
    ],
    ...[
      ['CT\\MR ', 'CT\\MR'],
      ['PT\\ct\0', 'PT\\CT'],
    ],
  ] as [string, string | null][];
  for (const [written, code] of tags) {
    const decoded = await openFile(
      dicomFile({ rows: 2, columns: 2, pixels: Uint8Array.of(1, 2, 3, 4), modality: written }),
      {},
    );
    expect([written, isSkip(decoded) ? decoded : decoded.facts.modalityTag]).toEqual([written, code]);
  }
});

test('what stands for the rest can be in no rule of the default set', () => {
  expect(isModalityCode(UNLISTED)).toBe(false);
  expect(Object.keys(modalityRules(DEFAULT_SET)).every(isModalityCode)).toBe(true);
});
