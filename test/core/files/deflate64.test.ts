/** Deflate64: what it has in common with Deflate, and where it goes beyond. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { expect, test } from 'vitest';
import { inflate64 } from '../../../src/core/files/deflate64.ts';
import { random } from '../../../src/core/random.ts';
import { makeZip } from '../../builders/zip.ts';

/** Repeats shorter than 258 bytes: there the two are one. */
const plain = Uint8Array.from({ length: 9000 }, (_, i) => (i % 200 < 120 ? i % 7 : (i * i) >> 5));

test('without its longest matches it is Deflate, in blocks of each kind', () => {
  for (const level of [0, 1, 6, 9] as const)
    expect(inflate64(deflateSync(plain, { level }), plain.length)).toEqual(plain);
});

/** Bits in a row, the least significant first; codes of Huffman with the most significant first. */
function bitWriter() {
  const bits: number[] = [];
  const number = (value: number, count: number) => {
    for (let i = 0; i < count; i++) bits.push((value >> i) & 1);
  };
  const code = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  const bytes = () =>
    Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
      bits.slice(8 * i, 8 * i + 8).reduce((sum, bit, k) => sum | (bit << k), 0),
    );
  return { number, code, bytes };
}

/** A block of fixed codes: 70,000 bytes of which 40,000 are one match, then a match over 65,000 bytes back. */
function farMatches(): { packed: Uint8Array; content: Uint8Array } {
  const numbers = random(64);
  const { number, code, bytes } = bitWriter();
  const content: number[] = [];
  number(1, 1);
  number(1, 2);
  const literal = (value: number) => {
    content.push(value);
    code(0x30 + value, 8);
  };
  const match = (length: number, distanceCode: number, base: number, extra: number, bits: number) => {
    // Code 285: 3 and 16 further bits.
    code(0xc5, 8);
    number(length - 3, 16);
    code(distanceCode, 5);
    number(extra, bits);
    for (let i = 0; i < length; i++) content.push(content[content.length - base - extra]);
  };
  for (let i = 0; i < 30_000; i++) literal(numbers.integer(144));
  match(40_000, 29, 24_577, 5000, 13);
  match(300, 31, 49_153, 16_000, 14);
  match(3, 30, 32_769, 7, 14);
  code(0, 7);
  return { packed: bytes(), content: Uint8Array.from(content) };
}

test('matches are as long as 65,538 bytes and as far away as 65,536', () => {
  const { packed, content } = farMatches();
  expect(inflate64(packed, content.length)).toEqual(content);
  expect(inflate64(packed, content.length - 1)).toMatchObject({ code: 'malformed' });
  expect(inflate64(packed, content.length + 1)).toMatchObject({ code: 'truncated' });
  expect(inflate64(packed.subarray(0, 9000), content.length)).toMatchObject({ code: 'truncated' });
});

test.runIf(hasUnzip())('unzip reads the same', async () => {
  const { packed, content } = farMatches();
  const folder = mkdtempSync(join(tmpdir(), 'deflate64-'));
  const { crc32 } = await import('../../../src/core/bytes/crc32.ts');
  const zip = makeZip([{ name: 'a', content: packed, method: 9, size: content.length, crc: crc32(content) }]);
  writeFileSync(join(folder, 'a.zip'), new Uint8Array(await zip.arrayBuffer()));
  expect(new Uint8Array(execFileSync('unzip', ['-p', join(folder, 'a.zip')]))).toEqual(content);
});

function hasUnzip(): boolean {
  try {
    return execFileSync('unzip', ['-v']).includes('USE_DEFLATE64');
  } catch {
    return false;
  }
}

test('damage ends in bytes or a named skip', () => {
  const packed = deflateSync(plain);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(packed.length - 1), fc.nat(255)), { minLength: 1 }), (changes) => {
      const bytes = packed.slice();
      for (const [at, value] of changes) bytes[at] = value;
      const result = inflate64(bytes, plain.length);
      expect('code' in result ? ['malformed', 'truncated'] : [plain.length]).toContain(
        'code' in result ? result.code : result.length,
      );
    }),
    { numRuns: 300, seed: 64 },
  );
});
