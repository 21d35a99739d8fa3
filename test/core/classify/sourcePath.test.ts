/** Places of series: below the drop, and what tells them apart. */
import { expect, test } from 'vitest';
import { belowDrop, commonFolders, dropRoot } from '../../../src/core/classify/sourcePath.ts';

const of = (...paths: string[]) => ({ slices: paths.map((path) => ({ path })) as never });

test('the dropped folder is the one that all files lie in', () => {
  expect(dropRoot([of('disk/a/1.dcm', 'disk/2.dcm'), of('disk/b/3.dcm')])).toBe('disk');
  expect(dropRoot([of('disk/1.dcm'), of('other/1.dcm')])).toBeNull();
  expect(dropRoot([of('disk/1.dcm'), of('loose.png')])).toBeNull();
  expect(dropRoot([of('loose.png')])).toBeNull();
  expect(dropRoot([])).toBeNull();
});

test('a path below it lacks its name alone', () => {
  expect(belowDrop('disk/a/1.dcm', 'disk')).toBe('a/1.dcm');
  expect(belowDrop('disk', 'disk')).toBe('.');
  expect(belowDrop('disk2/a', 'disk')).toBe('disk2/a');
  expect(belowDrop('disk/a', null)).toBe('disk/a');
});

test('what all places begin with is whole folders, and each keeps one name', () => {
  expect(commonFolders(['d/DICOM/P1/S1', 'd/DICOM/P1/S2'])).toBe('d/DICOM/P1/');
  expect(commonFolders(['d/P1', 'd/P10/S1'])).toBe('d/');
  expect(commonFolders(['d/P1', 'd/P1/S1'])).toBe('d/');
  expect(commonFolders(['d/P1/S1'])).toBe('d/P1/');
  expect(commonFolders(['a.png', 'd/b.png'])).toBe('');
  expect(commonFolders([])).toBe('');
});
