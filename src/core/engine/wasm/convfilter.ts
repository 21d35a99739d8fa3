/**
 * Gradient of a convolution with respect to its filter: for each tap, the outer products of the input's pixels with
 * the output's, summed over all pixels in their order.
 *
 * An item is two panels of the filter's columns and one tap, or all.
 */
import { argument, pointer, take } from './control';
import { EDGE_BYTES, outerBlock } from './edge';
import { COLUMNS, ROWS } from './gemm';
import { loadSome } from './lanes';

/** Output pixels packed together. */
const CHUNK: i32 = 256;
/** Panels packed together: 16 columns, a cache line of the filter. */
const PANELS: i32 = 2;
const PANEL_BYTES: usize = 8192;

/**
 * arguments: 0 x, 1 dy [n, outH, outW, outC], 2 dfilter [kh, kw, depth, outC], 3 n, 4 srcH, 5 srcW,
 * 6 floats between pixels of x, 7 depth, 8 outH, 9 outW, 10 outC, 11 kh, 12 kw, 13 stride, 14 pad, 15 scratch,
 * 16 scratch bytes per thread
 */
export function convFilter(thread: i32): void {
  const dfilter = pointer(2);
  const depth = argument(7);
  const outC = argument(10);
  const kw = argument(12);
  const taps = argument(11) * kw;
  const pixels = argument(3) * argument(8) * argument(9);
  const edge = pointer(15) + <usize>thread * pointer(16);
  const table = edge + EDGE_BYTES;
  const panel = table + <usize>CHUNK * 4;
  const stride = (<usize>outC) << 2;

  // Without padding all taps use the same pixels of dy: one packing serves them all, in one item.
  const together = argument(14) === 0 ? taps : 1;
  const parts = taps / together;
  const width = PANELS * COLUMNS;
  const items = ((outC + width - 1) / width) * parts;
  for (let item = take(); item < items; item = take()) {
    const column = (item / parts) * width;
    const first = (item % parts) * together;
    const columns = min(outC - column, width);
    let pixel = 0;
    let add = false;
    while (pixel < pixels || !add) {
      pixel = gather(pixel, pixels, first / kw, first % kw, column, columns, table, panel);
      for (let tap = first; tap < first + together; tap++) {
        const away = together === 1 ? 0 : (tap / kw) * argument(5) + (tap % kw);
        const source = (<usize>(away * argument(6))) << 2;
        const out = dfilter + ((<usize>(tap * depth * outC + column)) << 2);
        for (let c = 0; c < depth; c += ROWS) {
          const to = out + <usize>c * stride;
          const shift = source + ((<usize>c) << 2);
          const rows = min(depth - c, ROWS);
          for (let at = 0, right = panel; at < columns; at += COLUMNS, right += PANEL_BYTES) {
            const wide = min(columns - at, COLUMNS);
            outerBlock(table, gathered, shift, right, to + ((<usize>at) << 2), stride, rows, wide, add, edge);
          }
        }
      }
      add = true;
    }
  }
}

/** Number of pixels found by the last gather. */
let gathered: i32 = 0;

/** Packs up to CHUNK pixels of dy whose source at the tap is inside the image; returns the next pixel to check. */
function gather(
  pixel: i32,
  pixels: i32,
  y: i32,
  x: i32,
  column: i32,
  columns: i32,
  table: usize,
  panel: usize,
): i32 {
  const source = pointer(0);
  const dy = pointer(1);
  const srcH = argument(4);
  const srcW = argument(5);
  const pixelBytes = (<usize>argument(6)) << 2;
  const outH = argument(8);
  const outW = argument(9);
  const outC = argument(10);
  const stride = argument(13);
  const pad = argument(14);
  let w = pixel % outW;
  let h = (pixel / outW) % outH;
  let image = pixel / (outW * outH);
  gathered = 0;
  for (; pixel < pixels && gathered < CHUNK; pixel++) {
    const sh = h * stride + y - pad;
    const sw = w * stride + x - pad;
    if (sh >= 0 && sh < srcH && sw >= 0 && sw < srcW) {
      store<u32>(
        table + ((<usize>gathered) << 2),
        <u32>(source + <usize>((image * srcH + sh) * srcW + sw) * pixelBytes),
      );
      const from = dy + ((<usize>(pixel * outC + column)) << 2);
      const to = panel + ((<usize>gathered) << 5);
      v128.store(to, loadSome(from, columns));
      v128.store(to, loadSome(from + 16, columns - 4), 16);
      v128.store(to + PANEL_BYTES, loadSome(from + 32, columns - 8));
      v128.store(to + PANEL_BYTES, loadSome(from + 48, columns - 12), 16);
      gathered++;
    }
    if (++w === outW) {
      w = 0;
      if (++h === outH) {
        h = 0;
        image++;
      }
    }
  }
  return pixel;
}
