/** Resizing one image of numbers, ignoring the aspect ratio: separable weights, rows first, then columns. */
import type { Numbers } from '../bytes/numbers.ts';

/** How each of `first.length` outputs mixes `taps` (an even number) neighbouring inputs beginning at `first`. */
export type Axis = { taps: number; first: Int32Array; weights: Float64Array };

export type Resizer = (values: Numbers, rows: number, columns: number) => Float64Array;

/**
 * OpenCV's INTER_LINEAR: half-pixel centres, edges repeated, no antialiasing; offsets are rounded to float32
 * as OpenCV does. The two weights add up to exactly 1, so that a constant image stays constant.
 */
export function bilinearAxis(from: number, to: number): Axis {
  const first = new Int32Array(to);
  const weights = new Float64Array(to * 2);
  for (let i = 0; i < to; i++) {
    const centre = Math.fround((i + 0.5) * (from / to) - 0.5);
    const left = Math.min(Math.max(Math.floor(centre), 0), Math.max(from - 2, 0));
    const right = from === 1 ? 0 : Math.min(Math.max(centre - left, 0), 1);
    first[i] = left;
    weights[2 * i] = 1 - right;
    weights[2 * i + 1] = right;
  }
  return { taps: 2, first, weights };
}

/** Area averaging (OpenCV's INTER_AREA) where the axis shrinks; plain bilinear where it grows. */
export function areaAxis(from: number, to: number): Axis {
  if (from <= to) return bilinearAxis(from, to);
  const scale = from / to;
  // Even, since rows are mixed in pairs.
  const taps = 2 * Math.ceil((Math.ceil(scale) + 1) / 2);
  const first = new Int32Array(to);
  const weights = new Float64Array(to * taps);
  for (let i = 0; i < to; i++) {
    const start = i * scale;
    const end = Math.min(start + scale, from);
    first[i] = Math.min(Math.floor(start), Math.max(from - taps, 0));
    for (let k = 0; k < taps; k++) {
      const pixel = first[i] + k;
      const covered = Math.min(pixel + 1, end) - Math.max(pixel, start);
      if (covered > 0) weights[i * taps + k] = covered / (end - start);
    }
  }
  return { taps, first, weights };
}

/**
 * A resizer to `side`×`side`. It keeps its buffers and the weights of the last image size, since a series has one
 * size. The next call overwrites the returned array.
 */
export function resizer(side: number, antialias: boolean): Resizer {
  const axis = antialias ? areaAxis : bilinearAxis;
  const out = new Float64Array(side * side);
  let horizontal = axis(1, side);
  let vertical = horizontal;
  let upper = new Float64Array(0);
  let lower = upper;
  let line = upper;
  let sizes = '';

  return (values, rows, columns) => {
    if (sizes !== `${rows}×${columns}`) {
      horizontal = axis(columns, side);
      vertical = axis(rows, side);
      upper = new Float64Array(columns);
      lower = new Float64Array(columns);
      // Taps of weight 0 may lie beyond the edge.
      line = new Float64Array(columns + horizontal.taps);
      sizes = `${rows}×${columns}`;
    }
    const { taps, first, weights } = vertical;
    // One row at a time: `set` of a typed array converts any number type natively.
    const load = (row: Float64Array, y: number) => {
      const start = Math.min(y, rows - 1) * columns;
      row.set(values.subarray(start, start + columns));
    };
    for (let y = 0; y < side; y++) {
      for (let k = 0; k < taps; k += 2) {
        load(upper, first[y] + k);
        load(lower, first[y] + k + 1);
        mixRows(line, upper, weights[y * taps + k], lower, weights[y * taps + k + 1], k > 0);
      }
      mixColumns(out, y * side, line, horizontal);
    }
    return out;
  };
}

function mixRows(
  line: Float64Array,
  a: Float64Array,
  ofA: number,
  b: Float64Array,
  ofB: number,
  add: boolean,
) {
  const columns = a.length;
  if (add) for (let x = 0; x < columns; x++) line[x] += ofA * a[x] + ofB * b[x];
  else for (let x = 0; x < columns; x++) line[x] = ofA * a[x] + ofB * b[x];
}

function mixColumns(out: Float64Array, offset: number, line: Float64Array, axis: Axis): void {
  const { taps, first, weights } = axis;
  const side = first.length;
  if (taps === 2) {
    for (let x = 0; x < side; x++) {
      const at = first[x];
      out[offset + x] = weights[2 * x] * line[at] + weights[2 * x + 1] * line[at + 1];
    }
    return;
  }
  for (let x = 0; x < side; x++) {
    let sum = 0;
    for (let k = 0; k < taps; k++) sum += weights[x * taps + k] * line[first[x] + k];
    out[offset + x] = sum;
  }
}
