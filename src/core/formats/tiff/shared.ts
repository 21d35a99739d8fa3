/**
 * YCbCr whose pixels share colours (TIFF 6.0 section 21): in each block of 1, 2 or 4 pixels across and down the
 * luminances come first, line by line, then Cb and Cr; blocks may exceed the page's right and lower edge.
 */
import type { Numbers } from '../../bytes/numbers.ts';

export type Shared = { across: number; down: number };

export const NOT_SHARED: Shared = { across: 1, down: 1 };

export function isSharing({ across, down }: Shared): boolean {
  return across * down > 1;
}

/** Lines, and numbers per line, of the blocks for this many pixels. */
export function blockLayout({ across, down }: Shared, rows: number, columns: number) {
  return { lines: Math.ceil(rows / down), length: Math.ceil(columns / across) * (across * down + 2) };
}

/** The luminance of every pixel. */
export function luminanceOfBlocks(values: Numbers, shared: Shared, rows: number, columns: number): Numbers {
  const { across, down } = shared;
  const block = across * down + 2;
  const { length } = blockLayout(shared, rows, columns);
  const out = new (values.constructor as Uint8ArrayConstructor)(rows * columns);
  for (let y = 0, to = 0; y < rows; y++) {
    const line = Math.floor(y / down) * length + (y % down) * across;
    for (let x = 0; x < columns; x++)
      out[to++] = values[line + Math.floor(x / across) * block + (x % across)];
  }
  return out;
}
