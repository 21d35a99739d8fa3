/** Where a label comes from, in the words of the inspector. */
import { expect, test } from 'vitest';
import { sourceWords } from '../../../src/ui/inspect/words.ts';

test('a label that neither header nor folder gave is not said to be the folder’s', () => {
  expect(sourceWords('other', 'folder')).toBe('no Modality in the file or its folder');
  expect(sourceWords('CT', 'folder')).toBe('from folder name');
  expect(sourceWords('other', 'tag')).toBe('from DICOM tag, kept without a label');
  expect(sourceWords('MR', 'tag')).toBe('from DICOM tag');
});
