/** Packing of right-hand matrices into panels of 8 columns, [depth][8], zero beyond the last column. */
import { COLUMNS } from './gemm';
import { loadSome } from './lanes';

/** Bytes of a panel. */
export function panelBytes(depth: i32): usize {
  return (<usize>(depth * COLUMNS)) << 2;
}

/** Columns `column` to +8 of `depth` rows of `width` floats. */
export function packColumns(from: usize, depth: i32, width: i32, column: i32, to: usize): void {
  const stride = (<usize>width) << 2;
  let row = from + ((<usize>column) << 2);
  if (column + COLUMNS <= width) {
    for (let d = 0; d < depth; d++) {
      v128.store(to, v128.load(row));
      v128.store(to, v128.load(row, 16), 16);
      row += stride;
      to += 32;
    }
    return;
  }
  const left = width - column;
  for (let d = 0; d < depth; d++) {
    v128.store(to, loadSome(row, left));
    v128.store(to, loadSome(row + 16, left - 4), 16);
    row += stride;
    to += 32;
  }
}

/** Rows `row` to +8 (of `rows`) of a matrix with `width` floats per row, transposed: panel[d][j] = from[row + j][d]. */
export function packRows(from: usize, rows: i32, width: i32, row: i32, to: usize): void {
  packRowRange(from, rows, width, row, 0, width, to);
}

/** The same for the columns first ≤ d < last only. */
export function packRowRange(
  from: usize,
  rows: i32,
  width: i32,
  row: i32,
  first: i32,
  last: i32,
  to: usize,
): void {
  const stride = (<usize>width) << 2;
  for (let half = 0; half < COLUMNS; half += 4) {
    const r0 = row + half;
    const base = from + <usize>r0 * stride;
    const target = to + ((<usize>half) << 2);
    const whole = r0 + 4 <= rows ? first + ((last - first) & ~3) : first;
    let d = first;
    for (; d < whole; d += 4) {
      const at = base + ((<usize>d) << 2);
      const out = target + ((<usize>(d - first)) << 5);
      transpose(
        v128.load(at),
        v128.load(at + stride),
        v128.load(at + 2 * stride),
        v128.load(at + 3 * stride),
        out,
        32,
      );
    }
    for (; d < last; d++) {
      const out = target + ((<usize>(d - first)) << 5);
      for (let j = 0; j < 4; j++) {
        const value: f32 = r0 + j < rows ? load<f32>(base + <usize>j * stride + ((<usize>d) << 2)) : 0;
        store<f32>(out + ((<usize>j) << 2), value);
      }
    }
  }
}

/** Stores the 4×4 transpose of four rows, `stride` bytes apart. */
export function transpose(a: v128, b: v128, c: v128, d: v128, to: usize, stride: usize): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
  v128.store(to + stride, v128.shuffle<f64>(ab, cd, 1, 3));
  v128.store(to + 2 * stride, v128.shuffle<f64>(ef, gh, 0, 2));
  v128.store(to + 3 * stride, v128.shuffle<f64>(ef, gh, 1, 3));
}
