/** The registry of hand-crafted features of a picture, family by family. */
import { COOCCURRENCE_WIDTH, cooccurrence } from './cooccurrence.ts';
import { GRADIENTS_WIDTH, gradients } from './gradients.ts';
import { HISTOGRAM_WIDTH, histogram } from './histogram.ts';
import { BINARY_PATTERNS_WIDTH, binaryPatterns } from './patterns.ts';

/** One family: its numbers of a square uint8 picture, row major. */
export type Family = {
  name: string;
  width: number;
  of(pixels: Uint8Array, side: number): ArrayLike<number>;
};

export const FAMILIES: readonly Family[] = [
  { name: 'histogram', width: HISTOGRAM_WIDTH, of: histogram },
  { name: 'cooccurrence', width: COOCCURRENCE_WIDTH, of: cooccurrence },
  { name: 'patterns', width: BINARY_PATTERNS_WIDTH, of: binaryPatterns },
  { name: 'gradients', width: GRADIENTS_WIDTH, of: gradients },
];

export const FAMILY_WIDTHS = FAMILIES.map(({ width }) => width);
export const DIMENSIONS = FAMILY_WIDTHS.reduce((sum, width) => sum + width, 0);

/** All families of a picture into `target`, from `offset` on. */
export function writeFeatures(pixels: Uint8Array, side: number, target: Float32Array, offset: number): void {
  let at = offset;
  for (const { of, width } of FAMILIES) {
    target.set(of(pixels, side), at);
    at += width;
  }
}
