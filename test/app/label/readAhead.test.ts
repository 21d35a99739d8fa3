/** Pictures that are read ahead: what is wanted now comes first, what is not wanted any more is not read. */
import { expect, test } from 'vitest';
import { createPictures } from '../../../src/app/label/readAhead.ts';
import type { SliceRef } from '../../../src/core/types.ts';

const refs = (...rows: number[]) => rows.map((row): SliceRef => ({ shard: 1, row }));
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Answers a reading only when it is told to. */
function slowReader() {
  const asked: number[][] = [];
  const answers: (() => void)[] = [];
  const read = (wanted: SliceRef[]) => {
    asked.push(wanted.map(({ row }) => row));
    return new Promise<(Uint8Array | null)[]>((resolve) => {
      answers.push(() => resolve(wanted.map(({ row }) => (row === 13 ? null : Uint8Array.of(row)))));
    });
  };
  const answer = async () => {
    answers.shift()!();
    await turn();
  };
  return { read, asked, answer };
}

test('pictures are read a few at a time, the first ones first, and told of', async () => {
  const { read, asked, answer } = slowReader();
  const pictures = createPictures(read, { together: 2 });
  let told = 0;
  const end = pictures.subscribe(() => told++);
  pictures.want(refs(3, 1, 2));
  expect(asked).toEqual([[3, 1]]);
  await answer();
  expect([told, pictures.at({ shard: 1, row: 3 })]).toEqual([1, Uint8Array.of(3)]);
  expect(pictures.at({ shard: 1, row: 2 })).toBeUndefined();
  end();
  await answer();
  expect([told, asked]).toEqual([1, [[3, 1], [2]]]);
});

test('what is no longer wanted is not read, and what is held is not read again', async () => {
  const { read, asked, answer } = slowReader();
  const pictures = createPictures(read, { together: 2 });
  pictures.want(refs(1, 2, 3, 4));
  pictures.want(refs(9, 2));
  await answer();
  await answer();
  expect(asked).toEqual([[1, 2], [9]]);
});

test('a damaged slice has no picture, and is not asked for again', async () => {
  const { read, asked, answer } = slowReader();
  const pictures = createPictures(read);
  pictures.want(refs(13));
  await answer();
  pictures.want(refs(13));
  expect([pictures.at({ shard: 1, row: 13 }), asked]).toEqual([null, [[13]]]);
});

test('only so many are kept: the longest unused ones go', async () => {
  const { read, answer } = slowReader();
  const pictures = createPictures(read, { kept: 2 });
  pictures.want(refs(1, 2));
  await answer();
  pictures.at({ shard: 1, row: 1 });
  pictures.want(refs(3));
  await answer();
  expect([1, 2, 3].map((row) => pictures.at({ shard: 1, row }) !== undefined)).toEqual([true, false, true]);
});

test('pictures of before are forgotten when slices have changed, also those on their way', async () => {
  const { read, asked, answer } = slowReader();
  const pictures = createPictures(read);
  pictures.want(refs(1));
  pictures.forget();
  await answer();
  expect(pictures.at({ shard: 1, row: 1 })).toBeUndefined();
  expect(asked).toEqual([[1], [1]]);
  await answer();
  expect(pictures.at({ shard: 1, row: 1 })).toEqual(Uint8Array.of(1));
});
