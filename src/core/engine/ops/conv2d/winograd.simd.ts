/** Winograd's F(4×4, 3×3) on the simd device (wasm/winograd.ts, wasm/winogradfilter.ts). */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import type { FilterGradient, Gather } from './direct.simd.ts';

/** As in wasm/winograd.ts. */
const OUT = 4;
const POINTS = 36;
const ROW_GAP = 16;
const BLOCK_TILES = 48;
const TILE_SCRATCH_BYTES = 768;
const PANEL_COLUMNS = 8;
const EDGE_BYTES = 256;

/** Transformed filters of a thread, sized to stay in its L2 cache. */
const GROUP_BYTES = 640 * 1024;
const MOST_PANELS = 4;
/** Transformed inputs of a chunk, sized to stay in the L2 cache. */
const CHUNK_BYTES = 1.25 * 1024 * 1024;
/** Tiles of a chunk of the filter's gradient: sized so that a slice of their transforms stays cached. */
const GRADIENT_TILES = 128;
/** As in wasm/winogradfilter.ts: channels of an item. */
const SLICE = 48;
/** With fewer tiles, transforming the filter does not pay off. */
const FEWEST_TILES = 8;

/** Whether F(4×4, 3×3) is faster: on maps under 4×4 the direct convolution skips more taps than Winograd saves. */
export function suitsWinograd(
  [kh, kw, channels, columns]: readonly number[],
  stride: number,
  pad: number,
  [n, outH, outW]: readonly number[],
): boolean {
  if (kh !== 3 || kw !== 3 || stride !== 1 || pad !== 1) return false;
  if (channels % PANEL_COLUMNS !== 0 || columns % PANEL_COLUMNS !== 0) return false;
  return outH >= OUT && outW >= OUT && n * Math.ceil(outH / OUT) * Math.ceil(outW / OUT) >= FEWEST_TILES;
}

/** As in wasm/winograd.ts: rounded up to an odd number of cache lines. */
function spread(bytes: number): number {
  return (Math.ceil(bytes / 64) | 1) * 64;
}

type Tiles = { down: number; across: number; total: number };

function tilesOf([n, height, width]: readonly number[]): Tiles {
  const down = Math.ceil(height / OUT);
  const across = Math.ceil(width / OUT);
  return { down, across, total: n * down * across };
}

/** Number of runs of about `length` tiles. */
function chunkCount(total: number, length: number): number {
  return Math.max(1, Math.round(total / length));
}

function forChunks(total: number, length: number, use: (first: number, count: number) => void): void {
  const step = Math.ceil(total / chunkCount(total, length));
  for (let first = 0; first < total; first += step) use(first, Math.min(step, total - first));
}

/** out = convolution of the source, or the gradient of one. */
export function winograd(
  backend: SimdBackend,
  { source, filter, bias, residual, out, relu, backward }: Gather,
): void {
  const [, height, width, depth] = source.shape;
  const [, outH, outW, columns] = out.shape;
  const { down, across, total } = tilesOf(out.shape);
  const threads = backend.threads.count;
  const panel = spread(depth * PANEL_COLUMNS * 4);
  const group = Math.max(1, Math.min(MOST_PANELS, Math.floor(GROUP_BYTES / (POINTS * panel))));
  const groups = Math.ceil(columns / PANEL_COLUMNS / group);
  const ranges = Math.max(1, Math.ceil((4 * threads) / groups));
  const products = POINTS * spread(BLOCK_TILES * group * PANEL_COLUMNS * 4);
  const scratchBytes = group * (POINTS + 9) * panel + products + TILE_SCRATCH_BYTES + 64;
  const rowBytes = (depth + ROW_GAP) * 4;
  const addresses = {
    source: backend.address(source),
    filter: backend.address(filter),
    out: backend.address(out),
    bias: bias ? backend.address(bias) : 0,
    residual: residual ? backend.address(residual) : 0,
  };
  // The filter is transformed once per chunk.
  forChunks(total, Math.max(CHUNK_BYTES / (POINTS * rowBytes), depth), (first, count) => {
    const chunkBytes = POINTS * spread(count * rowBytes);
    backend.scratch(chunkBytes + scratchBytes * threads, (v) => {
      const scratch = v + chunkBytes;
      backend.threads.run('winogradInput', [
        ...[addresses.source, v, first, count, down, across, height, width, depth, 1],
        ...[scratch, scratchBytes],
      ]);
      backend.threads.run('winogradMultiply', [
        ...[v, addresses.filter, addresses.out, addresses.bias, relu ? 1 : 0, first, count, down, across],
        ...[outH, outW, depth, columns, backward ? 1 : 0, group, ranges, scratch, scratchBytes],
        addresses.residual,
      ]);
    });
  });
}

/** Gradient with respect to the filter. */
export function winogradGradient(backend: SimdBackend, { x, dy, dfilter }: FilterGradient): void {
  const [, height, width, channels] = x.shape;
  const [, outH, outW, columns] = dy.shape;
  const { down, across, total } = tilesOf(dy.shape);
  const threads = backend.threads.count;
  const addresses = [x, dy, dfilter].map((tensor) => backend.address(tensor));
  const panels = columns / PANEL_COLUMNS;
  const items = Math.ceil(channels / SLICE) * panels;
  const parts = chunkCount(total, GRADIENT_TILES) === 1 ? threads : items;
  const sumBytes = parts * POINTS * spread(SLICE * PANEL_COLUMNS * 4);
  backend.scratch(sumBytes, (sums) =>
    forChunks(total, GRADIENT_TILES, (first, count) => {
      const vBytes = POINTS * spread(count * (channels + ROW_GAP) * 4);
      const dBytes = POINTS * spread(count * columns * 4);
      const scratchBytes = EDGE_BYTES + TILE_SCRATCH_BYTES + Math.ceil(count / 16) * 64;
      backend.scratch(vBytes + dBytes + scratchBytes * threads, (v) => {
        const d = v + vBytes;
        const scratch = d + dBytes;
        const place = [first, count, down, across];
        const [source, gradient, result] = addresses;
        const local = [scratch, scratchBytes];
        backend.threads.run('winogradInput', [source, v, ...place, height, width, channels, 1, ...local]);
        backend.threads.run('winogradGradient', [gradient, d, ...place, outH, outW, columns, 0, ...local]);
        const ends = [first === 0 ? 1 : 0, first + count === total ? 1 : 0];
        backend.threads.run('winogradFilter', [
          ...[v, d, sums, result, count, channels, columns],
          ...ends,
          ...local,
        ]);
      });
    }),
  );
}
