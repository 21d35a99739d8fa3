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

/** @param position order of the slices within a series */
export function createPictures(dataset: Uint16Array, seriesOf: Uint32Array, position: Int32Array): Pictures {
  const count = dataset.length;
  return {
    count,
    thumbnails: new Uint8Array(count * AREA),
    coarse: new Uint8Array(count * COARSE_AREA),
    sketches: new Uint8Array(count * SKETCH_AREA),
    signs: new Uint32Array(count * WORDS),
    invariants: new Float32Array(count * INVARIANTS),
    plain: new Uint8Array(count).fill(1),
    dataset,
    seriesOf,
    ...neighbours(seriesOf, position),
  };
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

function neighbours(seriesOf: Uint32Array, position: Int32Array) {
  const before = new Uint32Array(seriesOf.length).fill(NONE);
  const after = new Uint32Array(seriesOf.length).fill(NONE);
  const order = Uint32Array.from(seriesOf.keys()).sort(
    (a, b) => seriesOf[a] - seriesOf[b] || position[a] - position[b] || a - b,
  );
  for (let i = 1; i < order.length; i++) {
    if (seriesOf[order[i]] !== seriesOf[order[i - 1]]) continue;
    before[order[i]] = order[i - 1];
    after[order[i - 1]] = order[i];
  }
  return { before, after };
}
