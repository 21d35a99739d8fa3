/** Archives of every kind, known by their bytes: opened one in another, or named; and looked into by the inspector. */
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createDrop } from '../../../src/app/originals.ts';
import { LIMITS } from '../../../src/core/bytes/limits.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { openArchive } from '../../../src/core/files/archive.ts';
import type { DecodeFile } from '../../../src/core/files/decoder.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import { tarMembers } from '../../../src/core/files/tar.ts';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import type { IngestEvent } from '../../../src/core/ingest/contract.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { createInspector } from '../../../src/core/inspect/service.ts';
import { concat, dicomFile } from '../../builders/dicom.ts';
import { npyFile } from '../../builders/npy.ts';
import { tarFile } from '../../builders/tar.ts';
import { makeZip } from '../../builders/zip.ts';
import { memoryStore, pretendedWorkers } from '../../fakes/ingest.ts';

const image = (n: number) =>
  dicomFile({ rows: 2, columns: 2, pixels: Uint8Array.of(n, 2 * n + 1, n + 5, 3 * n + 9) });
const context = { signal: new AbortController().signal, emit: () => {} };
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const item = (path: string, content: Uint8Array | Blob): WalkedFile => ({
  path,
  file: new Blob([content as Uint8Array<ArrayBuffer>]),
});
const zipOf = async (files: Record<string, Uint8Array>, options = {}) =>
  bytesOf(
    makeZip(
      Object.entries(files).map(([name, content]) => ({ name, content, deflate: true })),
      options,
    ),
  );

const drop = (...items: WalkedFile[]) => dropTo(decodeFile, items);

async function dropTo(decode: DecodeFile, items: WalkedFile[]) {
  const store = await memoryStore();
  const feed = createFeed();
  void feed.push(packFileBatches(items), false);
  const events: IngestEvent[] = [];
  const { progress } = await ingest(
    { store, spawn: pretendedWorkers(decode).spawn, workers: 2, nowMs: () => performance.now() },
    { project: 'p', batches: feed, options: DEFAULT_OPTIONS },
    { ...context, emit: (event) => events.push(event) },
  );
  const skipped = events.flatMap((event) => (event.kind === 'skipped' ? event.files : []));
  const sources = events.flatMap((event) => (event.kind === 'sources' ? event.sources.paths : []));
  expect([progress.files, progress.bytes]).toEqual([progress.filesTotal, progress.bytesTotal]);
  return {
    slices: progress.slices,
    sources,
    skipped: skipped.map(({ path, reason }) => `${path}: ${reason}`),
  };
}

/** Rows of what the inspector finds at a path of the drop. */
async function look(path: string, ...items: WalkedFile[]) {
  const files = createDrop('d');
  files.add(items);
  const args = { original: files.at(path)!, frame: 0, preprocessing: DEFAULT_OPTIONS };
  return createInspector().frame(args, context);
}

const plain = await zipOf({ 'CT/1': image(1), 'CT/2': image(2) });
const tar = tarFile([
  { name: 'CT/', content: new Uint8Array(0), type: '5' },
  { name: 'CT/1', content: image(1) },
  { name: 'CT/2', content: image(2) },
]);
const inFront = await zipOf({ 'CT/1': image(1), 'CT/2': image(2) }, { before: 700 });
inFront.set([0x4d, 0x5a]);

describe('an archive is opened', () => {
  test.each([
    ['a zip', 'x.zip', plain],
    ['in capitals', 'x.ZIP', plain],
    ['in mixed case', 'x.ZiP', plain],
    ['without an ending', 'x', plain],
    ['with another one', 'x.dat', plain],
    ['with a program in front', 'x.exe', inFront],
    ['with a program in front, as .zip', 'x.zip', inFront],
    ['a tar', 'x.tar', tar],
    ['a tar without an ending', 'x', tar],
    ['a gzipped tar', 'x.tgz', gzipSync(tar)],
    ['a gzipped tar of another name', 'x.gz', gzipSync(tar)],
    ['a gzipped zip', 'x.gz', gzipSync(plain)],
  ])('%s', async (_, path, bytes) => {
    const folder = path.replace(/\.(zip|tar|tgz)$/i, '');
    // Among others, so that it shares their lot where its name says nothing.
    const { slices, skipped, sources } = await drop(item('a/3', image(3)), item(`a/${path}`, bytes));
    expect(skipped).toEqual([]);
    expect(slices).toBe(3);
    expect(sources).toEqual(['a/3', `a/${folder}/CT/1`, `a/${folder}/CT/2`]);
    expect(await look(`a/${folder}/CT/2`, item(`a/${path}`, bytes))).toMatchObject({ rows: 2, columns: 2 });
  });

  test('inside another one, called so or not; deeper ones are named', async () => {
    const deepest = await zipOf({ 'deep/4': image(4) });
    const inner = await zipOf({ 'CT/1': image(1), 'more.zip': deepest, more: deepest });
    const outer = await zipOf({ 'one.zip': inner, two: tar, '5': image(5) });
    const { slices, skipped, sources } = await drop(item('disk', outer));
    expect(sources.toSorted()).toEqual(['disk/5', 'disk/one/CT/1', 'disk/two/CT/1', 'disk/two/CT/2']);
    // One is in both.
    expect(slices).toBe(3);
    expect(skipped.toSorted()).toEqual([
      'disk/one/more.zip: An archive this app cannot open. (inside two others)',
      'disk/one/more: An archive this app cannot open. (inside two others)',
    ]);
    expect(await look('disk/one/CT/1', item('disk', outer))).toMatchObject({ rows: 2 });
    expect(await look('disk/two/CT/2', item('disk', outer))).toMatchObject({ rows: 2 });
    expect(await look('disk/one/more/deep/4', item('disk', outer))).toMatchObject({ code: 'unreadable' });
  });

  test('of arrays, each of them images', async () => {
    const images = npyFile({ shape: [3, 5, 4], values: Uint8Array.from({ length: 60 }, (_, i) => i * 4) });
    const labels = npyFile({ shape: [3, 1], values: Uint8Array.of(0, 1, 2) });
    const npz = await zipOf({ 'train_images.npy': images, 'train_labels.npy': labels });
    const { slices, skipped } = await drop(item('set/CT/mnist.npz', npz));
    expect(slices).toBe(3);
    expect(skipped).toEqual([expect.stringContaining('train_labels.npy: A pixel layout')]);
  });
});

test.each([
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['RAR', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['bzip2', [0x42, 0x5a, 0x68, 0x39]],
])('an archive of another kind is called one: %s', async (name, bytes) => {
  const { skipped } = await drop(item('a', Uint8Array.from([...bytes, ...new Uint8Array(600)])));
  expect(skipped).toEqual([`a: An archive this app cannot open. (${name})`]);
});

test('what calls itself an archive and is none is read as what it is', async () => {
  expect((await drop(item('a.zip', image(1)), item('b.tar', image(2)))).slices).toBe(2);
});

test('what a decoder takes for an archive, and none can open, is named once', async () => {
  const mistaken: DecodeFile = async function* () {
    yield { code: 'archive', detail: 'zip' };
  };
  const { skipped } = await dropTo(mistaken, [item('a', image(1)), item('b', image(2))]);
  const reason = 'An archive this app cannot open.';
  expect(skipped.toSorted()).toEqual([`a: ${reason}`, `b: ${reason}`]);
});

test('a directory that promises a zip and holds none is named, once', async () => {
  const zip = await zipOf({ '1': image(1) });
  zip.fill(0, zip.length - 22);
  const { skipped } = await drop(item('a', zip), item('b.zip', zip));
  expect(skipped.toSorted()).toEqual([
    'a: An archive this app cannot open. (no directory)',
    'b.zip: An archive this app cannot open. (no directory)',
  ]);
});

describe('a tar', () => {
  const text = (content: string) => new TextEncoder().encode(content);
  const paths = async (bytes: Uint8Array<ArrayBuffer>) => {
    const { members, left } = await tarMembers(new Blob([bytes]));
    return [members.map(({ path, length }) => `${path} ${length}`), left?.code ?? null];
  };

  test('may have long names, of GNU and of pax, and pass over links', async () => {
    const long = `${'folder/'.repeat(20)}name`;
    const record = `path=${long}\n`;
    const length = record.length + 4;
    const tar = tarFile([
      { name: '././@LongLink', content: text(`${long}\0`), type: 'L' },
      { name: 'cut', content: text('one') },
      { name: 'PaxHeader', content: text(`${length} ${record}`), type: 'x' },
      { name: 'cut', content: text('four') },
      { name: 'link', content: new Uint8Array(0), type: '2' },
      { name: '../../up', content: text('safe') },
    ]);
    expect(await paths(tar)).toEqual([[`${long} 3`, `${long} 4`, 'up 4'], null]);
  });

  test('of every age and maker is read: with a prefix, without a mark, without a type, of large files', async () => {
    /** Changes a header and its sum. */
    const made = (change: (header: Uint8Array) => void, content = text('one')) => {
      const tar = tarFile([{ name: 'name', content }]);
      const header = tar.subarray(0, 512);
      change(header);
      header.fill(0x20, 148, 156);
      const sum = header.reduce((total, byte) => total + byte, 0);
      header.set(text(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
      return tar;
    };
    expect(await paths(made((header) => header.set(text('a/b'), 345)))).toEqual([['a/b/name 3'], null]);
    // GNU's mark is another, and what lies there is no prefix.
    const gnu = made((header) => {
      header.set(text('ustar  \0'), 257);
      header.set(text('a/b'), 345);
    });
    expect(await paths(gnu)).toEqual([['name 3'], null]);
    expect(await paths(made((header) => header.fill(0, 257, 265)))).toEqual([['name 3'], null]);
    for (const type of [0, 0x37]) {
      const typed = made((header) => {
        header[156] = type;
      });
      expect(await paths(typed)).toEqual([['name 3'], null]);
    }
    const binary = made((header) => header.set([0x80, ...new Uint8Array(10), 3], 124));
    expect(await paths(binary)).toEqual([['name 3'], null]);
  });

  test('says by pax how large a file is, for that file alone, and steps over what is no record', async () => {
    const pax = (...records: string[]) => ({ name: 'pax', content: text(records.join('')), type: 'x' });
    const sized = tarFile([
      pax('9 size=3\n'),
      { name: 'a', content: text('one'), sizeField: text('00000000000\0') },
      { name: 'b', content: text('four') },
      pax('30 comment=x'),
      { name: 'c', content: text('seven') },
      pax('11 mtime=1\n', '10 path=d\n'),
      { name: 'e', content: text('1') },
    ]);
    expect(await paths(sized)).toEqual([['a 3', 'b 4', 'c 5', 'd 1'], null]);
  });

  test('of many files is read in windows', async () => {
    const parts = Array.from({ length: 40 }, (_, i) => ({
      name: `${i}`,
      content: new Uint8Array(20_000 + i),
    }));
    const [found, left] = await paths(tarFile(parts));
    expect([found, left]).toEqual([parts.map(({ name, content }) => `${name} ${content.length}`), null]);
  });

  test('that is damaged or cut off gives the files before, and says so', async () => {
    const tar = tarFile([
      { name: 'a', content: text('one') },
      { name: 'b', content: text('two') },
    ]);
    const damaged = tar.slice();
    damaged[1024] ^= 1;
    expect(await paths(damaged)).toEqual([['a 3'], 'archive']);
    expect(await paths(tar.slice(0, 1538))).toEqual([['a 3'], 'truncated']);
    const endless = tarFile([{ name: 'a', content: text('one'), sizeField: new Uint8Array(12).fill(255) }]);
    expect(await paths(endless)).toEqual([[], 'truncated']);
  });
});

test('of more files than the limit the first are read, and the rest is named by number', async () => {
  const end = LIMITS.archiveFiles + 7;
  const central = new Uint8Array(46 + 6);
  const view = new DataView(central.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(28, 6, true);
  const all = new Uint8Array(end * central.length);
  for (let i = 0; i < end; i++) {
    central.set(new TextEncoder().encode(String(i).padStart(6, '0')), 46);
    all.set(central, i * central.length);
  }
  const last = new Uint8Array(22);
  new DataView(last.buffer).setUint32(0, 0x06054b50, true);
  new DataView(last.buffer).setUint32(12, all.length, true);
  const archive = await openArchive(new Blob([concat([all, last]) as Uint8Array<ArrayBuffer>]));
  if (!archive || 'code' in archive) throw new Error('not opened');
  expect(archive.members).toHaveLength(LIMITS.archiveFiles);
  expect(archive.members.at(-1)?.path).toBe('249999');
  expect(archive.left).toEqual({
    code: 'too-large',
    detail: 'the first 250,000 of 250,007 files of the archive were read',
  });
});
