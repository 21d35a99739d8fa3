/** From bytes to slices: recognising files, taking gzip off, stopping. */
import { deflateSync, gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { inflate } from '../../../src/core/bytes/inflate.ts';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import { FORMATS } from '../../../src/core/formats/index.ts';
import { FORMAT_META } from '../../../src/core/formats/meta.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { concat, dicomFile } from '../../builders/dicom.ts';
import { npyFile } from '../../builders/npy.ts';
import { bytesOf, type GoldenFile, readGolden } from '../../harness/goldens.ts';

const files = readGolden<GoldenFile[]>('files.json');
const stack = npyFile({ shape: [3, 4, 4], values: Int16Array.from({ length: 48 }, (_, i) => (i * 7) % 40) });

async function resultsOf(bytes: Uint8Array, antialias = false) {
  const results = [];
  for await (const result of decodeFile(bytes, { antialias })) results.push(result);
  return results;
}

describe.each(FORMATS)('format $meta.name', ({ meta, sniff, readHeader }) => {
  test('recognises its own files by 4 KB, and no others', () => {
    for (const file of files) {
      if (file.name.includes('gzip')) continue;
      // Golden files are named after their format.
      const own = file.name.toLowerCase().startsWith(meta.name);
      expect([file.name, sniff(bytesOf(file).subarray(0, 4096))]).toEqual([file.name, own]);
    }
  });

  test('is asked of an empty file, and of any single byte, without harm', () => {
    expect(sniff(new Uint8Array(0))).toBe(false);
    for (let byte = 0; byte < 256; byte++) expect(sniff(Uint8Array.of(byte))).toBe(false);
  });

  test('has a label and extensions for people', () => {
    expect(meta.label).not.toBe('');
    for (const extension of meta.extensions) expect(extension).toMatch(/^\.[a-z.]+$/);
  });

  test('reads headers of images in two files if it names their endings, and harms nothing', () => {
    expect(readHeader !== undefined).toBe(meta.pair !== undefined);
    for (const file of files)
      expect([file.name, readHeader?.(bytesOf(file)) ?? null]).toEqual([file.name, null]);
    expect(readHeader?.(new Uint8Array(0)) ?? null).toBe(null);
  });
});

test('no ending belongs to two formats, or to both files of an image', () => {
  const endings = FORMATS.flatMap(({ meta }) => [...(meta.pair?.header ?? []), ...(meta.pair?.image ?? [])]);
  expect(endings.filter((ending, i) => endings.indexOf(ending) !== i)).toEqual([]);
  const extensions = FORMATS.flatMap(({ meta }) => meta.extensions);
  expect(extensions.filter((one, i) => extensions.indexOf(one) !== i)).toEqual([]);
  for (const ending of endings) expect(extensions).toContain(ending);
});

test('every format that people are told of is read, and the other way round', () => {
  const told = Object.values(FORMAT_META);
  expect(new Set<unknown>(FORMATS.map(({ meta }) => meta))).toEqual(new Set(told));
});

/** A volume descriptor in its sector, and a DICOM file behind it. */
const disk = new Uint8Array(60_000);
disk.set(new TextEncoder().encode('\x01CD001'), 16 * 2048);
disk.set(bytesOf(files.find(({ name }) => name.startsWith('DICOM'))!), 18 * 2048);

describe('a file', () => {
  test.each<[string, string, Uint8Array]>([
    ['of text', 'not-an-image', new TextEncoder().encode('slice,label\n1,CT\n'.repeat(40))],
    ['of JSON', 'not-an-image', new TextEncoder().encode(JSON.stringify({ datasets: ['a'.repeat(300)] }))],
    ['of zeros', 'not-an-image', new Uint8Array(5000)],
    ['that is a disk image (ISO 9660)', 'archive', disk],
    ['of nothing', 'empty', new Uint8Array(0)],
    ['of compressed text', 'not-an-image', gzipSync(new TextEncoder().encode('not an image '.repeat(50)))],
    ['that is a damaged gzip', 'malformed', gzipSync(stack).fill(0xff, 20, 30)],
    ['that is a cut gzip', 'truncated', gzipSync(stack).subarray(0, 60)],
  ])('%s is skipped as “%s”', async (_, code, bytes) => {
    expect(await resultsOf(bytes)).toMatchObject([{ code }]);
  });

  test('in gzip is what is inside, in one part or several, with padding or without', async () => {
    const expected = await resultsOf(stack);
    expect(expected).toHaveLength(3);
    expect(await resultsOf(gzipSync(stack))).toEqual(expected);
    const parts = [gzipSync(stack.subarray(0, 90)), gzipSync(stack.subarray(90))];
    expect(await resultsOf(concat(parts))).toEqual(expected);
    expect(await resultsOf(concat([gzipSync(stack), new Uint8Array(512)]))).toEqual(expected);
  });

  test('gives slices of its own that stay what they are', async () => {
    const [first, second] = await resultsOf(stack);
    if (isSkip(first) || isSkip(second)) throw new Error('skipped');
    expect(first.slice).toHaveLength(224 * 224);
    expect(first.slice).not.toEqual(second.slice);
    expect(first.slice.buffer).not.toBe(second.slice.buffer);
  });

  test('is averaged only on demand', async () => {
    const columns = 600;
    const values = Uint8Array.from({ length: 600 * columns }, (_, i) => ((i % columns) % 5) * 40);
    const [plain] = await resultsOf(npyFile({ shape: [600, columns], values }));
    const [averaged] = await resultsOf(npyFile({ shape: [600, columns], values }), true);
    expect(averaged).not.toEqual(plain);
  });
});

describe('aborting', () => {
  test('before the first frame reads nothing', async () => {
    const controller = new AbortController();
    controller.abort();
    const results = decodeFile(stack, { antialias: false, signal: controller.signal });
    await expect(results.next()).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('between frames gives no more of them', async () => {
    const controller = new AbortController();
    const results = decodeFile(stack, { antialias: false, signal: controller.signal });
    expect((await results.next()).done).toBe(false);
    controller.abort();
    await expect(results.next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('inflating', () => {
  test('stops at its limit, whatever the stream goes on to say', () => {
    const bytes = deflateSync(new Uint8Array(300_000));
    expect(inflate(bytes, 'raw', 300_000)).toHaveLength(300_000);
    expect(inflate(bytes, 'raw', 299_999)).toMatchObject({ code: 'too-large' });
  });

  test('stops a bomb long before it has gone off', async () => {
    const bomb = gzipSync(new Uint8Array(200 * 2 ** 20), { level: 9 });
    expect(bomb.length).toBeLessThan(300_000);
    expect(await resultsOf(bomb)).toMatchObject([{ code: 'too-large' }]);
    const deflated = dicomFile({
      rows: 2,
      columns: 2,
      pixels: new Uint8Array(100 * 2 ** 20),
      syntax: 'deflated',
    });
    expect(await resultsOf(deflated)).toMatchObject([{ code: 'too-large' }]);
  });
});
