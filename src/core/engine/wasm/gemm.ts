/**
 * The two register tiles that do all heavy work: 6 rows × 8 columns of f32 in 12 of the 16 vector registers,
 * with 2 for the panel and 1 for a splat (V8 keeps one for itself).
 *
 * A panel is 8 columns of the right-hand matrix, packed [depth][8]. Rows of the left-hand side are reached through a
 * table of addresses (indirect convolution: M. Dukhan, "The Indirect Convolution Algorithm", 2019), so that no patch
 * matrix exists.
 */
import { madd, rectify } from './lanes';

/** Rows and columns of a tile. */
export const ROWS: i32 = 6;
export const COLUMNS: i32 = 8;

/** Words of a tap in a table: the panel's offset in bytes, then the address of each row. */
export const TAP_WORDS: i32 = 7;

/**
 * out[i][0..8] = start[0..8] + Σ over taps, d of row[tap][i][d] · panel[tap][d][0..8]
 * @param table [taps][TAP_WORDS]
 * @param shift bytes added to every row address of the table
 * @param out six output addresses, to which `column` bytes are added
 * @param start 8 initial values of the sums (a bias); 0 to start with zero; 1 to add to the values in `out`
 * @param residual byte distance from an output to its residual, added before the ReLU; 0: no residual
 */
export function dotTile(
  table: usize,
  taps: i32,
  shift: usize,
  depth: i32,
  panels: usize,
  out: usize,
  column: usize,
  start: usize,
  relu: bool,
  residual: usize,
): void {
  const o0 = load<usize>(out) + column;
  const o1 = load<usize>(out, 4) + column;
  const o2 = load<usize>(out, 8) + column;
  const o3 = load<usize>(out, 12) + column;
  const o4 = load<usize>(out, 16) + column;
  const o5 = load<usize>(out, 20) + column;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0);
  let c51 = f32x4.splat(0);
  if (start === 1) {
    c00 = v128.load(o0, 0);
    c01 = v128.load(o0, 16);
    c10 = v128.load(o1, 0);
    c11 = v128.load(o1, 16);
    c20 = v128.load(o2, 0);
    c21 = v128.load(o2, 16);
    c30 = v128.load(o3, 0);
    c31 = v128.load(o3, 16);
    c40 = v128.load(o4, 0);
    c41 = v128.load(o4, 16);
    c50 = v128.load(o5, 0);
    c51 = v128.load(o5, 16);
  } else if (start !== 0) {
    c00 = v128.load(start, 0);
    c01 = v128.load(start, 16);
    c10 = v128.load(start, 0);
    c11 = v128.load(start, 16);
    c20 = v128.load(start, 0);
    c21 = v128.load(start, 16);
    c30 = v128.load(start, 0);
    c31 = v128.load(start, 16);
    c40 = v128.load(start, 0);
    c41 = v128.load(start, 16);
    c50 = v128.load(start, 0);
    c51 = v128.load(start, 16);
  }
  let a: v128;
  let b0: v128;
  let b1: v128;
  for (; taps > 0; taps--) {
    let panel = panels + load<usize>(table);
    let r0 = load<usize>(table, 4) + shift;
    let r1 = load<usize>(table, 8) + shift;
    let r2 = load<usize>(table, 12) + shift;
    let r3 = load<usize>(table, 16) + shift;
    let r4 = load<usize>(table, 20) + shift;
    let r5 = load<usize>(table, 24) + shift;
    table += (<usize>TAP_WORDS) << 2;
    // One step per iteration: V8 unrolls this itself, and spills registers if the loop is unrolled here.
    for (let d = depth; d > 0; d--) {
      b0 = v128.load(panel, 0);
      b1 = v128.load(panel, 16);
      a = v128.load_splat<f32>(r0, 0);
      c00 = madd(a, b0, c00);
      c01 = madd(a, b1, c01);
      a = v128.load_splat<f32>(r1, 0);
      c10 = madd(a, b0, c10);
      c11 = madd(a, b1, c11);
      a = v128.load_splat<f32>(r2, 0);
      c20 = madd(a, b0, c20);
      c21 = madd(a, b1, c21);
      a = v128.load_splat<f32>(r3, 0);
      c30 = madd(a, b0, c30);
      c31 = madd(a, b1, c31);
      a = v128.load_splat<f32>(r4, 0);
      c40 = madd(a, b0, c40);
      c41 = madd(a, b1, c41);
      a = v128.load_splat<f32>(r5, 0);
      c50 = madd(a, b0, c50);
      c51 = madd(a, b1, c51);
      panel += 32;
      r0 += 4;
      r1 += 4;
      r2 += 4;
      r3 += 4;
      r4 += 4;
      r5 += 4;
    }
  }
  if (residual !== 0) {
    c00 = f32x4.add(c00, v128.load(o0 + residual));
    c01 = f32x4.add(c01, v128.load(o0 + residual, 16));
    c10 = f32x4.add(c10, v128.load(o1 + residual));
    c11 = f32x4.add(c11, v128.load(o1 + residual, 16));
    c20 = f32x4.add(c20, v128.load(o2 + residual));
    c21 = f32x4.add(c21, v128.load(o2 + residual, 16));
    c30 = f32x4.add(c30, v128.load(o3 + residual));
    c31 = f32x4.add(c31, v128.load(o3 + residual, 16));
    c40 = f32x4.add(c40, v128.load(o4 + residual));
    c41 = f32x4.add(c41, v128.load(o4 + residual, 16));
    c50 = f32x4.add(c50, v128.load(o5 + residual));
    c51 = f32x4.add(c51, v128.load(o5 + residual, 16));
  }
  v128.store(o0, rectify(c00, relu), 0);
  v128.store(o0, rectify(c01, relu), 16);
  v128.store(o1, rectify(c10, relu), 0);
  v128.store(o1, rectify(c11, relu), 16);
  v128.store(o2, rectify(c20, relu), 0);
  v128.store(o2, rectify(c21, relu), 16);
  v128.store(o3, rectify(c30, relu), 0);
  v128.store(o3, rectify(c31, relu), 16);
  v128.store(o4, rectify(c40, relu), 0);
  v128.store(o4, rectify(c41, relu), 16);
  v128.store(o5, rectify(c50, relu), 0);
  v128.store(o5, rectify(c51, relu), 16);
}

/**
 * out[i][0..8] = (or +=) Σ over r of row[r][i] · panel[r][0..8], i < 6: the tile of a filter's gradient.
 * @param table one address per row
 * @param shift bytes added to every row address: picks the six left-hand columns
 */
export function outerTile(
  table: usize,
  count: i32,
  shift: usize,
  panel: usize,
  out: usize,
  column: usize,
  add: bool,
): void {
  const o0 = load<usize>(out, 0) + column;
  const o1 = load<usize>(out, 4) + column;
  const o2 = load<usize>(out, 8) + column;
  const o3 = load<usize>(out, 12) + column;
  const o4 = load<usize>(out, 16) + column;
  const o5 = load<usize>(out, 20) + column;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0);
  let c51 = f32x4.splat(0);
  if (add) {
    c00 = v128.load(o0, 0);
    c01 = v128.load(o0, 16);
    c10 = v128.load(o1, 0);
    c11 = v128.load(o1, 16);
    c20 = v128.load(o2, 0);
    c21 = v128.load(o2, 16);
    c30 = v128.load(o3, 0);
    c31 = v128.load(o3, 16);
    c40 = v128.load(o4, 0);
    c41 = v128.load(o4, 16);
    c50 = v128.load(o5, 0);
    c51 = v128.load(o5, 16);
  }
  for (; count > 0; count--) {
    const r = load<usize>(table) + shift;
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let a = v128.load_splat<f32>(r, 0);
    c00 = madd(a, b0, c00);
    c01 = madd(a, b1, c01);
    a = v128.load_splat<f32>(r, 4);
    c10 = madd(a, b0, c10);
    c11 = madd(a, b1, c11);
    a = v128.load_splat<f32>(r, 8);
    c20 = madd(a, b0, c20);
    c21 = madd(a, b1, c21);
    a = v128.load_splat<f32>(r, 12);
    c30 = madd(a, b0, c30);
    c31 = madd(a, b1, c31);
    a = v128.load_splat<f32>(r, 16);
    c40 = madd(a, b0, c40);
    c41 = madd(a, b1, c41);
    a = v128.load_splat<f32>(r, 20);
    c50 = madd(a, b0, c50);
    c51 = madd(a, b1, c51);
    table += 4;
    panel += 32;
  }
  v128.store(o0, c00, 0);
  v128.store(o0, c01, 16);
  v128.store(o1, c10, 0);
  v128.store(o1, c11, 16);
  v128.store(o2, c20, 0);
  v128.store(o2, c21, 16);
  v128.store(o3, c30, 0);
  v128.store(o3, c31, 16);
  v128.store(o4, c40, 0);
  v128.store(o4, c41, 16);
  v128.store(o5, c50, 0);
  v128.store(o5, c51, 16);
}
