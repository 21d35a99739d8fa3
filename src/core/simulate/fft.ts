/** Discrete Fourier transform of lengths 2^a · 3^b · 5^c, along any axis of an array. */

/** re and im hold [length][inner]; transformed in place along the first axis. The inverse divides by the length. */
export type Transform = (re: Float32Array, im: Float32Array, inner: number, inverse: boolean) => void;

const plans = new Map<number, Transform>();

/** Smallest length ≥ n that can be transformed, a multiple of `step`. */
export function goodLength(n: number, step = 1): number {
  for (let length = Math.ceil(n / step) * step; ; length += step) {
    if (factors(length)) return length;
  }
}

/** The transform of one length, made once. */
export function fft(length: number): Transform {
  let plan = plans.get(length);
  if (!plan) {
    plan = build(length);
    plans.set(length, plan);
  }
  return plan;
}

/** Both axes of [rows][columns]. */
export function fft2(
  re: Float32Array,
  im: Float32Array,
  rows: number,
  columns: number,
  inverse: boolean,
): void {
  fft(rows)(re, im, columns, inverse);
  const row = fft(columns);
  for (let y = 0; y < rows; y++) {
    const from = y * columns;
    row(re.subarray(from, from + columns), im.subarray(from, from + columns), 1, inverse);
  }
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

/** Stockham's form: every stage writes in order into the other buffer, so nothing is ever shuffled. */
function build(length: number): Transform {
  const radices = factors(length);
  if (!radices) throw new RangeError(`No transform of length ${length}: it has a prime factor above 5.`);
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
  const length = cos.length;
  const step = stride * fifth;
  for (let p = 0; p < fifth; p++) {
    for (let j = 0; j < 5; j++) {
      const wr = cos[(j * p * turn) % length];
      const wi = sin[(j * p * turn) % length];
      const root = (k: number) => (((j * k) % 5) * length) / 5;
      const [c1, c2, c3, c4] = [cos[root(1)], cos[root(2)], cos[root(3)], cos[root(4)]];
      const [s1, s2, s3, s4] = [sin[root(1)], sin[root(2)], sin[root(3)], sin[root(4)]];
      let a = stride * p;
      let out = stride * (5 * p + j);
      for (let q = 0; q < stride; q++, a++, out++) {
        const b = a + step;
        const c = b + step;
        const d = c + step;
        const e = d + step;
        const r =
          xr[a] +
          (xr[b] * c1 - xi[b] * s1) +
          (xr[c] * c2 - xi[c] * s2) +
          (xr[d] * c3 - xi[d] * s3) +
          (xr[e] * c4 - xi[e] * s4);
        const i =
          xi[a] +
          (xr[b] * s1 + xi[b] * c1) +
          (xr[c] * s2 + xi[c] * c2) +
          (xr[d] * s3 + xi[d] * c3) +
          (xr[e] * s4 + xi[e] * c4);
        yr[out] = r * wr - i * wi;
        yi[out] = r * wi + i * wr;
      }
    }
  }
};
