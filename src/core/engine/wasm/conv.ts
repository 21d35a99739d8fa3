/**
 * Convolution and its gradient with respect to the input, as one indirect GEMM: for a chunk of output pixels, the
 * addresses of their source pixels are written into a table, tap by tap, and register tiles run over it.
 *
 * An item is (group of panels, chunk of pixels), groups outermost, so that a thread packs few filters.
 */
import { argument, pointer, take, ZEROS } from './control';
import { dotEdge } from './edge';
import { COLUMNS, dotTile, ROWS, TAP_WORDS } from './gemm';
import { height, image, locate, width } from './order';
import { packColumns, packRows, panelBytes } from './pack';

/**
 * out [n, outH, outW, outC] from source [n, srcH, srcW, ·].
 *
 * arguments: 0 source, 1 filter, 2 out, 3 bias or 0, 4 relu, 5 n, 6 srcH, 7 srcW, 8 floats between source pixels,
 * 9 depth (floats of a pixel that take part in a tap), 10 outH, 11 outW, 12 outC, 13 kh, 14 kw, 15 stride, 16 pad,
 * 17 scratch, 18 scratch bytes per thread, 19 tiles per chunk, 20 whether this is the gradient, 21 panels per group,
 * 22 residual or 0
 */
export function convGather(thread: i32): void {
  const filter = pointer(1);
  const _out = pointer(2);
  const bias = pointer(3);
  const relu = argument(4) !== 0;
  const depth = argument(9);
  const outC = argument(12);
  const taps = argument(13) * argument(14);
  const chunk = argument(19) * ROWS;
  const backward = argument(20) !== 0;
  const group = argument(21);
  const residual = pointer(22) ? pointer(22) - pointer(2) : 0;
  const rows = argument(5) * argument(10) * argument(11);
  const panel = panelBytes(depth);

  // A thread's scratch: panels, a tile for edges, then the table: addresses of outputs, taps of tiles, their sources.
  const panels = pointer(17) + <usize>thread * pointer(18);
  const edge = panels + <usize>(group * taps) * panel;
  const outs = edge + 256;
  const counts = outs + <usize>chunk * 4;
  const table = counts + <usize>argument(19) * 4;

  const chunks = (rows + chunk - 1) / chunk;
  const groupColumns = group * COLUMNS;
  const items = ((outC + groupColumns - 1) / groupColumns) * chunks;
  let packed = -1;
  for (let item = take(); item < items; item = take()) {
    const current = item / chunks;
    const first = current * groupColumns;
    const last = min(first + groupColumns, outC);
    if (current !== packed) {
      packed = current;
      // Taps outermost: neighbouring panels share cache lines of the filter.
      for (let tap = 0; tap < taps; tap++) {
        const from = filter + ((<usize>(tap * depth * outC)) << 2);
        let to = panels + <usize>tap * panel;
        for (let column = first; column < last; column += COLUMNS) {
          if (backward) packRows(from, outC, depth, column, to);
          else packColumns(from, depth, outC, column, to);
          to += <usize>taps * panel;
        }
      }
    }
    const start = (item % chunks) * chunk;
    const count = min(rows - start, chunk);
    fillTable(start, count, backward, panel, outs, counts, table);
    for (let column = first, from = panels; column < last; column += COLUMNS) {
      let entry = table;
      const at = (<usize>column) << 2;
      const begin = bias ? bias + at : 0;
      const whole = column + COLUMNS <= outC;
      for (let row = 0, tile = 0; row < count; row += ROWS, tile++) {
        const active = load<i32>(counts + ((<usize>tile) << 2));
        const rowOuts = outs + ((<usize>row) << 2);
        if (whole) dotTile(entry, active, 0, depth, from, rowOuts, at, begin, relu, residual);
        else dotEdge(entry, active, 0, depth, from, rowOuts, at, begin, relu, residual, outC - column, edge);
        entry += (<usize>(active * TAP_WORDS)) << 2;
      }
      from += <usize>taps * panel;
    }
  }
}

/**
 * Writes each pixel's output address and, tile by tile, the source addresses of each tap. The last tile repeats
 * the last pixel: it computes and stores the same value again.
 */
function fillTable(
  start: i32,
  count: i32,
  backward: bool,
  panel: usize,
  outs: usize,
  counts: usize,
  table: usize,
): void {
  const source = pointer(0);
  const out = pointer(2);
  const images = argument(5);
  const srcH = argument(6);
  const srcW = argument(7);
  const pixelBytes = (<usize>argument(8)) << 2;
  const outH = argument(10);
  const outW = argument(11);
  const outBytes = (<usize>argument(12)) << 2;
  const kh = argument(13);
  const kw = argument(14);
  const stride = argument(15);
  const pad = argument(16);
  const taps = kh * kw;
  const tapBytes = (<usize>TAP_WORDS) << 2;
  const step = backward ? stride : 1;
  const move = backward ? -1 : 1;
  for (let row = 0, tile = 0; row < count; row += ROWS, tile++) {
    for (let i = 0; i < ROWS; i++) {
      locate(start + min(row + i, count - 1), images, outH, outW, step);
      const h = height();
      const w = width();
      const base = source + <usize>(image() * srcH * srcW) * pixelBytes;
      store<u32>(
        outs + ((<usize>(row + i)) << 2),
        <u32>(out + <usize>((image() * outH + h) * outW + w) * outBytes),
      );
      const words = table + ((<usize>(i + 1)) << 2);
      for (let tap = 0; tap < taps; tap++) store<u32>(words + <usize>tap * tapBytes, <u32>ZEROS);
      // Forward, tap (y, x) reads (h·stride + y − pad, …); backward, (h + pad − y) / stride if that is an integer.
      const y0 = backward ? (h + pad) % stride : 0;
      const x0 = backward ? (w + pad) % stride : 0;
      const left = backward ? (w + pad - x0) / stride : w * stride - pad;
      let sh = backward ? (h + pad - y0) / stride : h * stride - pad;
      for (let y = y0; y < kh; y += step, sh += move) {
        if (sh < 0 || sh >= srcH) continue;
        let sw = left;
        for (let x = x0; x < kw; x += step, sw += move) {
          if (sw < 0 || sw >= srcW) continue;
          store<u32>(
            words + <usize>(y * kw + x) * tapBytes,
            <u32>(base + <usize>(sh * srcW + sw) * pixelBytes),
          );
        }
      }
    }
    const active = dropEmptyTaps(table, taps, panel);
    store<i32>(counts + ((<usize>tile) << 2), active);
    table += (<usize>(active * TAP_WORDS)) << 2;
  }
}

/** Removes taps without any source and records each tap's panel; returns the number of remaining taps. */
function dropEmptyTaps(table: usize, taps: i32, panel: usize): i32 {
  let active = 0;
  for (let tap = 0; tap < taps; tap++) {
    const from = table + ((<usize>(tap * TAP_WORDS)) << 2);
    let any = false;
    for (let i = 1; i <= ROWS; i++) any = any || load<u32>(from + ((<usize>i) << 2)) !== <u32>ZEROS;
    if (!any) continue;
    const to = table + ((<usize>(active * TAP_WORDS)) << 2);
    store<u32>(to, <u32>(<usize>tap * panel));
    for (let i = 1; i <= ROWS; i++) store<u32>(to + ((<usize>i) << 2), load<u32>(from + ((<usize>i) << 2)));
    active++;
  }
  return active;
}
