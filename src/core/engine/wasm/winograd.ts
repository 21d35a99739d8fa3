/**
 * 3×3 convolutions of stride 1 by Winograd's F(4×4, 3×3): 36 multiplications for 16 outputs; the direct method
 * needs 144. Used for the forward pass and, with the flipped filter, the gradient with respect to the input.
 *
 * Tiles of 4×4 outputs are numbered image by image, row by row. For a chunk of tiles winogradInput writes
 * V[36][tile][channels + 16]; then winogradMultiply makes, for each group of filters, M[36] = V[36] · U[36] for a
 * block of tiles at a time, and transforms that back. Channels must be a multiple of 4, columns of 8.
 */
import { argument, pointer, take, ZEROS } from './control';
import { COLUMNS, dotTile, ROWS } from './gemm';
import { rectify } from './lanes';
import { packColumns, packRows, panelBytes } from './pack';
import { filterLine, inputLine, outputLine } from './transform';

/** Outputs and inputs of a tile's side, and elements of its transform. */
export const OUT: i32 = 4;
const IN: i32 = 6;
export const POINTS: i32 = 36;
/** Floats after each row of V, so that rows don't all fall into the same cache sets. */
export const ROW_GAP: i32 = 16;
/** `bytes` rounded up to an odd number of cache lines, so that 36 points at this distance share no cache set. */
export function spread(bytes: usize): usize {
  return (((bytes + 63) >> 6) | 1) << 6;
}

/** Tiles multiplied together. */
const BLOCK: i32 = 48;

/** Scratch of a two-dimensional transform: 36 addresses or vectors. */
export const TILE_SCRATCH: usize = 768;

/**
 * Transforms a chunk of source tiles. An item is a tile.
 * arguments: 0 source, 1 V, 2 first tile, 3 tiles, 4 tiles down, 5 tiles across, 6 h, 7 w, 8 channels, 9 pad,
 * 10 scratch, 11 scratch bytes per thread
 */
export function winogradInput(thread: i32): void {
  const down = argument(4);
  const across = argument(5);
  const h = argument(6);
  const w = argument(7);
  const channels = argument(8);
  const pad = argument(9);
  const tiles = argument(3);
  const rowBytes = (<usize>(channels + ROW_GAP)) << 2;
  const pointBytes = spread(<usize>tiles * rowBytes);
  const lines = pointer(10) + <usize>thread * pointer(11);
  const table = lines + ((<usize>POINTS) << 4);
  for (let item = take(); item < tiles; item = take()) {
    const tile = argument(2) + item;
    const image = tile / (down * across);
    const top = ((tile / across) % down) * OUT - pad;
    const left = (tile % across) * OUT - pad;
    for (let i = 0, word = table; i < IN; i++) {
      for (let j = 0; j < IN; j++, word += 4) {
        const y = top + i;
        const x = left + j;
        const inside = y >= 0 && y < h && x >= 0 && x < w;
        const at = pointer(0) + ((<usize>(((image * h + y) * w + x) * channels)) << 2);
        store<u32>(word, <u32>(inside ? at : ZEROS));
      }
    }
    const to = pointer(1) + <usize>item * rowBytes;
    for (let channel: usize = 0; channel < (<usize>channels) << 2; channel += 16) {
      for (let j: usize = 0; j < 6; j++) {
        const column = table + (j << 2);
        inputLine(
          v128.load(load<usize>(column) + channel),
          v128.load(load<usize>(column, 24) + channel),
          v128.load(load<usize>(column, 48) + channel),
          v128.load(load<usize>(column, 72) + channel),
          v128.load(load<usize>(column, 96) + channel),
          v128.load(load<usize>(column, 120) + channel),
          lines + (j << 4),
          96,
        );
      }
      for (let i: usize = 0; i < 6; i++) {
        const line = lines + i * 96;
        inputLine(
          v128.load(line),
          v128.load(line, 16),
          v128.load(line, 32),
          v128.load(line, 48),
          v128.load(line, 64),
          v128.load(line, 80),
          to + channel + i * 6 * pointBytes,
          pointBytes,
        );
      }
    }
  }
}

/** U[36][depth][8] from a packed panel [9][depth][8]. */
function transformPanel(panel: usize, depth: i32, lines: usize, to: usize): void {
  const tap = spread(panelBytes(depth));
  for (let at: usize = 0; at < panelBytes(depth); at += 16) {
    for (let j: usize = 0; j < 3; j++) {
      const column = panel + at + j * tap;
      filterLine(
        v128.load(column),
        v128.load(column + 3 * tap),
        v128.load(column + 6 * tap),
        lines + (j << 4),
        48,
      );
    }
    for (let i: usize = 0; i < 6; i++) {
      const line = lines + i * 48;
      filterLine(v128.load(line), v128.load(line, 16), v128.load(line, 32), to + at + i * 6 * tap, tap);
    }
  }
}

/**
 * Multiplies a chunk of V with the filters and transforms back. An item is (group of panels, range of tile blocks).
 *
 * arguments: 0 V, 1 filter [3][3][·][·], 2 out, 3 bias or 0, 4 relu, 5 first tile, 6 tiles, 7 tiles down,
 * 8 tiles across, 9 outH, 10 outW, 11 depth, 12 columns, 13 whether this is the gradient, 14 panels per group,
 * 15 ranges, 16 scratch, 17 scratch bytes per thread, 18 residual or 0
 */
export function winogradMultiply(thread: i32): void {
  const v = pointer(0);
  const tiles = argument(6);
  const depth = argument(11);
  const columns = argument(12);
  const backward = argument(13) !== 0;
  const group = argument(14);
  const ranges = argument(15);
  const tap = spread(panelBytes(depth));
  const rowBytes = (<usize>(depth + ROW_GAP)) << 2;
  const pointBytes = spread(<usize>tiles * rowBytes);

  // A thread's scratch: U of the group, its packed panels, M of a block, a transform's lines, tables.
  const u = pointer(16) + <usize>thread * pointer(17);
  const packed = u + <usize>(group * POINTS) * tap;
  const m = packed + <usize>(group * 9) * tap;
  const mRow = (<usize>(group * COLUMNS)) << 2;
  const mPoint = spread(<usize>BLOCK * mRow);
  const lines = m + <usize>POINTS * mPoint;
  const entry = lines + TILE_SCRATCH;
  const outs = entry + 32;

  const groups = (columns / COLUMNS + group - 1) / group;
  const blocks = (tiles + BLOCK - 1) / BLOCK;
  const items = groups * ranges;
  let current = -1;
  for (let item = take(); item < items; item = take()) {
    const first = (item / ranges) * group * COLUMNS;
    const panels = min(group, (columns - first) / COLUMNS);
    if (item / ranges !== current) {
      current = item / ranges;
      for (let t = 0; t < 9; t++) {
        // The gradient's filter is rotated by 180° with its channels swapped.
        const from = pointer(1) + ((<usize>((backward ? 8 - t : t) * depth * columns)) << 2);
        for (let panel = 0; panel < panels; panel++) {
          const column = first + panel * COLUMNS;
          const to = packed + <usize>(panel * 9 + t) * tap;
          if (backward) packRows(from, columns, depth, column, to);
          else packColumns(from, depth, columns, column, to);
        }
      }
      for (let panel = 0; panel < panels; panel++) {
        transformPanel(packed + <usize>(panel * 9) * tap, depth, lines, u + <usize>(panel * POINTS) * tap);
      }
    }
    const range = item % ranges;
    const last = min(tiles, (((range + 1) * blocks) / ranges) * BLOCK);
    for (let block = ((range * blocks) / ranges) * BLOCK; block < last; block += BLOCK) {
      const count = min(last - block, BLOCK);
      for (let point = 0; point < POINTS; point++) {
        const shift = <usize>point * pointBytes;
        for (let row = 0; row < count; row += ROWS) {
          store<u32>(entry, 0);
          for (let i = 0; i < ROWS; i++) {
            const tile = min(row + i, count - 1);
            store<u32>(entry + 4 + ((<usize>i) << 2), <u32>(v + <usize>(block + tile) * rowBytes));
            store<u32>(outs + ((<usize>i) << 2), <u32>(m + <usize>tile * mRow));
          }
          for (let panel = 0; panel < panels; panel++) {
            const right = u + <usize>(panel * POINTS + point) * tap;
            const column = <usize>point * mPoint + ((<usize>panel) << 5);
            dotTile(entry, 1, shift, depth, right, outs, column, 0, false, 0);
          }
        }
      }
      for (let tile = 0; tile < count; tile++) {
        storeTile(block + tile, m + <usize>tile * mRow, mPoint, first, panels * COLUMNS, lines);
      }
    }
  }
}

/** Transforms one tile of M back and stores what lies inside the output. */
function storeTile(item: i32, m: usize, mPoint: usize, first: i32, width: i32, lines: usize): void {
  const bias = pointer(3);
  const relu = argument(4) !== 0;
  const residual = pointer(18) ? pointer(18) - pointer(2) : 0;
  const down = argument(7);
  const across = argument(8);
  const outH = argument(9);
  const outW = argument(10);
  const columns = argument(12);
  const tile = argument(5) + item;
  const top = ((tile / across) % down) * OUT;
  const left = (tile % across) * OUT;
  const height = min(OUT, outH - top);
  const across4 = min(OUT, outW - left);
  const pixel = (<usize>columns) << 2;
  const corner = pointer(2) + <usize>(((tile / (down * across)) * outH + top) * outW + left) * pixel;
  const results = lines + 384;
  for (let channel: usize = 0; channel < (<usize>width) << 2; channel += 16) {
    const at = ((<usize>first) << 2) + channel;
    const start = bias ? v128.load(bias + at) : f32x4.splat(0);
    for (let j: usize = 0; j < 6; j++) {
      const column = m + channel + j * mPoint;
      outputLine(
        v128.load(column),
        v128.load(column + 6 * mPoint),
        v128.load(column + 12 * mPoint),
        v128.load(column + 18 * mPoint),
        v128.load(column + 24 * mPoint),
        v128.load(column + 30 * mPoint),
        lines + (j << 4),
        96,
      );
    }
    for (let i: i32 = 0; i < height; i++) {
      const line = lines + <usize>i * 96;
      outputLine(
        v128.load(line),
        v128.load(line, 16),
        v128.load(line, 32),
        v128.load(line, 48),
        v128.load(line, 64),
        v128.load(line, 80),
        results,
        16,
      );
      let to = corner + <usize>(i * outW) * pixel + at;
      for (let j = 0; j < across4; j++) {
        let value = f32x4.add(v128.load(results + ((<usize>j) << 4)), start);
        if (residual !== 0) value = f32x4.add(value, v128.load(to + residual));
        v128.store(to, rectify(value, relu));
        to += pixel;
      }
    }
  }
}
