/** The platform's inflating gives what our own gives, refusals included. */
import { gzipSync, zlibSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { inflate, inflateFast } from '../../../src/core/formats/inflate.ts';
import { png } from '../../../src/core/formats/png.ts';
import { isSkip } from '../../../src/core/formats/types.ts';
import { concat } from '../../make/dicom.ts';
import { randomFrom } from '../../make/phantom.ts';
import { pngFile } from '../../make/png.ts';

const random = randomFrom(3);
/** Packs to some 400 KB: more than one step, and enough for the platform's decoder to be asked. */
const content = Uint8Array.from({ length: 600_000 }, () => random() * 40);
const packed = { gzip: gzipSync(content), zlib: zlibSync(content) };

/** Bytes by their length and last ones, since comparing all of them takes long. */
const told = (result: Awaited<ReturnType<typeof inflateFast>>) =>
  isSkip(result)
    ? result
    : { length: result.length, equal: Buffer.compare(result, content.subarray(0, result.length)) === 0 };

for (const kind of ['gzip', 'zlib'] as const) {
  const whole = packed[kind];
  const middle = whole.length >> 1;
  const damaged = whole.slice();
  damaged.fill(0xff, middle, middle + 64);
  const cases = {
    whole,
    'with padding behind it': concat([whole, new Uint8Array(64)]),
    'cut short': whole.slice(0, middle),
    damaged,
  };
  for (const [name, bytes] of Object.entries(cases)) {
    test(`${kind}, ${name}`, async () => {
      expect(told(await inflateFast(bytes, kind))).toEqual(told(inflate(bytes, kind)));
    });
  }

  test(`${kind} that gives more than it may`, async () => {
    expect(await inflateFast(whole, kind, 100_000)).toEqual({ code: 'too-large', detail: 'inflated size' });
  });
}

test('the whole content', async () => {
  expect(told(await inflateFast(packed.zlib, 'zlib'))).toEqual({ length: content.length, equal: true });
});

test('a bomb is stopped while it goes off', async () => {
  const bomb = gzipSync(new Uint8Array(200 * 2 ** 20), { level: 9 });
  expect(await inflateFast(bomb, 'gzip')).toEqual({ code: 'too-large', detail: 'inflated size' });
});

test('a PNG is inflated once, however small it was made', async () => {
  // Every eighth value is random: the rest compresses to nothing.
  const random = randomFrom(4);
  const values = new Uint8Array(600 * 600).map((_, i) => (i % 8 === 0 ? Math.floor(random() * 256) : 0));
  const file = pngFile({ rows: 600, columns: 600, values });
  expect(file.length).toBeLessThan(values.length / 4);
  let streams = 0;
  class Counted extends DecompressionStream {
    constructor(format: CompressionFormat) {
      super(format);
      streams++;
    }
  }
  vi.stubGlobal('DecompressionStream', Counted);
  const image = await png.decode(file, {});
  if (isSkip(image)) throw new Error(image.code);
  for await (const frame of image.frames()) expect(isSkip(frame) ? frame.code : frame.values).toEqual(values);
  vi.unstubAllGlobals();
  expect(streams).toBe(1);
});
