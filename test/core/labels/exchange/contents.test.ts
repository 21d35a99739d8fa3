/** Rows that name slices by the hashes of their pixels. */
import { describe, expect, test } from 'vitest';
import { type Contents, contentsOf, sha256 } from '../../../../src/core/labels/exchange/contents.ts';
import { createMatcher, needsContent } from '../../../../src/core/labels/exchange/match.ts';
import { isFault, readLabelTable } from '../../../../src/core/labels/exchange/readTable.ts';
import { hash, makeProject } from '../../../builders/exchange.ts';

const project = makeProject([
  { dataset: 'd1', series: 'a', slices: 2 },
  { dataset: 'd1', series: 'b', slices: 2 },
  { dataset: 'd2', series: 'c', slices: 2 },
]);
/** “b” is a copy of “a” in another order; “c” shares its black slice with both. */
const HASHES = ['black', 'a', 'a', 'black', 'black', 'c'];
const rows = (text: string) => {
  const read = readLabelTable(text);
  if (isFault(read)) throw new Error(read.fault);
  return read.rows;
};
const found = async (text: string, contents?: Contents) => {
  const of = contents ?? (await contentsOf(project.list, HASHES));
  const match = createMatcher({ ...project, contents: of })(rows(text)[0]);
  return match.level === null ? match.why : [match.level, match.by, [...match.slices].sort()];
};

describe('a row with hashes of pixels', () => {
  test('means all series of the same pictures, in whatever order', async () => {
    const { series } = await contentsOf(project.list, HASHES);
    expect(series[0]).toBe(series[1]);
    expect(series[2]).not.toBe(series[0]);
    expect(await found(`series sha256,class\n${series[0]?.toUpperCase()},CT`)).toEqual([
      'series',
      'content',
      [0, 1, 2, 3],
    ]);
  });

  test('means a slice within its series, or one that no other looks like', async () => {
    const { series } = await contentsOf(project.list, HASHES);
    expect(await found(`series sha256,slice sha256,class\n${series[2]},black,CT`)).toEqual([
      'slice',
      'content',
      [4],
    ]);
    expect(await found('slice sha256,class\nc,CT')).toEqual(['slice', 'content', [5]]);
    expect(await found('slice sha256,class\nblack,CT')).toBe('several');
    expect(await found('slice sha256,file,class\nblack,drop/d1/a/1.dcm,CT')).toEqual(['file', 'file', [0]]);
    expect(await found('slice sha256,dataset,class\nunknown,Name d1,CT')).toBe('unknown');
  });

  test('means nothing of a series with a damaged slice', async () => {
    const contents = await contentsOf(project.list, [...HASHES.slice(0, 5), null]);
    expect(contents.series[2]).toBeNull();
    expect(await found('series sha256,class\n,CT', contents)).toBe('unknown');
  });
});

test('pixels are read only for rows that ids of this project do not tell', () => {
  const needs = needsContent(project.list);
  const asked = (text: string) => rows(text).map(needs);
  const key = project.list.keyOf(0);
  expect(
    asked(`series id,slice id,series sha256,class\n${hash('a')},,x,CT\n,${key},x,CT\n99,,x,CT\n99,,,CT`),
  ).toEqual([false, false, true, false]);
});

test('a hash is SHA-256, as any other program computes it', async () => {
  const bytes = new TextEncoder().encode('abc');
  // FIPS 180-2, appendix B.1.
  expect(await sha256(bytes)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
