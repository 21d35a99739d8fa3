/** Copies of slices in other series are found however they were stored; what only looks alike is not. */
import { describe, expect, test } from 'vitest';
import { type Copy, findCopies } from '../../../src/core/leaks/copies.ts';
import { createPartService, oneThread } from '../../../src/core/leaks/part.ts';
import { createPictures, takePicture } from '../../../src/core/leaks/pictures.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';
import { bodySlice } from '../../builders/bodies.ts';
import { asJpeg, flipped, inverted, resized, toned, windowed } from '../../builders/copies.ts';

type Placed = { dataset: number; series: number; position?: number | undefined; pixels: Uint8Array };

/** Six volumes of five slices: dataset 0. */
const volumes: Placed[] = Array.from({ length: 30 }, (_, i) => ({
  dataset: 0,
  series: Math.floor(i / 5),
  position: i % 5,
  pixels: bodySlice(Math.floor(i / 5), i % 5),
}));

const readsNone = createPartService(
  async () => new Uint8Array(0),
  async () => {},
);
const ONE_THREAD = oneThread(readsNone);

async function copiesOf(more: readonly Placed[], threads = ONE_THREAD): Promise<Copy[]> {
  const all = [...volumes, ...more];
  const pictures = createPictures(
    Uint16Array.from(all, ({ dataset }) => dataset),
    Uint32Array.from(all, ({ series }) => series),
    Int32Array.from(all, ({ position = 0 }) => position),
    threads.memory,
  );
  all.forEach(({ pixels }, i) => {
    takePicture(pictures, i, pixels, 0);
  });
  const { signal } = new AbortController();
  return findCopies(pictures, threads, { yieldToEventLoop: async () => {}, signal, progress: () => {} });
}

const pairs = (copies: readonly Copy[]) => copies.map(({ slice, other }) => [slice, other]);

const CHANGES: Record<string, (pixels: Uint8Array) => Uint8Array> = {
  'byte for byte': (pixels) => pixels,
  mirrored: (pixels) => flipped(pixels, 1),
  'upside down': (pixels) => flipped(pixels, 2),
  'with rows for columns, as NIfTI has them': (pixels) => flipped(pixels, 4),
  'turned by a quarter': (pixels) => flipped(pixels, 5),
  inverted,
  'of half the size': (pixels) => resized(pixels, 112),
  'as a JPEG of 128 × 128': (pixels) => asJpeg(pixels, 128, 60),
  'in a wide window': (pixels) => windowed(pixels, 10, 230),
  'in a narrow window': (pixels) => windowed(pixels, 90, 170),
  'with another gamma': (pixels) => toned(pixels, (value) => 255 * (value / 255) ** 0.6),
  'mirrored, windowed, inverted and compressed': (pixels) =>
    asJpeg(inverted(windowed(flipped(pixels, 3), 70, 190)), 160, 70),
};

test.each(Object.entries(CHANGES))('a copy in another dataset is found: %s', async (_, change) => {
  const copy = { dataset: 1, series: 99, pixels: change(volumes[12].pixels) };
  expect(pairs(await copiesOf([copy]))).toEqual([[12, 30]]);
});

test('each slice of a copied volume is found with its own original', async () => {
  const copies = volumes
    .slice(5, 10)
    .map(({ pixels, position }) => ({ dataset: 1, series: 99, position, pixels: flipped(pixels, 6) }));
  expect(pairs(await copiesOf(copies))).toEqual([0, 1, 2, 3, 4].map((i) => [5 + i, 30 + i]));
});

/** A round phantom: only the noise tells its slices apart, and it looks the same however it is turned. */
function phantom(slice: number): Uint8Array {
  const pixels = new Uint8Array(SLICE_BYTES);
  for (let at = 0, draw = slice + 1; at < SLICE_BYTES; at++) {
    draw = (Math.imul(draw, 1664525) + 1013904223) >>> 0;
    const isInside = Math.hypot((at % 224) - 111.5, Math.floor(at / 224) - 111.5) < 90;
    pixels[at] = (isInside ? 150 : 40) + Math.floor((draw / 2 ** 32) * 12);
  }
  return pixels;
}

test('each slice of a copied volume is found that hardly changes from slice to slice, also in its reverse order', async () => {
  const slices = Array.from({ length: 20 }, (_, at) => phantom(at));
  const originals = slices.map((pixels, position) => ({ dataset: 1, series: 98, position, pixels }));
  const copies = slices
    .map((pixels) => windowed(flipped(pixels, 5), 20, 250))
    .map((pixels, position) => ({ dataset: 2, series: 99, position: -position, pixels }));
  expect(pairs(await copiesOf([...originals, ...copies]))).toEqual(slices.map((_, at) => [30 + at, 50 + at]));
});

test('a copy in the same dataset is found in another series, not in its own', async () => {
  const png = { dataset: 0, series: 99, pixels: windowed(flipped(volumes[3].pixels, 1), 10, 240) };
  expect(pairs(await copiesOf([png]))).toEqual([[3, 30]]);
  expect(await copiesOf([{ ...png, series: 0, position: 9 }])).toEqual([]);
});

test('a series that is stored twice in a dataset is found slice by slice, also beside a copy elsewhere', async () => {
  const twice = volumes
    .slice(5, 10)
    .map(({ pixels, position }) => ({ dataset: 0, series: 99, position, pixels: pixels.slice() }));
  const elsewhere = { dataset: 1, series: 98, pixels: inverted(volumes[7].pixels) };
  expect(pairs(await copiesOf([...twice, elsewhere]))).toEqual([
    [5, 30],
    [6, 31],
    [7, 32],
    [7, 35],
    [8, 33],
    [9, 34],
    [32, 35],
  ]);
});

/** Blocks that all maps have, and within them values that rise towards `x`. */
function mapOnTemplate(x: number): Uint8Array {
  return Uint8Array.from({ length: SLICE_BYTES }, (_, at) => {
    const [column, row] = [at % 224, Math.floor(at / 224)];
    const isInside = Math.imul((column >> 3) + 31 * (row >> 3), 2654435761) >>> 28 > 7;
    return isInside ? 150 + 40 * Math.exp(-(Math.hypot(column - x, row - 112) ** 2) / 3600) : 10;
  });
}

describe('is no copy:', () => {
  test('the slice between two slices of a volume', async () => {
    const odd = [1, 3, 5].map((at) => ({ dataset: 1, series: 99, position: at, pixels: bodySlice(8, at) }));
    const even = [0, 2, 4].map((at) => ({ dataset: 2, series: 98, position: at, pixels: bodySlice(8, at) }));
    expect(await copiesOf([...odd, ...even])).toEqual([]);
  });

  test('the next slice of a volume, stored in the same dataset as a file that is a series of its own', async () => {
    const files = [0, 1, 2, 3].map((at) => ({ dataset: 1, series: 90 + at, pixels: bodySlice(9, at) }));
    expect(await copiesOf(files)).toEqual([]);
  });

  test('another map on the same template, in the same dataset: their outlines alone are alike', async () => {
    const maps = [60, 160].map((at, i) => ({ dataset: 1, series: 90 + i, pixels: mapOnTemplate(at) }));
    expect(await copiesOf(maps)).toEqual([]);
  });

  test('the same organs with other noise, half a slice further', async () => {
    expect(await copiesOf([{ dataset: 1, series: 99, pixels: bodySlice(2, 2.5) }])).toEqual([]);
  });

  test('another body', async () => {
    const others = [40, 41, 42].map((body) => ({ dataset: 1, series: body, pixels: bodySlice(body) }));
    expect(await copiesOf(others)).toEqual([]);
  });

  test('a blank or nearly blank slice', async () => {
    const blank = new Uint8Array(SLICE_BYTES);
    const dot = blank.slice();
    for (let y = 100; y < 114; y++) dot.fill(255, y * 224 + 100, y * 224 + 114);
    const plain = [blank, blank, dot, dot, dot];
    expect(await copiesOf(plain.map((pixels, i) => ({ dataset: i, series: 50 + i, pixels })))).toEqual([]);
  });
});

test('stops when it is asked to', async () => {
  const pictures = createPictures(
    Uint16Array.of(0, 1),
    Uint32Array.of(0, 1),
    Int32Array.of(0, 0),
    ONE_THREAD.memory,
  );
  takePicture(pictures, 0, volumes[0].pixels, 0);
  const aborter = new AbortController();
  aborter.abort();
  const pace = { yieldToEventLoop: async () => {}, signal: aborter.signal, progress: () => {} };
  await expect(findCopies(pictures, ONE_THREAD, pace)).rejects.toThrow();
});
