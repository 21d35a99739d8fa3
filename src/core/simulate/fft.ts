/** Discrete Fourier transform of lengths 2^a · 3^b · 5^c, along any axis of an array. */
import { floats, type Kernel, kernel, LANES } from './kernel.ts';

/** re and im hold [length][inner]; transformed in place along the first axis. The inverse divides by the length. */
export type Transform = (re: Float32Array, im: Float32Array, inner: number, inverse: boolean) => void;

const plans = new Map<number, Transform>();

/** Smallest length ≥ n that has a transform and is a multiple of `step`. */
export function goodLength(n: number, step = 1): number {
  for (let length = Math.ceil(n / step) * step; ; length += step) {
    if (factors(length)) return length;
  }
}

/** The transform of one length, made once. Four or more lines at once use vectors unless `plain` is true. */
export function fft(length: number, plain = false): Transform {
  let plan = plans.get(length);
  if (!plan) {
    plan = build(length);
    plans.set(length, plan);
  }
  const module = plain ? null : kernel();
  if (!module) return plan;
  const plainly = plan;
  return (re, im, inner, inverse) => {
    if (inner % LANES === 0) transformLanes(module, length, re, im, inner, inverse);
    else plainly(re, im, inner, inverse);
  };
}

/** Both axes of [rows][columns]. */
export function fft2(
  re: Float32Array,
  im: Float32Array,
  rows: number,
  columns: number,
  inverse: boolean,
  plain = false,
): void {
  if (!plain && transformBoth(re, im, rows, columns, inverse)) return;
  fft(rows, true)(re, im, columns, inverse);
  const row = fft(columns, true);
  for (let y = 0; y < rows; y++) {
    const from = y * columns;
    row(re.subarray(from, from + columns), im.subarray(from, from + columns), 1, inverse);
  }
}

/** Uses vectors (src/core/simulate/wasm); returns false where that is not possible. */
function transformBoth(
  re: Float32Array,
  im: Float32Array,
  rows: number,
  columns: number,
  inverse: boolean,
): boolean {
  const module = rows % LANES === 0 && columns % LANES === 0 ? kernel() : null;
  if (!module) return false;
  for (const length of [rows, columns]) radicesOf(length);
  const total = rows * columns;
  const parts = floats(module, 4 * total + 2 * (rows + columns));
  const [first, second] = inverse ? [im, re] : [re, im];
  parts.set(first.subarray(0, total));
  parts.set(second.subarray(0, total), total);
  const at = (index: number) => parts.byteOffset + 4 * index;
  const [home, spare, tables] = [0, 2 * total, 4 * total];
  parts.set(twiddles(rows), tables);
  parts.set(twiddles(columns), tables + 2 * rows);
  const go = (from: number, to: number, table: number, length: number, inner: number) =>
    module.transform(
      at(from),
      at(from + total),
      at(to),
      at(to + total),
      at(table),
      length,
      inner,
      inverse ? 1 / length : 1,
    );
  // Rows become columns for the transform: it processes many at once.
  const turn = (from: number, to: number, high: number, wide: number) => {
    for (const part of [0, total]) module.transpose(at(from + part), at(to + part), high, wide);
  };
  go(home, spare, tables, rows, columns);
  turn(home, spare, rows, columns);
  go(spare, home, tables + 2 * rows, columns, rows);
  turn(spare, home, columns, rows);
  first.set(parts.subarray(0, total));
  second.set(parts.subarray(total, 2 * total));
  return true;
}

/** Along the first axis, in vectors. */
function transformLanes(
  module: Kernel,
  length: number,
  re: Float32Array,
  im: Float32Array,
  inner: number,
  inverse: boolean,
): void {
  const total = length * inner;
  const parts = floats(module, 4 * total + 2 * length);
  const [first, second] = inverse ? [im, re] : [re, im];
  parts.set(first.subarray(0, total));
  parts.set(second.subarray(0, total), total);
  parts.set(twiddles(length), 4 * total);
  const at = (part: number) => parts.byteOffset + 4 * part * total;
  module.transform(at(0), at(1), at(2), at(3), at(4), length, inner, inverse ? 1 / length : 1);
  first.set(parts.subarray(0, total));
  second.set(parts.subarray(total, 2 * total));
}

const turns = new Map<number, Float32Array>();

/** cos and −sin of whole turns in `length` steps. */
function twiddles(length: number): Float32Array {
  let table = turns.get(length);
  if (!table) {
    table = new Float32Array(2 * length);
    for (let i = 0; i < length; i++) {
      table[i] = Math.cos((2 * Math.PI * i) / length);
      table[length + i] = -Math.sin((2 * Math.PI * i) / length);
    }
    turns.set(length, table);
  }
  return table;
}

/** The stages of a length; throws a RangeError where there are none. */
function radicesOf(length: number): number[] {
  const radices = factors(length);
  if (!radices) throw new RangeError(`No transform of length ${length}: it has a prime factor above 5.`);
  return radices;
}

function factors(length: number): number[] | null {
  const found: number[] = [];
  for (const radix of [4, 2, 3, 5]) {
    while (length % radix === 0) {
      found.push(radix);
      length /= radix;
    }
  }
  return length === 1 ? found : null;
}

/** Stockham's form: every stage writes in order into the other buffer, so nothing needs a reordering. */
function build(length: number): Transform {
  const radices = radicesOf(length);
  const cos = new Float64Array(length);
  const sin = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    cos[i] = Math.cos((2 * Math.PI * i) / length);
    sin[i] = -Math.sin((2 * Math.PI * i) / length);
  }
  let spareRe: Float32Array = new Float32Array(0);
  let spareIm: Float32Array = new Float32Array(0);

  return (re, im, inner, inverse) => {
    const total = length * inner;
    if (spareRe.length < total) {
      spareRe = new Float32Array(total);
      spareIm = new Float32Array(total);
    }
    // The inverse is the transform with the parts swapped.
    let [fromRe, fromIm] = inverse ? [im, re] : [re, im];
    const [homeRe, homeIm] = [fromRe, fromIm];
    let [toRe, toIm] = [spareRe, spareIm];
    let left = length;
    let stride = inner;
    for (const radix of radices) {
      const stage = radix === 4 ? four : radix === 2 ? two : radix === 3 ? three : five;
      stage(fromRe, fromIm, toRe, toIm, left, stride, cos, sin, length / left);
      [fromRe, toRe] = [toRe, fromRe];
      [fromIm, toIm] = [toIm, fromIm];
      left /= radix;
      stride *= radix;
    }
    if (fromRe !== homeRe) {
      homeRe.set(fromRe.length === total ? fromRe : fromRe.subarray(0, total));
      homeIm.set(fromIm.length === total ? fromIm : fromIm.subarray(0, total));
    }
    if (inverse) {
      const scale = 1 / length;
      for (let i = 0; i < total; i++) {
        re[i] *= scale;
        im[i] *= scale;
      }
    }
  };
}

type Stage = (
  xr: Float32Array,
  xi: Float32Array,
  yr: Float32Array,
  yi: Float32Array,
  left: number,
  stride: number,
  cos: Float64Array,
  sin: Float64Array,
  turn: number,
) => void;

const two: Stage = (xr, xi, yr, yi, left, stride, cos, sin, turn) => {
  const half = left / 2;
  for (let p = 0; p < half; p++) {
    const wr = cos[p * turn];
    const wi = sin[p * turn];
    let a = stride * p;
    let b = stride * (p + half);
    let out = stride * 2 * p;
    for (let q = 0; q < stride; q++, a++, b++, out++) {
      yr[out] = xr[a] + xr[b];
      yi[out] = xi[a] + xi[b];
      const dr = xr[a] - xr[b];
      const di = xi[a] - xi[b];
      yr[out + stride] = dr * wr - di * wi;
      yi[out + stride] = dr * wi + di * wr;
    }
  }
};

const four: Stage = (xr, xi, yr, yi, left, stride, cos, sin, turn) => {
  const quarter = left / 4;
  for (let p = 0; p < quarter; p++) {
    const w1r = cos[p * turn];
    const w1i = sin[p * turn];
    const w2r = cos[2 * p * turn];
    const w2i = sin[2 * p * turn];
    const w3r = cos[3 * p * turn];
    const w3i = sin[3 * p * turn];
    const step = stride * quarter;
    let a = stride * p;
    let out = stride * 4 * p;
    for (let q = 0; q < stride; q++, a++, out++) {
      const b = a + step;
      const c = b + step;
      const d = c + step;
      const sr = xr[a] + xr[c];
      const si = xi[a] + xi[c];
      const tr = xr[a] - xr[c];
      const ti = xi[a] - xi[c];
      const ur = xr[b] + xr[d];
      const ui = xi[b] + xi[d];
      // −i · (b − d)
      const vr = xi[b] - xi[d];
      const vi = xr[d] - xr[b];
      yr[out] = sr + ur;
      yi[out] = si + ui;
      let r = tr + vr;
      let i = ti + vi;
      yr[out + stride] = r * w1r - i * w1i;
      yi[out + stride] = r * w1i + i * w1r;
      r = sr - ur;
      i = si - ui;
      yr[out + 2 * stride] = r * w2r - i * w2i;
      yi[out + 2 * stride] = r * w2i + i * w2r;
      r = tr - vr;
      i = ti - vi;
      yr[out + 3 * stride] = r * w3r - i * w3i;
      yi[out + 3 * stride] = r * w3i + i * w3r;
    }
  }
};

const three: Stage = (xr, xi, yr, yi, left, stride, cos, sin, turn) => {
  const third = left / 3;
  const root = Math.sqrt(3) / 2;
  for (let p = 0; p < third; p++) {
    const w1r = cos[p * turn];
    const w1i = sin[p * turn];
    const w2r = cos[2 * p * turn];
    const w2i = sin[2 * p * turn];
    const step = stride * third;
    let a = stride * p;
    let out = stride * 3 * p;
    for (let q = 0; q < stride; q++, a++, out++) {
      const b = a + step;
      const c = b + step;
      const sr = xr[b] + xr[c];
      const si = xi[b] + xi[c];
      // −i · √3/2 · (b − c)
      const vr = root * (xi[b] - xi[c]);
      const vi = root * (xr[c] - xr[b]);
      const mr = xr[a] - sr / 2;
      const mi = xi[a] - si / 2;
      yr[out] = xr[a] + sr;
      yi[out] = xi[a] + si;
      yr[out + stride] = (mr + vr) * w1r - (mi + vi) * w1i;
      yi[out + stride] = (mr + vr) * w1i + (mi + vi) * w1r;
      yr[out + 2 * stride] = (mr - vr) * w2r - (mi - vi) * w2i;
      yi[out + 2 * stride] = (mr - vr) * w2i + (mi - vi) * w2r;
    }
  }
};

const five: Stage = (xr, xi, yr, yi, left, stride, cos, sin, turn) => {
  const fifth = left / 5;
  const [c1, c2] = [Math.cos((2 * Math.PI) / 5), Math.cos((4 * Math.PI) / 5)];
  const [s1, s2] = [Math.sin((2 * Math.PI) / 5), Math.sin((4 * Math.PI) / 5)];
  const step = stride * fifth;
  for (let p = 0; p < fifth; p++) {
    const w1r = cos[p * turn];
    const w1i = sin[p * turn];
    const w2r = cos[2 * p * turn];
    const w2i = sin[2 * p * turn];
    const w3r = cos[3 * p * turn];
    const w3i = sin[3 * p * turn];
    const w4r = cos[4 * p * turn];
    const w4i = sin[4 * p * turn];
    let a = stride * p;
    let out = stride * 5 * p;
    for (let q = 0; q < stride; q++, a++, out++) {
      const b = a + step;
      const c = b + step;
      const d = c + step;
      const e = d + step;
      const ar = xr[a];
      const ai = xi[a];
      const outerR = xr[b] + xr[e];
      const outerI = xi[b] + xi[e];
      const innerR = xr[c] + xr[d];
      const innerI = xi[c] + xi[d];
      yr[out] = ar + outerR + innerR;
      yi[out] = ai + outerI + innerI;
      const mr = ar + c1 * outerR + c2 * innerR;
      const mi = ai + c1 * outerI + c2 * innerI;
      const nr = ar + c2 * outerR + c1 * innerR;
      const ni = ai + c2 * outerI + c1 * innerI;
      // −i times the odd part.
      const br = xr[b] - xr[e];
      const bi = xi[b] - xi[e];
      const dr = xr[c] - xr[d];
      const di = xi[c] - xi[d];
      const ur = s1 * bi + s2 * di;
      const ui = -s1 * br - s2 * dr;
      const vr = s2 * bi - s1 * di;
      const vi = -s2 * br + s1 * dr;
      let to = out + stride;
      yr[to] = (mr + ur) * w1r - (mi + ui) * w1i;
      yi[to] = (mr + ur) * w1i + (mi + ui) * w1r;
      to += stride;
      yr[to] = (nr + vr) * w2r - (ni + vi) * w2i;
      yi[to] = (nr + vr) * w2i + (ni + vi) * w2r;
      to += stride;
      yr[to] = (nr - vr) * w3r - (ni - vi) * w3i;
      yi[to] = (nr - vr) * w3i + (ni - vi) * w3r;
      to += stride;
      yr[to] = (mr - ur) * w4r - (mi - ui) * w4i;
      yi[to] = (mr - ur) * w4i + (mi - ui) * w4r;
    }
  }
};
