/** What is kept of each slice while slices are compared: 4.5 kB. */
import { SLICE_BYTES } from '../types.ts';
import { INVARIANTS, WORDS, writeSignature } from './signature.ts';
import {
  AREA,
  COARSE_AREA,
  COARSE_SIDE,
  isPlain,
  SIDE,
  SKETCH_AREA,
  writeHalf,
  writeThumbnail,
} from './thumbnail.ts';

/** No slice. */
export const NONE = 0xffffffff;

/** One entry of each list for each slice. */
export type Pictures = {
  count: number;
  /** AREA, COARSE_AREA and SKETCH_AREA bytes a slice. */
  thumbnails: Uint8Array;
  coarse: Uint8Array;
  sketches: Uint8Array;
  /** WORDS and INVARIANTS numbers a slice. */
  signs: Uint32Array;
  invariants: Float32Array;
  /** 1: too plain to be compared. */
  plain: Uint8Array;
  /** Numbers of its dataset and series. */
  dataset: Uint16Array;
  seriesOf: Uint32Array;
  /** The slices before and after it in its series, or NONE. */
  before: Uint32Array;
  after: Uint32Array;
};

/** Makes memory for a list, such as several threads can hold. */
export type Memory = (bytes: number) => ArrayBufferLike;

/** @param position order of the slices within a series */
export function createPictures(
  dataset: Uint16Array,
  seriesOf: Uint32Array,
  position: Int32Array,
  memory: Memory,
): Pictures {
  const count = dataset.length;
  const pictures = {
    count,
    thumbnails: new Uint8Array(memory(count * AREA)),
    coarse: new Uint8Array(memory(count * COARSE_AREA)),
    sketches: new Uint8Array(memory(count * SKETCH_AREA)),
    signs: new Uint32Array(memory(4 * count * WORDS)),
    invariants: new Float32Array(memory(4 * count * INVARIANTS)),
    plain: new Uint8Array(memory(count)).fill(1),
    dataset: new Uint16Array(memory(2 * count)),
    seriesOf: new Uint32Array(memory(4 * count)),
    before: new Uint32Array(memory(4 * count)).fill(NONE),
    after: new Uint32Array(memory(4 * count)).fill(NONE),
  };
  pictures.dataset.set(dataset);
  pictures.seriesOf.set(seriesOf);
  findNeighbours(pictures, position);
  return pictures;
}

/** @param pixels bytes of slices, `from` the first of this one */
export function takePicture(pictures: Pictures, slice: number, pixels: Uint8Array, from: number): void {
  const { thumbnails, coarse, sketches, signs, invariants, plain } = pictures;
  if (from + SLICE_BYTES > pixels.length) return;
  writeThumbnail(pixels, from, thumbnails, slice * AREA);
  writeHalf(thumbnails, slice * AREA, SIDE, coarse, slice * COARSE_AREA);
  writeHalf(coarse, slice * COARSE_AREA, COARSE_SIDE, sketches, slice * SKETCH_AREA);
  writeSignature(coarse, slice * COARSE_AREA, signs, slice * WORDS, invariants, slice * INVARIANTS);
  plain[slice] = Number(isPlain(thumbnails, slice * AREA));
}

function findNeighbours(
  { seriesOf, before, after }: Pick<Pictures, 'seriesOf' | 'before' | 'after'>,
  position: Int32Array,
): void {
  const order = Uint32Array.from(seriesOf.keys()).sort(
    (a, b) => seriesOf[a] - seriesOf[b] || position[a] - position[b] || a - b,
  );
  for (let i = 1; i < order.length; i++) {
    if (seriesOf[order[i]] !== seriesOf[order[i - 1]]) continue;
    before[order[i]] = order[i - 1];
    after[order[i - 1]] = order[i];
  }
}
