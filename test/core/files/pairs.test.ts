/** Images in two files, from the drop to what is stored: each file finds its other one, or is named. */
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createDrop } from '../../../src/app/originals.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { expand } from '../../../src/core/files/expand.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { type FileEntry, packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import { headerPaths } from '../../../src/core/files/pairName.ts';
import { createPairs } from '../../../src/core/files/pairs.ts';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import type { IngestEvent } from '../../../src/core/ingest/contract.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { createInspector, type RawImage } from '../../../src/core/inspect/service.ts';
import { SKIP_CODES } from '../../../src/core/skip.ts';
import { dicomFile } from '../../builders/dicom.ts';
import { analyzePair, niftiFile, niftiPair } from '../../builders/nifti.ts';
import { nrrdHeader } from '../../builders/nrrd.ts';
import { makeZip } from '../../builders/zip.ts';
import { memoryStore, pretendedWorkers } from '../../fakes/ingest.ts';

const image = { shape: [6, 5, 2], values: Int16Array.from({ length: 60 }, (_, i) => i * i) };
const nifti = niftiPair(image);
const analyze = analyzePair({ ...image, littleEndian: false });
const dicom = dicomFile({ rows: 2, columns: 2, pixels: Uint8Array.of(1, 2, 3, 4) });
const context = { signal: new AbortController().signal, emit: () => {} };

function item(path: string, content: Uint8Array | Blob): WalkedFile {
  return { path, file: new Blob([content as Uint8Array<ArrayBuffer>]) };
}

/** @param batches as the walk hands them over */
async function drop(...batches: WalkedFile[][]) {
  const store = await memoryStore();
  const feed = createFeed();
  for (const batch of batches) void feed.push(packFileBatches(batch), true);
  void feed.push([], false);
  const events: IngestEvent[] = [];
  const { progress } = await ingest(
    { store, spawn: pretendedWorkers(decodeFile).spawn, workers: 2, nowMs: () => performance.now() },
    { project: 'p', batches: feed, options: DEFAULT_OPTIONS },
    { ...context, emit: (event) => events.push(event) },
  );
  const skipped = events.flatMap((event) => (event.kind === 'skipped' ? event.files : []));
  const names = events.flatMap((event) => (event.kind === 'folder' ? [event.name.name] : []));
  return { progress, skipped, names, pixels: store.shards[0]?.pixels };
}

const single = (await drop([item('d/MR/a.nii', niftiFile(image))])).pixels;
const far = Array.from({ length: 40 }, (_, i) => item(`d/MR/${i}.dcm`, dicom));

describe('a header and an image of one name', () => {
  test.each<[string, WalkedFile[][]]>([
    ['come together', [[item('d/MR/a.hdr', nifti.header), item('d/MR/a.img', nifti.pixels)]]],
    [
      'come in batches, the image first',
      [[item('d/MR/a.img', nifti.pixels)], [item('d/MR/a.hdr', nifti.header)]],
    ],
    ['are ANALYZE, in capitals', [[item('d/MR/A.HDR', analyze.header), item('d/MR/A.IMG', analyze.pixels)]]],
    [
      'are gzipped, one or both',
      [[item('d/MR/a.hdr', nifti.header), item('d/MR/a.img.gz', gzipSync(nifti.pixels))]],
    ],
    [
      'lie in an archive',
      [
        [
          item(
            'd.zip',
            makeZip([
              { name: 'MR/a.img', content: nifti.pixels, deflate: true },
              { name: 'MR/a.hdr', content: nifti.header, deflate: true },
            ]),
          ),
        ],
      ],
    ],
  ])('that %s are one file with the slices of a .nii', async (_, batches) => {
    const { progress, skipped, names, pixels } = await drop(...batches);
    expect(progress).toMatchObject({ files: 1, filesTotal: 1, slices: 2, skipped: 0 });
    expect(progress.bytes).toBe(progress.bytesTotal);
    expect([skipped, names]).toEqual([[], ['d']]);
    expect(pixels).toEqual(single);
  });

  test('find each other across a drop, but not across folders', async () => {
    const { progress, skipped } = await drop([item('d/MR/a.hdr', nifti.header)], far, [
      item('d/MR/a.img', nifti.pixels),
      item('d/CT/b.hdr', nifti.header),
      item('d/MR/b.img', nifti.pixels),
    ]);
    expect(progress.files).toBe(progress.filesTotal);
    expect(progress.slices).toBe(3);
    expect(skipped.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'd/CT/b.hdr two-files',
      'd/MR/b.img two-files',
    ]);
    expect(skipped[0].next).toBe(SKIP_CODES['two-files'].next);
  });
});

test('an NRRD in two files is one file, and no half of a NIfTI of the same name', async () => {
  const pixels = Uint8Array.from({ length: 24 }, (_, i) => (i * i) % 97);
  const { progress, skipped } = await drop([
    item('d/MR/a.raw', pixels),
    item('d/MR/a.img', nifti.pixels),
    item('d/MR/a.hdr', nifti.header),
    item('d/MR/a.NHDR', nrrdHeader({ 'data file': 'a.raw' })),
    item('d/MR/b.raw', pixels),
  ]);
  expect(progress).toMatchObject({ files: 3, filesTotal: 3, slices: 4 });
  expect(skipped.map(({ path, code }) => `${path} ${code}`)).toEqual(['d/MR/b.raw two-files']);
});

test('a header that can’t be read is the pair’s failure', async () => {
  const header = Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('gone')) });
  const { file } = item('a.img', nifti.pixels);
  const args = {
    original: { id: 'o', file, inside: null, header },
    frame: 0,
    preprocessing: DEFAULT_OPTIONS,
  };
  expect(await createInspector().frame(args, context)).toEqual({ code: 'unreadable' });
});

/** Names of the files that go on, those that are read together joined by a plus. */
async function order(...items: WalkedFile[]): Promise<string[]> {
  const feed = createFeed();
  void feed.push(packFileBatches(items), false);
  const found: string[] = [];
  for await (const batch of expand(feed, { manifests: new Map(), count: () => {} })) {
    found.push(batch.entries.map(({ path }) => path).join(' + '));
  }
  return found;
}

test('DICOM files called .img wait for nobody, and stay with those beside them', async () => {
  const lone = item('x.img', nifti.pixels);
  expect(await order(lone, item('1.img', dicom), item('2.dcm', dicom))).toEqual(['1.img + 2.dcm', 'x.img']);
});

const half = (path: string, bytes = 1): FileEntry => ({
  path,
  role: 'half',
  bytes,
  offset: 0,
  length: bytes,
  entry: null,
});
const blob = new Blob();

test('those that wait are few enough to hold: the oldest goes on alone', () => {
  const pairs = createPairs(() => {});
  for (let i = 0; i < 20_000; i++) expect(pairs.add(blob, half(`${i}.img`))).toEqual([]);
  expect(pairs.add(blob, half('one more.img'))).toMatchObject([
    { entries: [{ path: '0.img', header: null }] },
  ]);
  expect(pairs.rest()).toHaveLength(20_000);
});

test('of two headers or images of one name the first waits, and the other goes on alone', () => {
  const pairs = createPairs(() => {});
  expect(pairs.add(blob, half('a.hdr'))).toEqual([]);
  expect(pairs.add(blob, half('a.hdr.gz'))).toEqual([{ blob, entries: [half('a.hdr.gz')] }]);
  expect(pairs.add(blob, half('b.img'))).toEqual([]);
  expect(pairs.add(blob, half('b.img.gz'))).toMatchObject([
    { entries: [{ path: 'b.img.gz', header: null }] },
  ]);
  expect(pairs.rest().map(({ entries: [{ path }] }) => path)).toEqual(['a.hdr', 'b.img']);
});

test('a .hdr that is larger than any header is no half of an image', () => {
  const radiance = half('a.hdr', 2 ** 21);
  expect(createPairs(() => {}).add(blob, radiance)).toEqual([{ blob, entries: [radiance] }]);
});

describe('the original of a pair', () => {
  const look = async (path: string, ...items: WalkedFile[]) => {
    const files = createDrop('d');
    files.add(items);
    const original = files.at(path)!;
    const args = { original, frame: 1, preprocessing: DEFAULT_OPTIONS };
    return (await createInspector().frame(args, context)) as RawImage;
  };

  test('is put together again from the files of the drop', async () => {
    const image = item('d/a.img.gz', gzipSync(nifti.pixels));
    expect(await look('d/a.img.gz', item('d/a.hdr', nifti.header), image)).toMatchObject({
      rows: 5,
      columns: 6,
      frames: 2,
    });
    expect(await look('d/a.img.gz', image)).toMatchObject({ code: 'not-an-image' });
  });

  test('is found in an archive', async () => {
    const archive = makeZip([
      { name: 'x/a.hdr', content: nifti.header },
      { name: 'x/a.img', content: nifti.pixels },
    ]);
    expect(await look('d/x/a.img', item('d.zip', archive))).toMatchObject({ rows: 5, frames: 2 });
  });

  test('has its header under any of the usual names', () => {
    expect(headerPaths('b/a.IMG')).toEqual(['b/a.hdr', 'b/a.hdr.gz', 'b/a.HDR', 'b/a.HDR.GZ']);
    expect(headerPaths('b/a.raw.gz')).toEqual(['b/a.nhdr.gz', 'b/a.nhdr', 'b/a.NHDR.GZ', 'b/a.NHDR']);
    expect([headerPaths('a.hdr'), headerPaths('a.dcm')]).toEqual([[], []]);
  });
});
