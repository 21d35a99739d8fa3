/** Files are read together where they lie side by side, and none suffers from another that can't be read. */
import { expect, test, vi } from 'vitest';
import { expand } from '../../../src/core/files/expand.ts';
import { type FileBatch, packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import { readRanges, unpack } from '../../../src/core/files/fileBytes.ts';
import type { Manifest } from '../../../src/core/files/manifest.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { makeZip } from '../../builders/zip.ts';

const text = (path: string, content = path): WalkedFile => ({ path, file: new Blob([content]) });

async function expanded(items: WalkedFile[]): Promise<FileBatch[]> {
  const batches = (async function* () {
    yield packFileBatches(items);
  })();
  const all: FileBatch[] = [];
  for await (const one of expand(batches, { manifests: new Map<string, Manifest>(), count: () => {} }))
    all.push(one);
  return all;
}

const pathsOf = ({ entries }: FileBatch) => entries.map(({ path }) => path);

/** Paths and texts of everything in a batch, or the code of the skip. */
async function contents({ blob, entries }: FileBatch): Promise<string[]> {
  const read = await readRanges(blob, entries);
  const unpacked = await Promise.all(read.map(unpack));
  return unpacked.map(
    (bytes, i) => `${entries[i].path}: ${isSkip(bytes) ? bytes.code : new TextDecoder().decode(bytes)}`,
  );
}

/** Counts how often a blob, or a piece of it, is read; reading beyond `end` fails, as where a file is gone. */
function counted(blob: Blob, gone: (from: number, to: number) => boolean = () => false) {
  const counts = { reads: 0 };
  const wrap = (from: number, to: number): Blob =>
    Object.assign(blob.slice(from, to), {
      slice: (a = 0, b = to - from) => wrap(from + a, Math.min(from + b, to)),
      arrayBuffer: async () => {
        counts.reads++;
        if (gone(from, to)) throw new DOMException('gone', 'NotReadableError');
        return blob.slice(from, to).arrayBuffer();
      },
    });
  return { blob: wrap(0, blob.size), counts };
}

test('small files come in batches, in their order; descriptions, archives and large files alone', async () => {
  const large = { path: 'large', file: new Blob([new Uint8Array(2 ** 20 + 1)]) };
  const items = [text('a'), text('b'), text('x/datasets.json'), text('c'), large, text('d'), text('e.zip')];
  expect(packFileBatches(items).map(pathsOf)).toEqual([
    ['a', 'b'],
    ['x/datasets.json'],
    ['c'],
    ['large'],
    ['d'],
    ['e.zip'],
  ]);
  const many = Array.from({ length: 100 }, (_, i) => text(`${i}`));
  const batches = packFileBatches(many);
  expect(batches.flatMap(pathsOf)).toEqual(many.map(({ path }) => path));
  expect(Math.max(...batches.map(({ entries }) => entries.length))).toBe(64);
});

test('a batch has files of up to 1 MB, up to 8 MB of them', () => {
  const sized = (path: string, size: number): WalkedFile => ({
    path,
    file: new Blob([new Uint8Array(size)]),
  });
  const mb = 2 ** 20;
  const paths = (items: WalkedFile[]) => packFileBatches(items).map((batch) => pathsOf(batch).join(''));
  expect(paths([sized('a', mb), sized('b', mb), sized('c', mb + 1), sized('d', 1)])).toEqual([
    'ab',
    'c',
    'd',
  ]);
  const eight = [...'abcdefgh'].map((path) => sized(path, mb));
  expect(paths([...eight, sized('i', 1), sized('j', 1)])).toEqual(['abcdefgh', 'ij']);
  const [{ entries, blob }] = packFileBatches([sized('a', 3), sized('b', 4)]);
  expect([entries.map(({ offset, length }) => [offset, length]), blob.size]).toEqual([
    [
      [0, 3],
      [3, 4],
    ],
    7,
  ]);
});

test('a slow drive gets a minute, and longer for a large file', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const slow = (size: number) => {
    let finish = (_: ArrayBuffer) => {};
    const blob = Object.assign(new Blob(), {
      arrayBuffer: () =>
        new Promise<ArrayBuffer>((resolve) => {
          finish = resolve;
        }),
    });
    Object.defineProperty(blob, 'size', { value: size });
    const read = readRanges(blob, [{ offset: 0, length: size, entry: null }]);
    return { read, finish: () => finish(new ArrayBuffer(4)) };
  };
  const [inTime, late, large] = [slow(4), slow(4), slow(40 * 2 ** 20)];
  await vi.advanceTimersByTimeAsync(59_000);
  inTime.finish();
  expect((await inTime.read)[0].bytes).toHaveLength(4);
  await vi.advanceTimersByTimeAsync(3000);
  expect((await late.read)[0].bytes).toEqual({ code: 'unreadable' });
  // Ten seconds more for 40 MB.
  await vi.advanceTimersByTimeAsync(7000);
  large.finish();
  expect((await large.read)[0].bytes).toHaveLength(4);
  vi.useRealTimers();
});

test('a batch is read at once, and junk left out', async () => {
  const [batch] = await expanded([text('a/1'), text('a/Thumbs.db'), text('a/2', '')]);
  const { blob, counts } = counted(batch.blob);
  expect(await contents({ ...batch, blob })).toEqual(['a/1: a/1', 'a/2: ']);
  expect(counts.reads).toBe(1);
});

test('a file that is gone is the only one of its batch', async () => {
  const [batch] = await expanded([text('a/1', 'one'), text('a/2', 'two'), text('a/3', 'three')]);
  const { blob } = counted(batch.blob, (from, to) => from < 6 && to > 3);
  expect(await contents({ ...batch, blob })).toEqual(['a/1: one', 'a/2: unreadable', 'a/3: three']);
});

test('an archive’s small entries are read together, each is unpacked by itself', async () => {
  const names = Array.from({ length: 80 }, (_, i) => `CT/${i}`);
  const archive = makeZip([
    ...names.map((name, i) => ({ name, content: name.repeat(9), deflate: i % 2 === 0 })),
    { name: 'locked', content: 'x', flags: 1 },
    { name: 'after', content: 'after', localExtra: 700 },
  ]);
  const found = await expanded([{ path: 'a.zip', file: archive }]);
  expect(found.length).toBe(2);
  const { blob, counts } = counted(archive);
  const [first, second] = [
    await contents({ ...found[0], blob }),
    await contents({ ...found[1], blob: archive }),
  ];
  expect(counts.reads).toBe(1);
  expect([...first, ...second]).toEqual([
    ...names.map((name) => `a/${name}: ${name.repeat(9)}`),
    'a/locked: encrypted',
    'a/after: after',
  ]);
});
