/** From stored numbers to modality values (PS3.3 C.11.1): the attributes of a frame besides its pixels. */
import type { Numbers } from '../bytes/numbers.ts';
import type { Frame } from '../image/frame.ts';
import type { ImageHeader } from './header.ts';
import { lookUp } from './lut.ts';

/** `values`, `slope`, `intercept` and `padding` of a frame; with `include`, padding counts like any pixel. */
export function modality(
  stored: Numbers,
  header: ImageHeader,
  frame: number,
  include: boolean,
): Pick<Frame, 'values' | 'slope' | 'intercept' | 'padding'> {
  const { modalityLut, photometric, scale } = header;
  const padding = include ? null : header.padding;
  if (!modalityLut) return { values: stored, ...scale(frame), ...(padding && { padding }) };
  const values = lookUp(stored, modalityLut.first, modalityLut.entries);
  const slope = photometric === 'MONOCHROME1' ? -1 : 1;
  return { values: padding ? withoutPadding(values, stored, padding) : values, slope, intercept: 0 };
}

/** Padding is a stored number: after the look-up it can't be distinguished from others, so it becomes NaN. */
function withoutPadding(values: Uint16Array, stored: Numbers, { low, high }: Required<Frame>['padding']) {
  return Float32Array.from(values, (value, i) =>
    stored[i] >= low && stored[i] <= high ? Number.NaN : value,
  );
}
