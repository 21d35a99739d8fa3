/** What a file is by its name, decided in one place. */
import { expect, test } from 'vitest';
import { descriptionsFirst, roleOf } from '../../../src/core/files/role.ts';

test.each([
  ['a/.DS_Store', 'junk'],
  ['a/._datasets.json', 'junk'],
  ['__MACOSX/a.zip', 'junk'],
  ['a/Datasets.JSON', 'description'],
  ['a/b.tar.gz', 'archive'],
  ['a/b.ZIP', 'archive'],
  ['a/b.img', 'half'],
  ['a/b.hdr.gz', 'half'],
  ['a/b.nii.gz', 'image'],
  ['DICOMDIR', 'image'],
])('%s is of the role %s', (path, role) => {
  expect(roleOf(path)).toBe(role);
});

test('descriptions come first, everything else keeps its order', () => {
  const paths = ['a/1', 'a/datasets.json', 'a/2', 'datasets.json', 'a/.DS_Store'];
  expect(descriptionsFirst(paths, roleOf)).toEqual([
    'a/datasets.json',
    'datasets.json',
    'a/1',
    'a/2',
    'a/.DS_Store',
  ]);
  const plain = ['b', 'a'];
  expect(descriptionsFirst(plain, roleOf)).toBe(plain);
});
