/** What a series' header claims: by its Modality, and by its class of object. */
import { expect, test } from 'vitest';
import { tagOf } from '../../../src/core/classify/tag.ts';
import { DEFAULT_SET, EXAMPLE_SETS } from '../../../src/core/labels/sets/index.ts';
import { makeFacts } from '../../builders/storage.ts';

const ROOT = '1.2.840.10008.5.1.4.1.1.';

test.each([
  ['CT', `${ROOT}2`, 'CT'],
  ['US', null, 'other'],
  // An ultrasound is none, whatever its Modality says.
  ['MR', `${ROOT}6.1`, 'other'],
  [null, `${ROOT}20`, 'other'],
  // A secondary capture may be of any modality.
  ['MR', `${ROOT}7`, 'MR'],
  [null, `${ROOT}7`, null],
  [null, `${ROOT}2`, null],
  ['CT', '1.2.3', 'CT'],
])('Modality %s in class %s is %s', (modalityTag, objectClass, tag) => {
  expect(tagOf({ ...makeFacts('s', 'p'), modalityTag }, DEFAULT_SET, objectClass)).toBe(tag);
});

test('of sets that ask for no Modality the class of object says nothing', () => {
  const set = EXAMPLE_SETS.find(({ classes }) =>
    classes.every(({ dicom }) => dicom.every(({ attribute }) => attribute !== 'Modality')),
  )!;
  expect(tagOf({ ...makeFacts('s', 'p'), bodyPart: null }, set, `${ROOT}6.1`)).not.toBe('other');
});
