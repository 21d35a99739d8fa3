/**
 * Gradient of a 3×3 convolution of stride 1 with respect to its filter, by the transpose of F(4×4, 3×3):
 * dg = Gᵀ[Σ over tiles of (Bᵀ d B) ⊙ (A dy Aᵀ)]G. The sum runs over chunks of tiles, in their order.
 */
import { argument, pointer, take, ZEROS } from './control';
import { EDGE_BYTES, outerBlock } from './edge';
import { COLUMNS, ROWS } from './gemm';
import { panelBytes } from './pack';
import { filterGradientLine, gradientLine } from './transform';
import { OUT, POINTS, ROW_GAP, spread } from './winograd';

/**
 * Transforms a chunk of dy's tiles into panels D[36][panel][tile][8]. An item is a tile.
 * arguments: 0 dy, 1 D, 2 first tile, 3 tiles, 4 tiles down, 5 tiles across, 6 outH, 7 outW, 8 columns, 9 –,
 * 10 scratch, 11 scratch bytes per thread
 */
export function winogradGradient(thread: i32): void {
  const tiles = argument(3);
  const down = argument(4);
  const across = argument(5);
  const outH = argument(6);
  const outW = argument(7);
  const columns = argument(8);
  const panelStride = panelBytes(tiles);
  const pointBytes = spread(<usize>(columns / COLUMNS) * panelStride);
  const lines = pointer(10) + <usize>thread * pointer(11);
  const table = lines + ((<usize>POINTS) << 4);
  for (let item = take(); item < tiles; item = take()) {
    const tile = argument(2) + item;
    const image = tile / (down * across);
    const top = ((tile / across) % down) * OUT;
    const left = (tile % across) * OUT;
    for (let i = 0, word = table; i < OUT; i++) {
      for (let j = 0; j < OUT; j++, word += 4) {
        const inside = top + i < outH && left + j < outW;
        const pixel = (image * outH + top + i) * outW + left + j;
        store<u32>(word, <u32>(inside ? pointer(0) + ((<usize>(pixel * columns)) << 2) : ZEROS));
      }
    }
    const to = pointer(1) + ((<usize>item) << 5);
    for (let channel: usize = 0; channel < (<usize>columns) << 2; channel += 16) {
      for (let j: usize = 0; j < 4; j++) {
        const column = table + (j << 2);
        gradientLine(
          v128.load(load<usize>(column) + channel),
          v128.load(load<usize>(column, 16) + channel),
          v128.load(load<usize>(column, 32) + channel),
          v128.load(load<usize>(column, 48) + channel),
          lines + (j << 4),
          64,
        );
      }
      const target = to + (channel >> 5) * panelStride + (channel & 16);
      for (let i: usize = 0; i < 6; i++) {
        const line = lines + (i << 6);
        gradientLine(
          v128.load(line),
          v128.load(line, 16),
          v128.load(line, 32),
          v128.load(line, 48),
          target + i * 6 * pointBytes,
          pointBytes,
        );
      }
    }
  }
}

/** Input channels per item: eight tiles of rows. */
const SLICE: i32 = 48;

/**
 * Adds a chunk's products to S [item][36][SLICE][8] and, after the last chunk, transforms them into the filter's
 * gradient. An item is (slice of channels, panel), slices outermost, so that V's slice stays cached. A single chunk
 * needs S only briefly: then S has one part per thread, not one per item.
 *
 * arguments: 0 V, 1 D, 2 S, 3 dfilter [3][3][channels][columns], 4 tiles, 5 channels, 6 columns, 7 first chunk,
 * 8 last chunk, 9 scratch, 10 scratch bytes per thread
 */
export function winogradFilter(thread: i32): void {
  const tiles = argument(4);
  const channels = argument(5);
  const columns = argument(6);
  const rowBytes = (<usize>(channels + ROW_GAP)) << 2;
  const vPoint = spread(<usize>tiles * rowBytes);
  const dPoint = spread(<usize>(columns / COLUMNS) * panelBytes(tiles));
  const panelStride = panelBytes(tiles);
  const panels = columns / COLUMNS;
  const sPoint = spread(panelBytes(SLICE));
  const add = argument(7) === 0;
  const isLast = argument(8) !== 0;
  const edge = pointer(9) + <usize>thread * pointer(10);
  const lines = edge + EDGE_BYTES;
  const table = lines + 768;
  for (let i = 0; i < tiles; i++) {
    store<u32>(table + ((<usize>i) << 2), <u32>(pointer(0) + <usize>i * rowBytes));
  }
  const slices = (channels + SLICE - 1) / SLICE;
  const items = panels * slices;
  for (let item = take(); item < items; item = take()) {
    const panel = item % panels;
    const first = (item / panels) * SLICE;
    const last = min(first + SLICE, channels);
    const part = !add && isLast ? thread : item;
    const sums = pointer(2) + <usize>(part * POINTS) * sPoint;
    for (let point = 0; point < POINTS; point++) {
      const right = pointer(1) + <usize>point * dPoint + <usize>panel * panelStride;
      const to = sums + <usize>point * sPoint;
      for (let c = first; c < last; c += ROWS) {
        const shift = <usize>point * vPoint + ((<usize>c) << 2);
        outerBlock(
          table,
          tiles,
          shift,
          right,
          to + ((<usize>(c - first)) << 5),
          32,
          min(last - c, ROWS),
          COLUMNS,
          add,
          edge,
        );
      }
    }
    if (isLast) storeFilter(sums, sPoint, panel, first, last, lines);
  }
}

/** Gᵀ S G for channels first ≤ c < last of a panel. */
function storeFilter(sums: usize, sPoint: usize, panel: i32, first: i32, last: i32, lines: usize): void {
  const columns = argument(6);
  const tap = (<usize>(argument(5) * columns)) << 2;
  for (let c = first; c < last; c++) {
    for (let half: usize = 0; half < 32; half += 16) {
      const from = sums + ((<usize>(c - first)) << 5) + half;
      for (let j: usize = 0; j < 6; j++) {
        const column = from + j * sPoint;
        filterGradientLine(
          v128.load(column),
          v128.load(column + 6 * sPoint),
          v128.load(column + 12 * sPoint),
          v128.load(column + 18 * sPoint),
          v128.load(column + 24 * sPoint),
          v128.load(column + 30 * sPoint),
          lines + (j << 4),
          96,
        );
      }
      const to = pointer(3) + ((<usize>(c * columns + panel * COLUMNS)) << 2) + half;
      for (let i: usize = 0; i < 3; i++) {
        const line = lines + i * 96;
        filterGradientLine(
          v128.load(line),
          v128.load(line, 16),
          v128.load(line, 32),
          v128.load(line, 48),
          v128.load(line, 64),
          v128.load(line, 80),
          to + i * 3 * tap,
          tap,
        );
      }
    }
  }
}
