/** What headers and folders propose. */
import { describe, expect, test } from 'vitest';
import { UNLISTED } from '../../../src/core/dicom/modalityCode.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { modalityRules, withModalityRules } from '../../../src/core/labels/modalityRules.ts';
import { propose } from '../../../src/core/labels/propose.ts';
import { BODY_REGION_SET } from '../../../src/core/labels/sets/bodyRegion.ts';
import { MODALITY_SET } from '../../../src/core/labels/sets/modality.ts';
import { makeFacts } from '../../builders/storage.ts';

const FACTS = makeFacts('s', 'p');
const of = (patch: Partial<typeof FACTS>, set = MODALITY_SET) => {
  const { label, source } = propose({ ...FACTS, modalityTag: null, folders: [], ...patch }, set);
  return [set.classes[label]?.id ?? (label === NO_CLASS ? null : 'out of range'), source];
};

describe('the label that is proposed', () => {
  test.each([
    ['the tag', { modalityTag: 'CT' }, 'CT', 'tag'],
    ['a tag of several terms of one class', { modalityTag: 'CR\\DX' }, 'XR', 'tag'],
    ['no class for terms of two classes', { modalityTag: 'CT\\PT' }, null, 'tag'],
    [
      'no class for a tag of no class, in any folder',
      { modalityTag: 'RTDOSE', folders: ['CT'] },
      null,
      'tag',
    ],
    ['the folder without a tag', { folders: ['CT'] }, 'CT', 'folder'],
    ['nothing without either', {}, null, 'none'],
  ] as const)('is %s', (_, facts, label, source) => {
    expect(of(facts)).toEqual([label, source]);
  });

  test('is the paper’s, and of whole values only', () => {
    const codes = ['CT', 'MR', 'PT', 'CR', 'DX', 'MG', 'US', 'CTPT', '', 'toString', '__proto__', UNLISTED];
    expect(codes.map((modalityTag) => of({ modalityTag })[0])).toEqual([
      ...['CT', 'MR', 'PT', 'XR', 'XR', 'XR'],
      ...codes.slice(6).map(() => null),
    ]);
    const several = ['CT\\MR', 'CT\\SEG', 'CR\\DX', 'US\\OT'];
    expect(several.map((modalityTag) => of({ modalityTag })[0])).toEqual([null, null, 'XR', null]);
  });

  test('follows rules that were added', () => {
    const set = withModalityRules(MODALITY_SET, { ...modalityRules(MODALITY_SET), RG: 'XR' });
    expect(of({ modalityTag: 'RG' }, set)).toEqual(['XR', 'tag']);
    expect(of({ modalityTag: 'DX' }, set)).toEqual(['XR', 'tag']);
  });

  test('is made from the attribute that the set names', () => {
    expect(of({ modalityTag: 'CT', bodyPart: ' chest ' }, BODY_REGION_SET)).toEqual(['chest', 'tag']);
    expect(of({ modalityTag: 'CT', bodyPart: 'WHOLEBODY' }, BODY_REGION_SET)).toEqual([null, 'none']);
  });
});
