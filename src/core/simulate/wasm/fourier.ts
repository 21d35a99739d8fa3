/**
 * Fourier transform of many lines at once in Stockham's form: every stage writes in order into the other buffer, so
 * nothing needs a reordering. Parts hold [length][inner], `inner` a multiple of 4: vectors hold the same place of four
 * lines.
 */

let xr: usize = 0;
let xi: usize = 0;
let yr: usize = 0;
let yi: usize = 0;
let cos: usize = 0;
let sin: usize = 0;

/**
 * Transforms a length 2^a · 3^b · 5^c along the first axis, in place, times `scale`. `table` holds cos and −sin of
 * whole turns in `length` steps.
 */
export function transform(
  re: usize,
  im: usize,
  spareRe: usize,
  spareIm: usize,
  table: usize,
  length: i32,
  inner: i32,
  scale: f32,
): void {
  xr = re;
  xi = im;
  yr = spareRe;
  yi = spareIm;
  cos = table;
  sin = table + ((<usize>length) << 2);
  let left = length;
  let stride = inner;
  while (left > 1) {
    const turn = length / left;
    const radix = left % 4 === 0 ? 4 : left % 2 === 0 ? 2 : left % 3 === 0 ? 3 : 5;
    if (radix === 4) four(left, stride, turn);
    else if (radix === 2) two(left, stride, turn);
    else if (radix === 3) three(left, stride, turn);
    else five(left, stride, turn);
    const real = xr;
    const imaginary = xi;
    xr = yr;
    xi = yi;
    yr = real;
    yi = imaginary;
    left /= radix;
    stride *= radix;
  }
  const bytes = (<usize>(length * inner)) << 2;
  if (xr !== re) {
    memory.copy(re, xr, bytes);
    memory.copy(im, xi, bytes);
  }
  if (scale !== 1) {
    const by = f32x4.splat(scale);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(re + at, f32x4.mul(v128.load(re + at), by));
      v128.store(im + at, f32x4.mul(v128.load(im + at), by));
    }
  }
}

/** Stores r + i · √−1, rotated by the twiddle factor. */
function put(at: usize, r: v128, i: v128, wr: v128, wi: v128): void {
  v128.store(yr + at, f32x4.sub(f32x4.mul(r, wr), f32x4.mul(i, wi)));
  v128.store(yi + at, f32x4.add(f32x4.mul(r, wi), f32x4.mul(i, wr)));
}

function turned(table: usize, at: i32): v128 {
  return f32x4.splat(load<f32>(table + ((<usize>at) << 2)));
}

function two(left: i32, stride: i32, turn: i32): void {
  const half = left / 2;
  const next = (<usize>stride) << 2;
  const step = next * half;
  for (let p = 0; p < half; p++) {
    const wr = turned(cos, p * turn);
    const wi = turned(sin, p * turn);
    let a = next * p;
    let out = next * 2 * p;
    for (const end = a + next; a < end; a += 16, out += 16) {
      const b = a + step;
      const ar = v128.load(xr + a);
      const ai = v128.load(xi + a);
      const br = v128.load(xr + b);
      const bi = v128.load(xi + b);
      v128.store(yr + out, f32x4.add(ar, br));
      v128.store(yi + out, f32x4.add(ai, bi));
      put(out + next, f32x4.sub(ar, br), f32x4.sub(ai, bi), wr, wi);
    }
  }
}

function three(left: i32, stride: i32, turn: i32): void {
  const third = left / 3;
  const next = (<usize>stride) << 2;
  const step = next * third;
  const root = f32x4.splat(0.8660254037844386);
  const half = f32x4.splat(0.5);
  for (let p = 0; p < third; p++) {
    const w1r = turned(cos, p * turn);
    const w1i = turned(sin, p * turn);
    const w2r = turned(cos, 2 * p * turn);
    const w2i = turned(sin, 2 * p * turn);
    let a = next * p;
    let out = next * 3 * p;
    for (const end = a + next; a < end; a += 16, out += 16) {
      const b = a + step;
      const c = b + step;
      const ar = v128.load(xr + a);
      const ai = v128.load(xi + a);
      const br = v128.load(xr + b);
      const bi = v128.load(xi + b);
      const cr = v128.load(xr + c);
      const ci = v128.load(xi + c);
      const sr = f32x4.add(br, cr);
      const si = f32x4.add(bi, ci);
      // −i · √3/2 · (b − c)
      const vr = f32x4.mul(root, f32x4.sub(bi, ci));
      const vi = f32x4.mul(root, f32x4.sub(cr, br));
      const mr = f32x4.sub(ar, f32x4.mul(sr, half));
      const mi = f32x4.sub(ai, f32x4.mul(si, half));
      v128.store(yr + out, f32x4.add(ar, sr));
      v128.store(yi + out, f32x4.add(ai, si));
      put(out + next, f32x4.add(mr, vr), f32x4.add(mi, vi), w1r, w1i);
      put(out + 2 * next, f32x4.sub(mr, vr), f32x4.sub(mi, vi), w2r, w2i);
    }
  }
}

function four(left: i32, stride: i32, turn: i32): void {
  const quarter = left / 4;
  const next = (<usize>stride) << 2;
  const step = next * quarter;
  for (let p = 0; p < quarter; p++) {
    const w1r = turned(cos, p * turn);
    const w1i = turned(sin, p * turn);
    const w2r = turned(cos, 2 * p * turn);
    const w2i = turned(sin, 2 * p * turn);
    const w3r = turned(cos, 3 * p * turn);
    const w3i = turned(sin, 3 * p * turn);
    let a = next * p;
    let out = next * 4 * p;
    for (const end = a + next; a < end; a += 16, out += 16) {
      const b = a + step;
      const c = b + step;
      const d = c + step;
      const ar = v128.load(xr + a);
      const ai = v128.load(xi + a);
      const br = v128.load(xr + b);
      const bi = v128.load(xi + b);
      const cr = v128.load(xr + c);
      const ci = v128.load(xi + c);
      const dr = v128.load(xr + d);
      const di = v128.load(xi + d);
      const sr = f32x4.add(ar, cr);
      const si = f32x4.add(ai, ci);
      const tr = f32x4.sub(ar, cr);
      const ti = f32x4.sub(ai, ci);
      const ur = f32x4.add(br, dr);
      const ui = f32x4.add(bi, di);
      // −i · (b − d)
      const vr = f32x4.sub(bi, di);
      const vi = f32x4.sub(dr, br);
      v128.store(yr + out, f32x4.add(sr, ur));
      v128.store(yi + out, f32x4.add(si, ui));
      put(out + next, f32x4.add(tr, vr), f32x4.add(ti, vi), w1r, w1i);
      put(out + 2 * next, f32x4.sub(sr, ur), f32x4.sub(si, ui), w2r, w2i);
      put(out + 3 * next, f32x4.sub(tr, vr), f32x4.sub(ti, vi), w3r, w3i);
    }
  }
}

function five(left: i32, stride: i32, turn: i32): void {
  const fifth = left / 5;
  const next = (<usize>stride) << 2;
  const step = next * fifth;
  const c1 = f32x4.splat(0.30901699437494745);
  const c2 = f32x4.splat(-0.8090169943749475);
  const s1 = f32x4.splat(0.9510565162951535);
  const s2 = f32x4.splat(0.5877852522924731);
  for (let p = 0; p < fifth; p++) {
    const w1r = turned(cos, p * turn);
    const w1i = turned(sin, p * turn);
    const w2r = turned(cos, 2 * p * turn);
    const w2i = turned(sin, 2 * p * turn);
    const w3r = turned(cos, 3 * p * turn);
    const w3i = turned(sin, 3 * p * turn);
    const w4r = turned(cos, 4 * p * turn);
    const w4i = turned(sin, 4 * p * turn);
    let a = next * p;
    let out = next * 5 * p;
    for (const end = a + next; a < end; a += 16, out += 16) {
      const b = a + step;
      const c = b + step;
      const d = c + step;
      const e = d + step;
      const ar = v128.load(xr + a);
      const ai = v128.load(xi + a);
      const outerR = f32x4.add(v128.load(xr + b), v128.load(xr + e));
      const outerI = f32x4.add(v128.load(xi + b), v128.load(xi + e));
      const innerR = f32x4.add(v128.load(xr + c), v128.load(xr + d));
      const innerI = f32x4.add(v128.load(xi + c), v128.load(xi + d));
      v128.store(yr + out, f32x4.add(ar, f32x4.add(outerR, innerR)));
      v128.store(yi + out, f32x4.add(ai, f32x4.add(outerI, innerI)));
      const mr = f32x4.add(ar, f32x4.add(f32x4.mul(c1, outerR), f32x4.mul(c2, innerR)));
      const mi = f32x4.add(ai, f32x4.add(f32x4.mul(c1, outerI), f32x4.mul(c2, innerI)));
      const nr = f32x4.add(ar, f32x4.add(f32x4.mul(c2, outerR), f32x4.mul(c1, innerR)));
      const ni = f32x4.add(ai, f32x4.add(f32x4.mul(c2, outerI), f32x4.mul(c1, innerI)));
      // −i times the odd part.
      const br = f32x4.sub(v128.load(xr + b), v128.load(xr + e));
      const bi = f32x4.sub(v128.load(xi + b), v128.load(xi + e));
      const dr = f32x4.sub(v128.load(xr + c), v128.load(xr + d));
      const di = f32x4.sub(v128.load(xi + c), v128.load(xi + d));
      const ur = f32x4.add(f32x4.mul(s1, bi), f32x4.mul(s2, di));
      const ui = f32x4.neg(f32x4.add(f32x4.mul(s1, br), f32x4.mul(s2, dr)));
      const vr = f32x4.sub(f32x4.mul(s2, bi), f32x4.mul(s1, di));
      const vi = f32x4.sub(f32x4.mul(s1, dr), f32x4.mul(s2, br));
      put(out + next, f32x4.add(mr, ur), f32x4.add(mi, ui), w1r, w1i);
      put(out + 2 * next, f32x4.add(nr, vr), f32x4.add(ni, vi), w2r, w2i);
      put(out + 3 * next, f32x4.sub(nr, vr), f32x4.sub(ni, vi), w3r, w3i);
      put(out + 4 * next, f32x4.sub(mr, ur), f32x4.sub(mi, ui), w4r, w4i);
    }
  }
}

/** [rows][columns] to [columns][rows]; both are multiples of 4. */
export function transpose(from: usize, to: usize, rows: i32, columns: i32): void {
  const wide = (<usize>columns) << 2;
  const high = (<usize>rows) << 2;
  for (let y = 0; y < rows; y += 4) {
    let at = from + <usize>y * wide;
    let out = to + ((<usize>y) << 2);
    for (let x = 0; x < columns; x += 4, at += 16, out += 4 * high) {
      const a = v128.load(at);
      const b = v128.load(at + wide);
      const c = v128.load(at + 2 * wide);
      const d = v128.load(at + 3 * wide);
      const e = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const f = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const g = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const h = i32x4.shuffle(c, d, 2, 6, 3, 7);
      v128.store(out, i64x2.shuffle(e, g, 0, 2));
      v128.store(out + high, i64x2.shuffle(e, g, 1, 3));
      v128.store(out + 2 * high, i64x2.shuffle(f, h, 0, 2));
      v128.store(out + 3 * high, i64x2.shuffle(f, h, 1, 3));
    }
  }
}
