/** Register tiles at the right and lower edges, where fewer than 8 columns or 6 rows exist. */
import { dotTile, outerTile, ROWS } from './gemm';
import { loadSome, rectify, storeSome } from './lanes';

/** Bytes of scratch an edge tile needs: six rows of 8 floats and their addresses. */
export const EDGE_BYTES: usize = 256;

/** dotTile for the first `columns` < 8 of a panel. */
export function dotEdge(
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
  columns: i32,
  scratch: usize,
): void {
  const rows = scratch + 192;
  const add = start === 1;
  for (let i = 0; i < ROWS; i++) {
    const to = scratch + ((<usize>i) << 5);
    store<u32>(rows + ((<usize>i) << 2), <u32>to);
    if (add) copyIn(load<usize>(out + ((<usize>i) << 2)) + column, to, columns);
  }
  // The residual is cut off like the output: add it while storing.
  dotTile(table, taps, shift, depth, panels, rows, 0, start, relu && residual === 0, 0);
  for (let i = 0; i < ROWS; i++) {
    const from = scratch + ((<usize>i) << 5);
    const to = load<usize>(out + ((<usize>i) << 2)) + column;
    if (residual !== 0) {
      addRow(from, to + residual, columns, relu);
      addRow(from + 16, to + residual + 16, columns - 4, relu);
    }
    copyOut(from, to, columns);
  }
}

/**
 * outerTile into `height` ≤ 6 rows of `stride` bytes and `columns` ≤ 8 columns.
 * @param out address of the tile's first element
 */
export function outerBlock(
  table: usize,
  count: i32,
  shift: usize,
  panel: usize,
  out: usize,
  stride: usize,
  height: i32,
  columns: i32,
  add: bool,
  scratch: usize,
): void {
  const rows = scratch + 192;
  const whole = height === ROWS && columns === 8;
  for (let i = 0; i < ROWS; i++) {
    const to = scratch + ((<usize>i) << 5);
    store<u32>(rows + ((<usize>i) << 2), <u32>(whole ? out + <usize>i * stride : to));
    if (add && !whole && i < height) copyIn(out + <usize>i * stride, to, columns);
  }
  outerTile(table, count, shift, panel, rows, 0, add);
  if (whole) return;
  for (let i = 0; i < height; i++) copyOut(scratch + ((<usize>i) << 5), out + <usize>i * stride, columns);
}

function copyIn(from: usize, to: usize, columns: i32): void {
  v128.store(to, loadSome(from, columns));
  v128.store(to, loadSome(from + 16, columns - 4), 16);
}

function copyOut(from: usize, to: usize, columns: i32): void {
  storeSome(to, v128.load(from), columns);
  storeSome(to + 16, v128.load(from, 16), columns - 4);
}

function addRow(row: usize, residual: usize, columns: i32, relu: bool): void {
  v128.store(row, rectify(f32x4.add(v128.load(row), loadSome(residual, columns)), relu));
}
