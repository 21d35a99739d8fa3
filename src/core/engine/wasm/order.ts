/**
 * The order in which a convolution visits the pixels of its output.
 *
 * Six consecutive pixels share a register tile, and a tap that is outside the image for all six is skipped. So the
 * backward pass of a stride visits its phases one after the other (each has its own taps), and small maps group the
 * same pixel of all images (at 2×2, 20 of 36 taps of a 3×3 filter are padding).
 */

/** A map is small up to this many pixels. */
const SMALL: i32 = 64;

let rowImage: i32 = 0;
let rowHeight: i32 = 0;
let rowWidth: i32 = 0;

/** Image of the pixel last located. */
export function image(): i32 {
  return rowImage;
}

export function height(): i32 {
  return rowHeight;
}

export function width(): i32 {
  return rowWidth;
}

/** Finds the pixel visited as number `row` of `images` maps of h×w, in phases of `step`. */
export function locate(row: i32, images: i32, h: i32, w: i32, step: i32): void {
  let top = 0;
  let left = 0;
  let rows = h;
  let columns = w;
  if (step > 1) {
    for (let phase = 0; phase < step * step; phase++) {
      top = phase / step;
      left = phase % step;
      rows = (h - top + step - 1) / step;
      columns = (w - left + step - 1) / step;
      const count = images * rows * columns;
      if (row < count) break;
      row -= count;
    }
  }
  let pixel: i32;
  if (h * w <= SMALL) {
    pixel = row / images;
    rowImage = row % images;
  } else {
    const area = rows * columns;
    rowImage = row / area;
    pixel = row % area;
  }
  rowHeight = top + (pixel / columns) * step;
  rowWidth = left + (pixel % columns) * step;
}
