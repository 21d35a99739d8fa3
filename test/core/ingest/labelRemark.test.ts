/** What there is to say of a file's label. */
import { expect, test } from 'vitest';
import { UNLISTED } from '../../../src/core/dicom/modalityCode.ts';
import { labelRemark } from '../../../src/core/ingest/labelRemark.ts';
import { modalityRules, withModalityRules } from '../../../src/core/labels/modalityRules.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeFacts } from '../../builders/storage.ts';

function remark(modalityTag: string | null, folder: string | null, set = DEFAULT_SET) {
  const facts = { ...makeFacts('s', 'p'), modalityTag, folders: folder === null ? [] : [folder] };
  const said = labelRemark(facts, set);
  return said && [said.code, said.detail];
}

test('nothing, where tag and folder agree or one of them is all there is', () => {
  expect([remark('CT', 'CT'), remark('DX', 'XR'), remark('MR', null), remark(null, 'PT')]).toEqual(
    Array(4).fill(null),
  );
});

test('that nothing says what it is, or that its Modality is none of the four', () => {
  expect(remark(null, null)).toEqual(['no-label', undefined]);
  expect(remark('US', null)).toEqual(['other-modality', 'Modality US, kept without a label']);
});

test('that the folder says otherwise, with both sides and the outcome', () => {
  expect(remark('RTDOSE', 'CT')).toEqual([
    'folder-differs',
    'folder CT, Modality RTDOSE, kept without a label',
  ]);
  expect(remark('MR', 'CT')).toEqual(['folder-differs', 'folder CT, Modality MR, labelled MR']);
  expect(remark(UNLISTED, 'CT')?.[1]).toContain('a Modality that DICOM does not define');
});

test('nothing of a code that the project maps to the folder’s label', () => {
  const set = withModalityRules(DEFAULT_SET, { ...modalityRules(DEFAULT_SET), RG: 'XR' });
  expect(remark('RG', 'XR', set)).toBeNull();
});
