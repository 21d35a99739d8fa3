/** ZIP archives: which entries are found and read, and which are refused by name. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/core/bytes/limits.ts';
import { entryRange, readRanges, unpack } from '../../../src/core/files/fileBytes.ts';
import {
  isZip,
  leftFiles,
  packedEntry,
  refusal,
  unpackFirst,
  type ZipEntry,
  zipEntries,
} from '../../../src/core/files/zip.ts';
import { isSkip, SKIP_CODES } from '../../../src/core/skip.ts';
import { makeZip } from '../../builders/zip.ts';
import { describeShared } from '../../harness/describeShared.ts';
import { sharedPath } from '../../harness/shared.ts';

/** Path and text, or the code of the skip, of every entry. */
async function contents(archive: Blob): Promise<Record<string, string> | string> {
  const read = await zipEntries(archive);
  if (isSkip(read)) return read.code;
  const texts: Record<string, string> = {};
  for (const entry of read.entries) texts[entry.path] = await content(archive, entry);
  return texts;
}

async function content(archive: Blob, entry: ZipEntry): Promise<string> {
  const [packed] = await readRanges(archive, [entryRange(entry)]);
  const bytes = await unpack(packed);
  return isSkip(bytes) ? `skip: ${bytes.code}` : new TextDecoder().decode(bytes);
}

describe('an archive', () => {
  test('gives its files, stored or deflated, without its folders', async () => {
    const archive = makeZip([
      { name: 'CT/', content: '' },
      { name: 'CT/1.dcm', content: 'stored' },
      { name: 'CT/2.dcm', content: 'deflated '.repeat(100), deflate: true },
    ]);
    expect(await isZip(archive)).toBe(true);
    expect(await contents(archive)).toEqual({ 'CT/1.dcm': 'stored', 'CT/2.dcm': 'deflated '.repeat(100) });
  });

  test('may be zip64, have a comment, or a program in front', async () => {
    const parts = [
      { name: 'a', content: 'first' },
      { name: 'b', content: 'second', deflate: true },
    ];
    const expected = { a: 'first', b: 'second' };
    expect(await contents(makeZip(parts, { zip64: true }))).toEqual(expected);
    expect(await contents(makeZip(parts, { comment: 'PK, a comment' }))).toEqual(expected);
    expect(await contents(makeZip(parts, { before: 1000 }))).toEqual(expected);
    expect(await contents(makeZip(parts, { before: 1000, zip64: true }))).toEqual(expected);
  });

  test('of zip64 whose directory is nowhere is refused by name', async () => {
    const archive = makeZip([{ name: 'a', content: 'first' }], { zip64: true });
    const bytes = new Uint8Array(await archive.arrayBuffer());
    const [end, locator] = [bytes.length - 22 - 20 - 56, bytes.length - 22 - 20];
    const view = new DataView(bytes.buffer);
    // Neither before its locator nor where that says, but of that much the archive has.
    view.setUint32(end, 0, true);
    for (const place of [bytes.length - 1, bytes.length + 10_000, 3]) {
      view.setBigUint64(locator + 8, BigInt(place), true);
      expect(await zipEntries(new Blob([bytes]))).toEqual({ code: 'archive', detail: 'no directory' });
    }
  });

  test.each([65_514, 65_515, 65_516, 65_535])('of zip64 may have a comment of %d bytes', async (length) => {
    const archive = makeZip([{ name: 'a', content: 'first' }], { zip64: true, comment: 'x'.repeat(length) });
    expect(await contents(archive)).toEqual({ a: 'first' });
  });

  test('of zip64 is found where its locator says, though something lies before that', async () => {
    const archive = makeZip([{ name: 'a', content: 'first' }], { zip64: true });
    const bytes = new Uint8Array(await archive.arrayBuffer());
    const cut = bytes.length - 22 - 20;
    expect(await contents(new Blob([bytes.slice(0, cut), new Uint8Array(9), bytes.slice(cut)]))).toEqual({
      a: 'first',
    });
  });

  test('may be empty', async () => {
    const archive = makeZip([]);
    expect(await isZip(archive)).toBe(true);
    expect(await contents(archive)).toEqual({});
  });

  test('is not everything that has its name', async () => {
    expect(await isZip(new Blob(['PK']))).toBe(false);
    expect(await isZip(new Blob(['Not a zip file, but long enough to be one.']))).toBe(false);
    expect(await contents(new Blob(['PK\x03\x04 without an end']))).toBe('archive');
  });

  test('whose entries share their bytes is refused', async () => {
    const archive = makeZip([{ name: 'a', content: 'x'.repeat(500) }]);
    const bytes = new Uint8Array(await archive.arrayBuffer());
    const directory = bytes.slice(531, 531 + 47);
    const end = bytes.slice(531 + 47);
    new DataView(end.buffer).setUint32(12, 3 * 47, true);
    const bomb = new Blob([bytes.slice(0, 531), directory, directory, directory, end]);
    expect(await zipEntries(bomb)).toMatchObject({ code: 'archive', detail: 'overlapping entries' });
  });
});

describe('an entry', () => {
  test('never leads out of its archive', async () => {
    const names = ['/etc/passwd', '../../up', 'C:/drive/x', 'back\\slash\\y', './here/../z'];
    const archive = makeZip(names.map((name) => ({ name, content: '' })));
    expect(Object.keys((await contents(archive)) as object)).toEqual([
      'etc/passwd',
      'up',
      'drive/x',
      'back/slash/y',
      'here/z',
    ]);
  });

  test('has its name in UTF-8 or in code page 437', async () => {
    const archive = makeZip([
      { name: 'Schädel/1', content: '' },
      { name: new TextEncoder().encode('Schädel/2'), content: '' },
      { name: Uint8Array.of(0x53, 0x63, 0x68, 0x84, 0x64, 0x65, 0x6c, 0x2f, 0x33), content: '' },
    ]);
    expect(Object.keys((await contents(archive)) as object)).toEqual(['Schädel/1', 'Schädel/2', 'Schädel/3']);
  });

  test('is found behind a local header that is longer than announced', async () => {
    const archive = makeZip([
      { name: 'a', content: 'first', localExtra: 700 },
      { name: 'b', content: 'second', localExtra: 9 },
    ]);
    expect(await contents(archive)).toEqual({ a: 'first', b: 'second' });
  });

  test('that breaks a rule is named, and the others are read', async () => {
    const archive = makeZip([
      { name: 'locked', content: 'x', flags: 1 },
      { name: 'checksum', content: 'x', crc: 1 },
      { name: 'longer than said', content: 'four', deflate: true, size: 3 },
      { name: 'shorter than said', content: 'four', deflate: true, size: 5 },
      { name: 'unknown method', content: 'x', method: 12 },
      { name: 'not deflate', content: Uint8Array.of(255, 255, 255), method: 8 },
      { name: 'good', content: 'good' },
    ]);
    expect(await contents(archive)).toEqual({
      locked: 'skip: encrypted',
      checksum: 'skip: malformed',
      'longer than said': 'skip: malformed',
      'shorter than said': 'skip: truncated',
      'unknown method': 'skip: archive',
      'not deflate': 'skip: malformed',
      good: 'good',
    });
  });

  test('that unpacks to far more than it is has its limit', async () => {
    const content = new Uint8Array(5_000_000);
    const honest = makeZip([{ name: 'bomb', content, deflate: true, size: 500_000_000 }]);
    expect(await contents(honest)).toEqual({ bomb: 'skip: too-large' });
    const lying = makeZip([{ name: 'bomb', content, deflate: true, size: 100 }]);
    expect(await contents(lying)).toEqual({ bomb: 'skip: malformed' });
  });
});

describe('what is not read of an archive is named', () => {
  const entry: ZipEntry = {
    ...{ path: 'a', size: 5, packed: 5, method: 0, encrypted: false, crc32: 0, offset: 0, header: 30 },
  };

  test.each([
    [{}, null],
    [{ method: 8 }, null],
    [{ method: 9 }, null],
    [{ encrypted: true }, { code: 'encrypted' }],
    [{ size: LIMITS.fileBytes }, null],
    [{ size: LIMITS.fileBytes + 1 }, { code: 'too-large' }],
    [{ packed: LIMITS.fileBytes }, null],
    [{ packed: LIMITS.fileBytes + 1 }, { code: 'too-large' }],
    [{ method: 12 }, { code: 'archive', detail: 'compressed by bzip2' }],
    [{ method: 42 }, { code: 'archive', detail: 'compression method 42' }],
  ])('an entry of %j', (more, skip) => {
    expect(refusal({ ...entry, ...more })).toEqual(skip);
  });

  test('files beyond the limit, by number', () => {
    expect(leftFiles(7, 7)).toBeNull();
    expect(leftFiles(1000, 1007)).toEqual({
      code: 'too-large',
      detail: 'the first 1,000 of 1,007 files of the archive were read',
    });
  });

  /** An archive of one file, changed before its end: offsets are of the end record. */
  async function changed(change: (end: DataView, whole: DataView) => void) {
    const bytes = new Uint8Array(await makeZip([{ name: 'a', content: 'first' }]).arrayBuffer());
    change(new DataView(bytes.buffer, bytes.length - 22), new DataView(bytes.buffer));
    return zipEntries(new Blob([bytes]));
  }

  test('a directory that cannot be', async () => {
    const archive = (detail: string) => ({ code: 'archive', detail });
    expect(await changed((end) => end.setUint16(4, 1, true))).toEqual(archive('no directory'));
    expect(await changed((end) => end.setUint32(16, 1000, true))).toEqual(archive('directory out of bounds'));
    expect(await changed((end) => end.setUint32(12, 256 * 2 ** 20 + 1, true))).toEqual({
      code: 'too-large',
      detail: 'archive directory',
    });
    // 35 bytes of the file, then the directory of 47.
    expect(await changed((_, whole) => whole.setUint8(36, 0))).toEqual(archive('damaged directory'));
    expect(await changed((_, whole) => whole.setUint16(36 + 28, 9, true))).toEqual(
      archive('damaged directory'),
    );
    expect(await changed(() => {})).toMatchObject({
      entries: [{ path: 'a', size: 5, packed: 5 }],
      left: null,
    });
  });

  test('packed bytes that are no entry, or end too early', async () => {
    const bytes = new Uint8Array(await makeZip([{ name: 'a', content: 'first' }]).arrayBuffer());
    const piece = bytes.slice(0, 36);
    expect(packedEntry(piece, entry)).toEqual(new TextEncoder().encode('first'));
    expect(packedEntry(piece.slice(0, 35), entry)).toBeNull();
    expect(packedEntry(piece.slice(0, 29), entry)).toEqual({ code: 'malformed' });
    expect(packedEntry(piece.slice(1), entry)).toEqual({ code: 'malformed' });
  });

  test('a file too large to be unpacked whole gives its beginning, where that is one stream', () => {
    const packed = deflateSync(new Uint8Array(100).fill(7));
    const large = { ...entry, method: 8, size: LIMITS.inflatedBytes + 1 };
    expect(unpackFirst(packed, large)).toEqual(new Uint8Array(100).fill(7));
    expect(unpackFirst(packed, { ...large, size: LIMITS.inflatedBytes })).toBeNull();
    expect(unpackFirst(packed, { ...large, method: 0 })).toBeNull();
  });
});

test('a comment that looks like an end does not hide the archive', async () => {
  // An end record whose own comment would reach far beyond the file.
  const comment = `PK\x05\x06${'\0'.repeat(16)}zz`;
  expect(await contents(makeZip([{ name: 'a', content: 'first' }], { comment }))).toEqual({ a: 'first' });
});

describe('of several end records', () => {
  const empty = `PK\x05\x06${'\0'.repeat(18)}`;
  const parts = [{ name: 'a', content: 'first' }];

  test.each([
    ['in the comment', `before${empty}after`],
    ['that closes the comment, and so the file', `before${empty}`],
    ['many times over', empty.repeat(20)],
  ])('one of an empty archive %s does not empty the archive', async (_, comment) => {
    for (const zip64 of [false, true])
      expect(await contents(makeZip(parts, { comment, zip64 }))).toEqual({ a: 'first' });
  });

  test('one whose directory is elsewhere is passed over', async () => {
    // 47 bytes before it there is no directory.
    const wrong = `${'x'.repeat(60)}PK\x05\x06${'\0'.repeat(8)}\x2f\0\0\0${'\0'.repeat(6)}`;
    expect(await contents(makeZip(parts, { comment: wrong }))).toEqual({ a: 'first' });
  });

  test('the one whose comment ends with the file counts, not a whole archive behind which bytes follow', async () => {
    const inner = new Uint8Array(await makeZip([{ name: 'inner', content: '' }]).arrayBuffer());
    const comment = `${String.fromCharCode(...inner)}tail`;
    expect(await contents(makeZip(parts, { comment }))).toEqual({ a: 'first' });
  });

  test('bytes behind the archive harm nothing where nothing better is found', async () => {
    expect(await contents(new Blob([makeZip(parts), 'garbage']))).toEqual({ a: 'first' });
    expect(await contents(new Blob([makeZip([]), 'garbage']))).toEqual({});
  });
});

test('an entry is a bomb above what may be inflated freely, and beyond the ratio: not at the one or the other', async () => {
  const { inflatedFreely: freely, inflatedRatio: ratio } = LIMITS;
  const entry = { path: 'a', encrypted: false, crc32: 0, offset: 0, header: 30, method: 8, packed: 1 };
  const code = async (size: number, packed: number) => {
    const bytes = await unpack({ bytes: new Uint8Array(packed), entry: { ...entry, size } });
    return isSkip(bytes) && bytes.code;
  };
  // Zeros are a stored block without content: what gets past the check is found out as soon as it is inflated.
  expect(await code(freely + 1, 9)).toBe('too-large');
  expect(await code(freely, 9)).not.toBe('too-large');
  const just = Math.ceil((freely + 1) / ratio);
  expect(await code(just * ratio, just)).not.toBe('too-large');
  expect(await code(just * ratio + 1, just)).toBe('too-large');
});

test('any damage ends in files or in named skips, never in an exception', async () => {
  const whole = new Uint8Array(
    await makeZip([
      { name: 'CT/1', content: 'first' },
      { name: 'CT/2', content: 'second '.repeat(9), deflate: true },
    ]).arrayBuffer(),
  );
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(whole.length), async (changes, cut) => {
      const bytes = whole.slice(0, whole.length - (cut % 40));
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      const result = await contents(new Blob([bytes]));
      if (typeof result === 'string') expect(Object.keys(SKIP_CODES)).toContain(result);
    }),
    { numRuns: 500 },
  );
});

const collection = sharedPath('malformed.zip');

describeShared('malformed.zip')('the archives of yauzl’s tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yauzl-'));
  execFileSync('unzip', ['-q', collection, 'yauzl/*', '-d', folder]);
  const failures = readdirSync(join(folder, 'yauzl/failure'));

  test.each(failures)('%s is read safely or refused', async (name) => {
    const result = await contents(new Blob([readFileSync(join(folder, 'yauzl/failure', name))]));
    const paths = typeof result === 'string' ? [] : Object.keys(result);
    for (const path of paths) expect(path).not.toMatch(/^\/|\.\.|\\|^[A-Za-z]:/);
    // A byte after the end harms nobody; odd paths are made safe instead.
    if (!/path|characters|comment/.test(name)) {
      const skips = typeof result === 'string' ? [result] : Object.values(result);
      expect(skips.some((one) => one === 'archive' || one.startsWith('skip: '))).toBe(true);
    }
  });

  test('those that are fine are read', async () => {
    const read = (name: string) =>
      contents(new Blob([readFileSync(join(folder, 'yauzl/success', `${name}.zip`))]));
    expect(Object.keys((await read('unicode')) as object).join()).toMatch(/[^\p{ASCII}]/u);
    expect(Object.values((await read('traditional-encryption')) as object)).toContain('skip: encrypted');
  });
});
