/** The DCT decoder against libjpeg-turbo and gdcm, to the bit, and what damaged and hostile streams end in. */
import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { type DctImage, type DctOptions, decodeDct } from '../../../src/core/codecs/jpeg/decode.ts';
import { jpeg } from '../../../src/core/codecs/jpeg.ts';
import { type FrameHeader, frameHeader } from '../../../src/core/codecs/markers.ts';
import { isSkip, type Skip } from '../../../src/core/skip.ts';
import { concat } from '../../builders/dicom.ts';
import { readGolden } from '../../harness/goldens.ts';

/** SHA-256 of the samples; null where the reference has none. */
type GoldenStream = { name: string; file: string; luminance: string | null; color: string | null };

const streams = readGolden<GoldenStream[]>('jpeg.json').map(({ file, ...rest }) => ({
  ...rest,
  bytes: Uint8Array.from(Buffer.from(file, 'base64')),
}));

function streamOf(name: string): Uint8Array<ArrayBuffer> {
  const found = streams.find((stream) => stream.name === name);
  if (!found) throw new Error(`no golden stream ${name}`);
  return found.bytes.slice();
}

function decode(bytes: Uint8Array, options: Partial<DctOptions> = {}): DctImage | Skip {
  const size = frameHeader(bytes) ?? { rows: 0, columns: 0 };
  return decodeDct(bytes, { size, luminance: true, assumesRgb: false, ...options });
}

function imageOf(bytes: Uint8Array, options: Partial<DctOptions> = {}): DctImage {
  const image = decode(bytes, options);
  if (isSkip(image)) throw new Error(`${image.code} ${image.detail}`);
  return image;
}

function digestOf({ values }: DctImage): string {
  const { buffer, byteOffset, byteLength } = values;
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
}

/** Of most of the streams. */
const COLUMNS = 43;

describe('a stream has the bits of the reference', () => {
  test.each(streams.filter(({ luminance }) => luminance))('$name: luminance', ({ bytes, luminance }) => {
    expect(digestOf(imageOf(bytes))).toBe(luminance);
  });

  test.each(streams.filter(({ color }) => color))('$name: colours', ({ name, bytes, color }) => {
    const assumesRgb = name.endsWith('assumed RGB');
    expect(digestOf(imageOf(bytes, { luminance: false, assumesRgb }))).toBe(color);
  });
});

describe('what was decoded before', () => {
  test.each([
    ['a cut stream', (bytes: Uint8Array) => bytes.slice(0, 700)],
    ['a cut progressive stream', () => streamOf('progressive 4:2:0').slice(0, 800)],
    ['a stream with other Huffman tables', () => streamOf('optimised tables')],
  ])('leaves no trace in %s', async (_, made) => {
    const bytes = made(streamOf('baseline 4:2:0'));
    vi.resetModules();
    const fresh = await import('../../../src/core/codecs/jpeg/decode.ts');
    const size = frameHeader(bytes) as FrameHeader;
    const expected = fresh.decodeDct(bytes, { size, luminance: false, assumesRgb: false });
    for (const name of ['noise at full quality', 'progressive CMYK', '12 bits, progressive 4:2:0', '4:1:0']) {
      imageOf(streamOf(name), { luminance: false });
    }
    expect(imageOf(bytes, { luminance: false })).toEqual(expected);
  });
});

describe('damage', () => {
  /** Places of a marker. */
  function find(bytes: Uint8Array, marker: number): number[] {
    return [...bytes.keys()].filter((i) => bytes[i] === 0xff && bytes[i + 1] === marker);
  }

  test('that cuts a stream leaves the rest gray', () => {
    const bytes = streamOf('baseline L');
    const [whole, cut] = [imageOf(bytes), imageOf(bytes.slice(0, bytes.length - 300))];
    const wholeRows = 8 * COLUMNS;
    expect(cut.values.slice(0, wholeRows)).toEqual(whole.values.slice(0, wholeRows));
    expect(cut.values.slice(-20)).toEqual(new Uint8Array(20).fill(128));
  });

  test('before a restart marker ends there', () => {
    const bytes = streamOf('restarts');
    const whole = imageOf(bytes);
    // The third interval is lost with its marker: units 4 and 5 of 3 in a row, in the second row of units.
    const [third, fourth] = [find(bytes, 0xd1)[0], find(bytes, 0xd2)[0]];
    const missing = imageOf(concat([bytes.slice(0, third), bytes.slice(fourth)]));
    const line = ({ values }: DctImage, y: number) => values.slice(y * 41, (y + 1) * 41);
    expect(line(missing, 0)).toEqual(line(whole, 0));
    expect(line(missing, 8)).not.toEqual(line(whole, 8));
    expect(line(missing, 34)).toEqual(line(whole, 34));
  });

  test.each([
    ['no scan', (bytes: Uint8Array) => bytes.slice(0, find(bytes, 0xda)[0])],
    ['a second frame', (bytes: Uint8Array) => doubled(bytes, 0xc0)],
    ['a quantization table that is missing', (bytes: Uint8Array) => without(bytes, 0xdb)],
    ['a Huffman table that is missing', (bytes: Uint8Array) => without(bytes, 0xc4)],
    ['sampling of more than four', (bytes: Uint8Array) => changed(bytes, 0xc0, 11, 0x51)],
    [
      'a Huffman table with too many codes',
      (bytes: Uint8Array) => changed(changed(bytes, 0xc4, 5, 3), 0xc4, 7, 2),
    ],
    ['a scan of a component that is not there', (bytes: Uint8Array) => changed(bytes, 0xda, 5, 99)],
  ])('of a header is named: %s', (_, damage) => {
    const bytes = damage(streamOf('baseline L'));
    expect(decode(bytes)).toMatchObject({ code: 'malformed' });
  });

  test('of another size than was promised is named', () => {
    const bytes = streamOf('baseline L');
    const options = { size: { rows: 1, columns: 1 }, luminance: false, assumesRgb: false };
    expect(decodeDct(bytes, options)).toMatchObject({ code: 'malformed', detail: 'decoded size' });
  });

  test('hides no second size: a restart marker stands alone, as libjpeg has it', () => {
    const bytes = streamOf('baseline L');
    const [start, end] = segment(bytes, 0xc0);
    const other = bytes.slice(start, end);
    other[6] = 1;
    // Taken for a segment, the restart marker would lead to the frame inside the next one.
    const hiding = Uint8Array.of(0xff, 0xd0, 0, 6, 0xff, 0xe1, 0, 2 + other.length);
    const stream = concat([bytes.slice(0, start), hiding, other, bytes.slice(start)]);
    expect(frameHeader(stream)?.rows).toBe(frameHeader(bytes)?.rows);
    expect(decode(stream)).toEqual(decode(bytes));
  });

  function segment(bytes: Uint8Array, marker: number): [start: number, end: number] {
    const [start] = find(bytes, marker);
    return [start, start + 2 + bytes[start + 2] * 256 + bytes[start + 3]];
  }
  function without(bytes: Uint8Array, marker: number): Uint8Array {
    const [start, end] = segment(bytes, marker);
    return concat([bytes.slice(0, start), bytes.slice(end)]);
  }
  function doubled(bytes: Uint8Array, marker: number): Uint8Array {
    const [start, end] = segment(bytes, marker);
    return concat([bytes.slice(0, end), bytes.slice(start)]);
  }
  function changed(bytes: Uint8Array, marker: number, offset: number, value: number): Uint8Array {
    bytes[find(bytes, marker)[0] + offset] = value;
    return bytes;
  }
});

describe('a stream that asks for too much is named', () => {
  /** A progressive gray stream of that size with the same scan over and over. */
  function progressive(side: number, scans: number): Uint8Array {
    const word = (n: number) => [n >> 8, n & 0xff];
    const factors = [0xff, 0xdb, ...word(67), 0, ...new Array(64).fill(1)];
    const frame = [0xff, 0xc2, ...word(11), 8, ...word(side), ...word(side), 1, 1, 0x11, 0];
    const scan = [0xff, 0xda, ...word(8), 1, 1, 0, 0, 0, 0x10, 0];
    const head = Uint8Array.from([0xff, 0xd8, ...factors, ...frame]);
    return concat([head, ...Array.from({ length: scans }, () => Uint8Array.from(scan))]);
  }

  test('in scans', () => {
    expect(imageOf(progressive(1024, 500)).values).toHaveLength(1024 * 1024);
    const image = decode(progressive(2048, 600));
    expect(image).toMatchObject({ code: 'too-large', detail: expect.stringContaining('scans') });
  });

  test('in memory', () => {
    const image = decode(progressive(16_000, 1));
    expect(image).toMatchObject({ code: 'too-large', detail: expect.stringContaining('memory') });
  });
});

describe('the codec', () => {
  const promised = {
    ...{ rows: 37, columns: COLUMNS, samples: 3, bitsAllocated: 8 },
    ...{ photometric: 'YBR_FULL_422', planar: false },
  };

  test('gives colours unless luminance is enough', async () => {
    const bytes = streamOf('baseline 4:2:0');
    expect(await jpeg.decode(bytes, promised)).toMatchObject({ samples: 3, rgb: true });
    const gray = { ...promised, luminance: true };
    expect(await jpeg.decode(bytes, gray)).toMatchObject({
      samples: 1,
      rgb: false,
      values: imageOf(bytes).values,
    });
  });

  test('takes what DICOM calls RGB for RGB where the stream says nothing', async () => {
    const bytes = streamOf('12 bits, extended 4:4:4, assumed RGB');
    const rgb = imageOf(bytes, { luminance: false, assumesRgb: true });
    const decoded = await jpeg.decode(bytes, { ...promised, bitsAllocated: 16, photometric: 'RGB' });
    expect(decoded).toMatchObject({ precision: 12, values: rgb.values });
  });
});
