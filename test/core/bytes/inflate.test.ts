/** Inflating gives what zlib gives, refusals included, whatever the stream, and whatever was inflated before. */
import {
  constants,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
} from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Compression, inflate, inflateInPlace } from '../../../src/core/bytes/inflate.ts';
import { inflater } from '../../../src/core/bytes/inflater.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { concat } from '../../builders/dicom.ts';
import { randomFrom } from '../../builders/phantom.ts';

const PACK = { gzip: gzipSync, zlib: deflateSync, raw: deflateRawSync };
const KINDS: Compression[] = ['gzip', 'zlib', 'raw'];

/** Bytes of one kind or another: noise, few symbols, long runs, text that repeats itself far apart. */
function content(length: number, kind: number, seed: number): Uint8Array {
  const random = randomFrom(seed);
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; ) {
    const run = kind === 2 ? 1 + random() * 700 : kind === 3 ? 3 + random() * 40 : 1;
    const from = kind === 3 ? Math.floor(random() ** 3 * Math.min(i, 32_768)) : 0;
    const value = random() * (kind === 1 ? 5 + seed : 256);
    for (let k = 0; k < run && i < length; k++, i++) bytes[i] = from > 0 ? bytes[i - from] : value;
  }
  return bytes;
}

/** Bytes by their length and sameness, since comparing them one by one takes long. */
function told(result: ReturnType<typeof inflate>, expected: Uint8Array) {
  return isSkip(result) ? result : { length: result.length, equal: Buffer.compare(result, expected) === 0 };
}

const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ),
});

test.each(KINDS)('%s streams of every level and strategy', (compression) => {
  fc.assert(
    fc.property(
      options,
      fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 30_000, max: 700_000 })),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 40 }),
      (how, length, kind, seed) => {
        const bytes = content(length, kind, seed);
        const packed = PACK[compression](bytes, how);
        expect(told(inflate(packed, compression), bytes)).toEqual({ length, equal: true });
        // A wrong guess costs a second run, and nothing else.
        const guessed = inflate(packed, compression, length, length >> 1);
        expect(told(guessed, bytes)).toEqual({ length, equal: true });
        const inPlace = inflateInPlace(packed, compression, length, seed);
        if (isSkip(inPlace)) throw new Error(inPlace.code);
        const { module, at, zeros } = inPlace;
        const memory = new Uint8Array(module.memory.buffer);
        expect(told(memory.slice(at, at + inPlace.length), bytes)).toEqual({ length, equal: true });
        expect(memory.subarray(zeros, zeros + seed).every((byte) => byte === 0)).toBe(true);
      },
    ),
    { numRuns: 60, seed: 1 },
  );
});

/** zlib's word on a raw stream: its bytes, or what is wrong with it. */
function judge(stream: Uint8Array): Uint8Array | 'truncated' | 'malformed' {
  try {
    return inflateRawSync(stream, { maxOutputLength: 2 ** 22 });
  } catch (error) {
    return (error as { code: string }).code === 'Z_BUF_ERROR' ? 'truncated' : 'malformed';
  }
}

function agree(stream: Uint8Array): void {
  const verdict = judge(stream);
  const result = inflate(stream, 'raw');
  if (typeof verdict === 'string') expect(result).toEqual({ code: verdict, detail: 'compressed data' });
  else expect(told(result, verdict)).toEqual({ length: verdict.length, equal: true });
}

test('damage is what zlib calls damage', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(
      options,
      fc.integer({ min: 0, max: 3 }),
      fc.nat(3000),
      fc.nat(99),
      damage,
      (how, kind, length, seed, flips) => {
        const stream = deflateRawSync(content(length, kind, seed), how);
        for (const [at, bits] of flips) stream[at % stream.length] ^= bits;
        agree(stream);
      },
    ),
    { numRuns: 3000, seed: 2 },
  );
});

test('bytes that never were a stream are refused as zlib refuses them', () => {
  // The first bits say: the last block, with codes of its own.
  const codes = fc.uint8Array({ minLength: 1, maxLength: 120 }).map((bytes) => {
    bytes[0] = (bytes[0] & 0xf8) | 5;
    return bytes;
  });
  fc.assert(fc.property(fc.oneof(codes, fc.uint8Array({ minLength: 1, maxLength: 60 })), agree), {
    numRuns: 4000,
    seed: 3,
  });
});

test.each<[string, ZlibOptions]>([
  ['codes of its own', { level: 9 }],
  ['fixed codes', { strategy: constants.Z_FIXED }],
  ['stored blocks', { level: 0 }],
])('a stream of %s that is cut off is named so, wherever that is', (_, how) => {
  const bytes = content(400, 3, 7);
  for (const compression of KINDS) {
    const whole = PACK[compression](bytes, how);
    // gzip's checksum and size aren't needed.
    const needed = compression === 'gzip' ? whole.length - 8 : whole.length;
    for (let length = 1; length < whole.length; length++) {
      const result = inflate(whole.subarray(0, length), compression);
      if (length < needed) expect(result).toEqual({ code: 'truncated', detail: 'compressed data' });
      else expect(told(result, bytes)).toEqual({ length: 400, equal: true });
    }
  }
});

test('pieces end anywhere in a stream', () => {
  // Incompressible bytes around the 64 KB that are taken at a time, then one that must be looked back at.
  for (let length = 65_500; length < 65_580; length += 3) {
    const bytes = concat([
      content(length, 0, 5),
      content(3000, 1, 2),
      content(length, 0, 5).subarray(0, 4000),
    ]);
    const packed = deflateRawSync(bytes, { level: 6 });
    expect(told(inflate(packed, 'raw'), bytes)).toEqual({ length: bytes.length, equal: true });
  }
  // Small blocks of many symbols, so that pieces end in their headers, too.
  for (let seed = 1; seed < 30; seed++) {
    const random = randomFrom(seed);
    const bytes = Uint8Array.from({ length: 300_000 }, () => random() ** 3 * (150 + seed));
    const packed = deflateRawSync(bytes, { memLevel: 3 });
    expect(told(inflate(packed, 'raw'), bytes)).toEqual({ length: bytes.length, equal: true });
  }
});

test('a preset dictionary is refused by name', () => {
  const packed = deflateSync(content(300, 1, 1), { dictionary: content(40, 1, 1) });
  expect(inflate(packed, 'zlib')).toEqual({
    code: 'malformed',
    detail: 'compressed with a preset dictionary',
  });
});

test('headers of zlib that are none', () => {
  const packed = deflateSync(content(300, 1, 1));
  // Another method; a window of 64 KB; a header that is no multiple of 31.
  for (const header of [
    [0x79, 0x1d],
    [0x88, 0x1c],
    [0x78, 0x9d],
  ]) {
    const bad = concat([Uint8Array.from(header), packed.subarray(2)]);
    expect(() => inflateSync(bad)).toThrow();
    expect(inflate(bad, 'zlib')).toEqual({ code: 'malformed', detail: 'compressed data' });
  }
});

/** Bits of a number, lowest first, one behind the other. */
function bitStream(fields: readonly (readonly [value: number, bits: number])[]): Uint8Array {
  const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => (value >> i) & 1));
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((byte, bit, k) => byte | (bit << k), 0),
  );
}

test('a block whose codes have no end is refused before it begins', () => {
  // Lengths: 1 in one bit, 0 and a run of zeros in two. Symbols 0 and 1 have codes, 256 has none.
  const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1];
  const lengths = order.map(
    (symbol) => [symbol === 1 ? 1 : symbol === 0 || symbol === 18 ? 2 : 0, 3] as const,
  );
  const run = (zeros: number) => [[3, 2] as const, [zeros - 11, 7] as const];
  const one = [0, 1] as const;
  const header = [[1, 1] as const, [2, 2] as const, [0, 5] as const, [0, 5] as const, [14, 4] as const];
  const stream = bitStream([...header, ...lengths, one, one, ...run(138), ...run(117), one]);
  const endless = concat([stream, new Uint8Array(40)]);
  expect(judge(endless)).toBe('malformed');
  agree(endless);
});

test('gzip members one after the other, named, commented, checked, and with padding behind them', () => {
  const [first, second] = [content(5000, 3, 1), content(70_000, 0, 2)];
  const plain = gzipSync(first);
  // Extra field, name, comment and the header's checksum.
  const flags = Uint8Array.of(0x1f, 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3);
  const texts = Uint8Array.of(3, 0, 1, 0, 2, 65, 0, 66, 66, 0, 9, 9);
  const named = concat([flags, texts, gzipSync(second).subarray(10)]);
  const both = concat([first, second]);
  for (const behind of [0, 1, 3, 4, 9, 512]) {
    const file = concat([plain, named, new Uint8Array(behind)]);
    expect(told(inflate(file, 'gzip'), both)).toEqual({ length: both.length, equal: true });
  }
  expect(Buffer.compare(gunzipSync(concat([plain, gzipSync(second)])), both)).toBe(0);
  expect(inflate(concat([plain, named]).subarray(0, plain.length + 500), 'gzip')).toMatchObject({
    code: 'truncated',
  });
  expect(inflate(concat([gzipSync(new Uint8Array(0)), new Uint8Array(64)]), 'gzip')).toMatchObject({
    code: 'malformed',
  });
});

test('what gives more than it may is refused, to the byte', () => {
  const bytes = content(600_000, 1, 9);
  for (const compression of KINDS) {
    const packed = PACK[compression](bytes);
    expect(inflate(packed, compression, 600_000)).toHaveLength(600_000);
    expect(inflate(packed, compression, 599_999)).toEqual({ code: 'too-large', detail: 'inflated size' });
    expect(inflateInPlace(packed, compression, 599_999, 0)).toEqual({
      code: 'too-large',
      detail: 'inflated size',
    });
  }
});

test('a bomb is stopped while it goes off, and its memory is given back', () => {
  const bomb = gzipSync(new Uint8Array(200 * 2 ** 20), { level: 9 });
  expect(inflate(bomb, 'gzip')).toEqual({ code: 'too-large', detail: 'inflated size' });
  expect(inflateInPlace(bomb, 'gzip', 300 * 2 ** 20, 0)).toMatchObject({ code: 'too-large' });
  expect(inflater(0).memory.buffer.byteLength).toBeLessThan(2 ** 22);
});

test('a stream gives the same whatever came before it', () => {
  const bytes = content(3000, 3, 4);
  const fixed = deflateRawSync(bytes, { strategy: constants.Z_FIXED });
  const own = deflateRawSync(bytes, { level: 9 });
  const damaged = own.map((byte, i) => (i > 40 ? byte ^ 0x55 : byte));
  for (const before of [own, fixed, damaged, own.subarray(0, 50), fixed.subarray(0, 50), Uint8Array.of(7)]) {
    inflate(before, 'raw');
    expect(told(inflate(fixed, 'raw'), bytes)).toEqual({ length: 3000, equal: true });
    inflate(before, 'raw');
    expect(told(inflate(own, 'raw'), bytes)).toEqual({ length: 3000, equal: true });
  }
});
