/** Matrix products of linear layers: few rows, a large weight that is read once. */
import { argument, pointer, take } from './control';
import { dotEdge, EDGE_BYTES, outerBlock } from './edge';
import { COLUMNS, dotTile, ROWS } from './gemm';
import { packColumns, packRowRange } from './pack';

/** Size of a packed slice: 256 deep, 64 columns; a row is four cache lines. */
const DEPTH: i32 = 256;
const WIDTH: i32 = 64;

/**
 * y [n, columns] = relu(x [n, depth] · W + bias), with W the weight or, for the gradient, its transpose.
 *
 * arguments: 0 x, 1 weight, 2 y, 3 bias or 0, 4 relu, 5 n, 6 depth, 7 columns, 8 whether transposed, 9 scratch,
 * 10 scratch bytes per thread
 */
export function linearProduct(thread: i32): void {
  const n = argument(5);
  const depth = argument(6);
  const columns = argument(7);
  const transposed = argument(8) !== 0;
  const bias = pointer(3);
  const panels = pointer(9) + <usize>thread * pointer(10);
  const edge = panels + ((<usize>(DEPTH * WIDTH)) << 2);
  const entry = edge + EDGE_BYTES;
  const outs = entry + 32;
  store<u32>(entry, 0);
  const items = (columns + WIDTH - 1) / WIDTH;
  for (let item = take(); item < items; item = take()) {
    const first = item * WIDTH;
    const last = min(first + WIDTH, columns);
    for (let top = 0; top < depth; top += DEPTH) {
      const deep = min(depth - top, DEPTH);
      for (let column = first, to = panels; column < last; column += COLUMNS) {
        if (transposed) packRowRange(pointer(1), columns, depth, column, top, top + deep, to);
        else packColumns(pointer(1) + ((<usize>(top * columns)) << 2), deep, columns, column, to);
        to += (<usize>(deep * COLUMNS)) << 2;
      }
      const relu = argument(4) !== 0 && top + deep === depth;
      for (let row = 0; row < n; row += ROWS) {
        for (let i = 0; i < ROWS; i++) {
          const at = min(row + i, n - 1);
          store<u32>(entry + 4 + ((<usize>i) << 2), <u32>(pointer(0) + ((<usize>(at * depth + top)) << 2)));
          store<u32>(outs + ((<usize>i) << 2), <u32>(pointer(2) + ((<usize>(at * columns)) << 2)));
        }
        for (let column = first, from = panels; column < last; column += COLUMNS) {
          const at = (<usize>column) << 2;
          let start: usize = 1;
          if (top === 0) start = bias ? bias + at : 0;
          if (column + COLUMNS <= columns) dotTile(entry, 1, 0, deep, from, outs, at, start, relu, 0);
          else dotEdge(entry, 1, 0, deep, from, outs, at, start, relu, 0, columns - column, edge);
          from += (<usize>(deep * COLUMNS)) << 2;
        }
      }
    }
  }
}

/** Rows of the weight per item. */
const SLICE: i32 = 96;

/**
 * dweight [inputs, outputs] = xᵀ [inputs, n] · dy [n, outputs].
 * arguments: 0 x, 1 dy, 2 dweight, 3 n, 4 inputs, 5 outputs, 6 scratch, 7 scratch bytes per thread
 */
export function linearGradient(thread: i32): void {
  const n = argument(3);
  const inputs = argument(4);
  const outputs = argument(5);
  const edge = pointer(6) + <usize>thread * pointer(7);
  const table = edge + EDGE_BYTES;
  const panel = table + ((<usize>n) << 2);
  const stride = (<usize>outputs) << 2;
  for (let i = 0; i < n; i++)
    store<u32>(table + ((<usize>i) << 2), <u32>(pointer(0) + ((<usize>(i * inputs)) << 2)));
  const items = (inputs + SLICE - 1) / SLICE;
  for (let item = take(); item < items; item = take()) {
    const last = min((item + 1) * SLICE, inputs);
    for (let column = 0; column < outputs; column += COLUMNS) {
      packColumns(pointer(1), n, outputs, column, panel);
      for (let row = item * SLICE; row < last; row += ROWS) {
        const to = pointer(2) + ((<usize>(row * outputs + column)) << 2);
        const columns = min(outputs - column, COLUMNS);
        outerBlock(
          table,
          n,
          (<usize>row) << 2,
          panel,
          to,
          stride,
          min(last - row, ROWS),
          columns,
          false,
          edge,
        );
      }
    }
  }
}
