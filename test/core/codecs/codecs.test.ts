/** The decoders written here, and what holds of every codec. */
import { describe, expect, test } from 'vitest';
import { BitReader, type HuffmanTable, readHuffmanTables } from '../../../src/core/codecs/huffman.ts';
import { CODECS } from '../../../src/core/codecs/index.ts';
import { jpegLossless } from '../../../src/core/codecs/jpegLossless.ts';
import { rle } from '../../../src/core/codecs/rle.ts';
import { parse } from '../../../src/core/dicom/parse.ts';
import { syntaxOf, undecodedName } from '../../../src/core/dicom/syntax.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { concat } from '../../builders/dicom.ts';
import { bytesOf, type GoldenFile, readGolden } from '../../harness/goldens.ts';

describe('lossless JPEG', () => {
  /** Category = code of the same number of bits + a leading 1s code: lengths 2, 2, 2, 3, 4, 5, …, as a DHT segment. */
  const dht = Uint8Array.of(
    0x00,
    0,
    3,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    0,
    ...Array.from({ length: 16 }, (_, i) => i),
  );

  /** Encodes with a predictor, to decode again: the reverse of Annex H for one component. */
  function encode(values: Uint16Array, columns: number, predictor: number, restartLines = 0): Uint8Array {
    const lengths = new Map<number, [number, number]>();
    let code = 0;
    let value = 0;
    for (let length = 1; length <= 16; length++, code <<= 1) {
      for (let i = 0; i < dht[length]; i++) lengths.set(value++, [code++, length]);
    }
    const out: number[] = [];
    let [held, count] = [0, 0];
    const put = (bits: number, length: number) => {
      for (let i = length - 1; i >= 0; i--) {
        held = (held << 1) | ((bits >> i) & 1);
        if (++count < 8) continue;
        out.push(held);
        if (held === 0xff) out.push(0);
        [held, count] = [0, 0];
      }
    };
    const rows = values.length / columns;
    for (let y = 0; y < rows; y++) {
      const fresh = restartLines ? y % restartLines === 0 : y === 0;
      if (fresh && y > 0) {
        while (count) put(1, 1);
        out.push(0xff, 0xd0 + ((y / restartLines - 1) % 8));
      }
      for (let x = 0; x < columns; x++) {
        const at = y * columns + x;
        const [a, b, c] = [values[at - 1], values[at - columns], values[at - columns - 1]];
        const choices = [0, a, b, c, a + b - c, a + ((b - c) >> 1), b + ((a - c) >> 1), (a + b) >> 1];
        const prediction = fresh ? (x === 0 ? 32_768 : a) : x === 0 ? b : choices[predictor];
        let difference = (values[at] - prediction) & 0xffff;
        if (difference > 32_768) difference -= 65_536;
        const category = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
        put(...(lengths.get(category) as [number, number]));
        if (category && category < 16)
          put(difference < 0 ? difference + (1 << category) - 1 : difference, category);
      }
    }
    while (count) put(1, 1);
    const word = (n: number) => [n >> 8, n & 0xff];
    const segment = (marker: number, body: ArrayLike<number>) =>
      Uint8Array.from([0xff, marker, ...word(body.length + 2), ...Array.from(body)]);
    return concat([
      Uint8Array.of(0xff, 0xd8),
      segment(0xc3, [16, ...word(rows), ...word(columns), 1, 1, 0x11, 0]),
      segment(0xc4, dht),
      ...(restartLines ? [segment(0xdd, word(restartLines * columns))] : []),
      segment(0xda, [1, 1, 0, predictor, 0, 0]),
      Uint8Array.from([...out, 0xff, 0xd9]),
    ]);
  }

  // Steps of every category, 16 among them.
  const values = Uint16Array.from({ length: 9 * 7 }, (_, i) =>
    i % 5 === 0 ? 65_535 - i : (i * i * 97) % 4096,
  );
  const size = {
    rows: 9,
    columns: 7,
    samples: 1,
    bitsAllocated: 16,
    photometric: 'MONOCHROME2',
    planar: false,
  };

  test.each([1, 2, 3, 4, 5, 6, 7])('with predictor %d gives every 16-bit value back', async (predictor) => {
    expect(await jpegLossless.decode(encode(values, 7, predictor), size)).toMatchObject({
      values,
      precision: 16,
    });
  });

  test('begins anew at restart markers', async () => {
    expect(await jpegLossless.decode(encode(values, 7, 4, 2), size)).toMatchObject({ values });
  });

  test('that ends early throws', async () => {
    const bytes = encode(values, 7, 1);
    await expect(jpegLossless.decode(bytes.slice(0, bytes.length - 40), size)).rejects.toThrow();
  });
});

describe('Huffman codes', () => {
  const tables = new Map<number, HuffmanTable>();
  // One code of each length: 0, 10, 110, …, the last of 16 bits.
  readHuffmanTables(
    Uint8Array.of(0, ...new Array(16).fill(1), ...Array.from({ length: 16 }, (_, i) => i + 40)),
    tables,
  );

  test('of 1 to 16 bits are told apart', () => {
    // 1110, 0, 1111111111111110 and 10, then zeros.
    const reader = new BitReader(Uint8Array.of(0b11100111, 0xff, 0x00, 0b11110100, 0), 0, 5);
    const table = tables.get(0) as HuffmanTable;
    expect([1, 2, 3, 4].map(() => reader.symbol(table))).toEqual([43, 40, 55, 41]);
  });

  test('too many of a length, and too few values, are refused', () => {
    expect(() =>
      readHuffmanTables(Uint8Array.of(0, 3, ...new Array(15).fill(0), 1, 2, 3), new Map()),
    ).toThrow(RangeError);
    expect(() => readHuffmanTables(Uint8Array.of(0, 2, ...new Array(15).fill(0), 1), new Map())).toThrow(
      RangeError,
    );
  });
});

describe('RLE', () => {
  const size = {
    rows: 2,
    columns: 4,
    samples: 1,
    bitsAllocated: 8,
    photometric: 'MONOCHROME2',
    planar: false,
  };
  function frame(...segment: number[]): Uint8Array {
    const header = new Uint8Array(64);
    new DataView(header.buffer).setUint32(0, 1, true);
    new DataView(header.buffer).setUint32(4, 64, true);
    return concat([header, Uint8Array.from(segment)]);
  }

  test('is literal runs, repeats and fillers', async () => {
    const decoded = await rle.decode(frame(2, 1, 2, 3, 128, 257 - 4, 9, 0, 5), size);
    expect(decoded).toMatchObject({ values: Uint8Array.of(1, 2, 3, 9, 9, 9, 9, 5) });
  });

  test('that ends early or runs on is named', async () => {
    expect(await rle.decode(frame(2, 1, 2, 3), size)).toMatchObject({ code: 'truncated' });
    expect(await rle.decode(frame(100, 1, 2, 3), size)).toMatchObject({ code: 'malformed' });
    expect(await rle.decode(frame(257 - 8, 1, ...new Array(600).fill(0)), size)).toMatchObject({
      code: 'malformed',
    });
  });

  test('with a block’s padding behind is read and noted, with that of a word is as it should be', async () => {
    const padded = (bytes: number) => rle.decode(frame(257 - 8, 1, ...new Array(bytes).fill(0)), size);
    expect(await padded(500)).toMatchObject({ values: new Uint8Array(8).fill(1), deviation: 'rle-spare' });
    expect(await padded(8)).toMatchObject({ values: new Uint8Array(8).fill(1), deviation: undefined });
  });
});

describe.each(CODECS)('codec $meta.name', (codec) => {
  const size = {
    ...{ rows: 4, columns: 4, samples: 1, bitsAllocated: 8 },
    ...{ photometric: 'MONOCHROME2', planar: false },
  };

  test('names or throws what is no stream of its own', async () => {
    const damaged = (bytes: Uint8Array) => codec.decode(bytes, size).catch(() => ({ code: 'malformed' }));
    expect(await damaged(new Uint8Array(0))).toMatchObject({
      code: expect.stringMatching(/malformed|truncated/),
    });
    // Any bytes are pixels where nothing is compressed.
    if (codec.meta.name === 'encapsulated') return;
    expect(await damaged(new Uint8Array(200))).toMatchObject({ code: 'malformed' });
    expect(await damaged(new Uint8Array(200).fill(0xff))).toMatchObject({ code: 'malformed' });
  });

  test('is found by the transfer syntaxes that it names, which no other names', () => {
    for (const uid of codec.meta.syntaxes) expect(syntaxOf(uid)?.codec).toBe(codec);
  });

  test('has a golden file of another library', () => {
    const uids = readGolden<GoldenFile[]>('files.json').flatMap((file) => {
      const dicom = file.name.startsWith('DICOM') ? parse(bytesOf(file)) : null;
      return dicom && !isSkip(dicom) ? [dicom.syntaxUid] : [];
    });
    expect(codec.meta.syntaxes.some((uid) => uids.includes(uid))).toBe(true);
  });
});

test('codecs have names of their own', () => {
  expect(new Set(CODECS.map(({ meta }) => meta.name)).size).toBe(CODECS.length);
});

test.each([
  ['1.2.840.10008.1.2.4.102', 'video: MPEG or HEVC'],
  ['1.2.840.10008.1.2.4.110', 'JPEG XL'],
  ['1.2.840.10008.1.2.4.67', 'unknown transfer syntax'],
  ['1.2.840.10008.1.2.4.94', 'JPEG 2000 Part 2, or pixels on a server (JPIP)'],
  ['1.2.3.4', 'unknown transfer syntax'],
])('transfer syntax %s has no codec and is named: %s', (uid, name) => {
  expect(syntaxOf(uid)).toBeNull();
  expect(undecodedName(uid)).toBe(name);
});
