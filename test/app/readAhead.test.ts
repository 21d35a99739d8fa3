/** Picked files: small ones are read without asking for their sizes, large ones are asked a few at a time. */
import { expect, test } from 'vitest';
import '../fakes/filereader.ts';
import { walkDrop } from '../../src/app/drop.ts';
import { askAhead, readAhead, type Small } from '../../src/app/readAhead.ts';
import { packFileBatches } from '../../src/core/files/fileBatch.ts';

/** Files that were asked for their sizes: the first such question holds the page. */
const asked = new Set<string>();

/** A file on a disk, of `bytes` zeros. */
function onDisk(name: string, bytes: number): File {
  const file = new File([new Uint8Array(bytes)], name);
  return Object.defineProperty(file, 'size', {
    get: () => {
      asked.add(name);
      return bytes;
    },
  });
}

async function picked(files: File[]) {
  const batches: { files: number; asked: number; held: number }[] = [];
  for await (const { items, bytes } of walkDrop(files, new AbortController().signal)) {
    asked.clear();
    const packed = packFileBatches(items, bytes);
    expect(packed.flatMap(({ entries }) => entries.map(({ path }) => path))).toEqual(
      items.map(({ path }) => path),
    );
    const held = packed.reduce((sum, batch) => sum + (batch.held ?? 0), 0);
    batches.push({ files: items.length, asked: asked.size, held });
  }
  return batches;
}

test('of a thousand small files none is asked for its size', async () => {
  const batches = await picked(Array.from({ length: 1000 }, (_, i) => onDisk(`${i}`, 100)));
  expect(batches.map(({ files }) => files)).toEqual([...Array(15).fill(64), 40]);
  expect(batches.map((one) => one.asked)).toEqual(batches.map(() => 0));
  expect(batches[0].held).toBe(6400);
});

test('large files are not kept in memory, and asked for their sizes a few at a time', async () => {
  const batches = await picked(Array.from({ length: 200 }, (_, i) => onDisk(`${i}`, 100_000)));
  expect(batches.map(({ held }) => held)).toEqual(batches.map(() => 0));
  // The first batch finds out.
  expect(batches.slice(1).map(({ asked }) => asked)).toEqual([...Array(8).fill(16), 8]);
});

test('small files behind large ones are read again', async () => {
  const files = Array.from({ length: 300 }, (_, i) => onDisk(`${i}`, i < 64 ? 100_000 : 100));
  const batches = await picked(files);
  // The large ones, those behind them but the one that was tried, and the rest without a question.
  expect(batches.map(({ asked }) => asked)).toEqual([64, 15, 0, 0, 0, 0]);
});

test('for a glance none is read, and all are asked for their sizes, with turns for the page between', async () => {
  const files = Array.from({ length: 100 }, (_, i) => onDisk(`${i}`, 100));
  asked.clear();
  const walk = walkDrop(files, new AbortController().signal, true);
  const first = walk.next();
  const before: number[] = [];
  for (let turn = 0; turn < 20; turn++) {
    before.push(asked.size);
    await new Promise((done) => setTimeout(done));
  }
  expect(new Set(before)).toContain(16);
  expect((await first).value).toMatchObject({ items: { length: 64 }, unreadable: [] });
  expect((await walk.next()).value).toMatchObject({ items: { length: 36 } });
});

test('for a glance a file that is gone is named', async () => {
  const items = ['a', 'gone', 'empty'].map((path) => ({ path, file: new Blob(path === 'a' ? [path] : []) }));
  const read = async (file: Blob): Promise<Small> =>
    file === items[1].file ? 'unreadable' : new Uint8Array(0);
  for await (const batch of askAhead(items, read)) {
    expect(batch.unreadable).toEqual(['gone']);
    expect(batch.items.map(({ path }) => path)).toEqual(['a', 'empty']);
  }
});

test('the bytes that were read are those of the file, in a batch with others that were not', async () => {
  const [small, large] = [new File(['abc'], 'a'), new File(['x'.repeat(70_000)], 'b')];
  for await (const { items, bytes } of walkDrop([small, large], new AbortController().signal)) {
    const [batch] = packFileBatches(items, bytes);
    const entries = [
      { path: 'a', offset: 0, length: 3 },
      { path: 'b', offset: 3, length: 70_000 },
    ];
    expect(batch).toMatchObject({ entries, held: 3 });
    expect(await batch.blob.text()).toBe(`abc${'x'.repeat(70_000)}`);
  }
});

test('what can not be read is named, and the others go on in their order', async () => {
  const items = ['a', 'b', 'c'].map((path) => ({ path, file: new Blob([path]) }));
  const read = async (file: Blob): Promise<Small> =>
    (await file.text()) === 'b' ? 'unreadable' : new Uint8Array(await file.arrayBuffer());
  for await (const batch of readAhead(items, read)) {
    expect(batch.unreadable).toEqual(['b']);
    expect(batch.items.map(({ path }) => path)).toEqual(['a', 'c']);
    expect(batch.bytes?.size).toBe(2);
  }
});
