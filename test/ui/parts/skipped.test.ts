/** The list of skipped files. */
import { expect, test } from 'vitest';
import type { SkippedFile } from '../../../src/core/files/progress.ts';
import { SKIP_CODES } from '../../../src/core/skip.ts';
import {
  dropFigures,
  firstList,
  groupSkipped,
  listedFiles,
  occurring,
  skippedRows,
} from '../../../src/ui/parts/skipped.ts';

function file(path: string, code: SkippedFile['code'], detail = '', dataset = 'one'): SkippedFile {
  const { reason, next } = SKIP_CODES[code];
  const line = { path, dataset, code, reason: detail ? `${reason} (${detail})` : reason, next };
  return { ...line, partial: detail.includes('frames') };
}

const FILES = [
  file('a/1.dcm', 'blank', '3 frames'),
  file('a/2.dcm', 'truncated'),
  file('a/3.dcm', 'blank', '2 frames'),
  file('b/4.dcm', 'blank', '', 'two'),
];
const ALL = { text: '', code: '', dataset: '' } as const;

test('groups by reason, the largest first; details of files don’t split a group', () => {
  const groups = groupSkipped(FILES, ALL);
  expect(groups.map(({ code, files }) => [code, files.length])).toEqual([
    ['blank', 3],
    ['truncated', 1],
  ]);
  expect(groups[0]).toMatchObject(SKIP_CODES.blank);
});

test('objects without an image keep their names: each kind is a group', () => {
  const files = [
    file('a/1', 'dicom-no-pixels', 'RT structure set'),
    file('a/2', 'dicom-no-pixels', 'structured report'),
    file('a/3', 'dicom-no-pixels', 'structured report'),
    file('a/4', 'dicom-no-pixels'),
  ];
  const groups = groupSkipped(files, ALL);
  expect(groups.map(({ reason, files: of }) => [reason, of.length])).toEqual([
    ['Structured report, which is no image.', 2],
    ['RT structure set, which is no image.', 1],
    [SKIP_CODES['dicom-no-pixels'].reason, 1],
  ]);
  const rows = skippedRows(groups, (key) => key === groups[0].key);
  expect(rows.map((row) => row.kind)).toEqual(['group', 'file', 'file', 'group', 'group']);
  expect(rows.map((row) => (row.kind === 'file' ? row.detail : ''))).toEqual(['', '', '', '', '']);
});

test('filters by text, reason and dataset together', () => {
  const paths = (filter: Partial<Parameters<typeof groupSkipped>[1]>) =>
    groupSkipped(FILES, { ...ALL, ...filter }).flatMap(({ files }) => files.map(({ path }) => path));
  expect(paths({ text: ' A/ ' })).toEqual(['a/1.dcm', 'a/3.dcm', 'a/2.dcm']);
  expect(paths({ text: 'frames' })).toEqual(['a/1.dcm', 'a/3.dcm']);
  expect(paths({ code: 'truncated' })).toEqual(['a/2.dcm']);
  expect(paths({ dataset: 'two' })).toEqual(['b/4.dcm']);
  expect(paths({ dataset: 'two', code: 'truncated' })).toEqual([]);
});

test('an open group has a row for each file, with what is special about it', () => {
  const rows = skippedRows(groupSkipped(FILES, ALL), (code) => code === 'blank');
  expect(rows.map((row) => (row.kind === 'group' ? row.group.code : row.detail))).toEqual([
    'blank',
    '3 frames',
    '2 frames',
    '',
    'truncated',
  ]);
});

test('offers what occurs, the most frequent first', () => {
  expect(occurring(FILES, ({ dataset }) => dataset)).toEqual([
    { value: 'one', files: 3 },
    { value: 'two', files: 1 },
  ]);
});

test('a drop’s files are not used, used in part, or remarked on; the first list with a file comes first', () => {
  const drop = { unused: FILES, remarks: [] };
  const paths = (list: Parameters<typeof listedFiles>[1]) => listedFiles(drop, list).map(({ path }) => path);
  expect(paths('unused')).toEqual(['a/2.dcm', 'b/4.dcm']);
  expect(paths('partial')).toEqual(['a/1.dcm', 'a/3.dcm']);
  expect(paths('remarks')).toEqual([]);
  expect(firstList(drop)).toBe('unused');
  expect(firstList({ ...drop, unused: FILES.filter(({ partial }) => partial) })).toBe('partial');
});

test('the figures of a drop leave out what it has none of, but for what was read and what was not used', () => {
  expect(dropFigures({ read: 1408, other: 21, described: 1, skipped: 14 })).toBe(
    '1,408 read · 21 kept without a label · 1 description · 14 not used',
  );
  expect(dropFigures({ read: 266, other: 0, described: 0, skipped: 0 })).toBe('266 read · 0 not used');
});
