/** Files are read together where they lie side by side, and none suffers from another that can't be read. */
import { expect, test, vi } from 'vitest';
import { type Aside, expand, type Parcel } from '../../../src/core/files/expand.ts';
import { type DropItem, packLots } from '../../../src/core/files/fileBatch.ts';
import { readPieces, unpack } from '../../../src/core/files/fileBytes.ts';
import type { Manifest } from '../../../src/core/files/manifest.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { makeZip } from '../../builders/zip.ts';

const text = (path: string, content = path): DropItem => ({ path, file: new Blob([content]) });

async function parcels(items: DropItem[]): Promise<(Parcel | Aside)[]> {
  const batches = (async function* () {
    yield packLots(items);
  })();
  const all: (Parcel | Aside)[] = [];
  for await (const one of expand(batches, new Map<string, Manifest>(), () => {})) all.push(one);
  return all;
}

/** Paths and texts of everything in a parcel, or the code of the skip. */
async function contents({ blob, files }: Parcel): Promise<string[]> {
  const read = await readPieces(blob, files);
  const unpacked = await Promise.all(read.map(unpack));
  return unpacked.map(
    (bytes, i) => `${files[i].path}: ${isSkip(bytes) ? bytes.code : new TextDecoder().decode(bytes)}`,
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

test('small files come in lots, in their order; descriptions, archives and large files alone', async () => {
  const large = { path: 'large', file: new Blob([new Uint8Array(2 ** 20 + 1)]) };
  const items = [text('a'), text('b'), text('x/datasets.json'), text('c'), large, text('d'), text('e.zip')];
  expect(packLots(items).map(({ paths }) => paths)).toEqual([
    ['a', 'b'],
    ['x/datasets.json'],
    ['c'],
    ['large'],
    ['d'],
    ['e.zip'],
  ]);
  const many = Array.from({ length: 100 }, (_, i) => text(`${i}`));
  const lots = packLots(many);
  expect(lots.flatMap(({ paths }) => paths)).toEqual(many.map(({ path }) => path));
  expect(Math.max(...lots.map(({ paths }) => paths.length))).toBe(64);
});

test('a lot has files of up to 1 MB, up to 8 MB of them', () => {
  const sized = (path: string, size: number): DropItem => ({ path, file: new Blob([new Uint8Array(size)]) });
  const mb = 2 ** 20;
  const paths = (items: DropItem[]) => packLots(items).map((lot) => lot.paths.join(''));
  expect(paths([sized('a', mb), sized('b', mb), sized('c', mb + 1), sized('d', 1)])).toEqual([
    'ab',
    'c',
    'd',
  ]);
  const eight = [...'abcdefgh'].map((path) => sized(path, mb));
  expect(paths([...eight, sized('i', 1), sized('j', 1)])).toEqual(['abcdefgh', 'ij']);
  const [lot] = packLots([sized('a', 3), sized('b', 4)]);
  expect([lot.sizes, lot.blob.size]).toEqual([[3, 4], 7]);
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
    const read = readPieces(blob, [{ at: 0, length: size, entry: null }]);
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

test('a lot is read at once, and its clutter left out', async () => {
  const [parcel] = (await parcels([text('a/1'), text('a/Thumbs.db'), text('a/2', '')])) as Parcel[];
  const { blob, counts } = counted(parcel.blob);
  expect(await contents({ ...parcel, blob })).toEqual(['a/1: a/1', 'a/2: ']);
  expect(counts.reads).toBe(1);
});

test('a file that is gone is the only one of its lot', async () => {
  const [parcel] = (await parcels([
    text('a/1', 'one'),
    text('a/2', 'two'),
    text('a/3', 'three'),
  ])) as Parcel[];
  const { blob } = counted(parcel.blob, (from, to) => from < 6 && to > 3);
  expect(await contents({ ...parcel, blob })).toEqual(['a/1: one', 'a/2: unreadable', 'a/3: three']);
});

test('an archive’s small entries are read together, each is unpacked by itself', async () => {
  const names = Array.from({ length: 80 }, (_, i) => `CT/${i}`);
  const archive = makeZip([
    ...names.map((name, i) => ({ name, content: name.repeat(9), deflate: i % 2 === 0 })),
    { name: 'locked', content: 'x', flags: 1 },
    { name: 'after', content: 'after', localExtra: 700 },
  ]);
  const found = (await parcels([{ path: 'a.zip', file: archive }])) as Parcel[];
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
