/** What is odd about a series by its headers. */
import { expect, test } from 'vitest';
import { type HeaderFacts, type Oddity, odditiesOf } from '../../../src/core/classify/oddities.ts';

const ROOT = '1.2.840.10008.5.1.4.1.1.';
const PLAIN: HeaderFacts = {
  modality: 'CT',
  dicom: true,
  objectClass: `${ROOT}2`,
  sizes: 1,
  imageType: 'original',
  mixed: false,
  text: false,
};

test.each<[Partial<HeaderFacts>, Oddity[]]>([
  [{}, []],
  [{ modality: null }, ['no-tag']],
  [{ modality: null, dicom: false }, []],
  [{ modality: 'MR' }, ['class-differs']],
  [{ modality: 'DX', objectClass: `${ROOT}1` }, []],
  [{ modality: 'OT', objectClass: `${ROOT}7` }, []],
  [{ objectClass: null }, []],
  [{ sizes: 2, mixed: true }, ['several-sizes', 'mixed-types']],
  [{ imageType: 'derived', text: true }, ['derived', 'text']],
  // A capture always may show text.
  [{ imageType: 'capture', text: true }, ['capture']],
  [{ imageType: null }, []],
])('%o is odd for %o', (facts, odd) => {
  expect(odditiesOf({ ...PLAIN, ...facts })).toEqual(odd);
});
