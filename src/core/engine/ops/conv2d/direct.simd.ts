/** The indirect GEMM convolutions of the simd device (wasm/conv.ts, wasm/convfilter.ts). */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import { ZERO_BYTES } from '../../devices/simd/layout.ts';
import type * as tf from '../../tf.ts';
import type { Shape4 } from './index.ts';

/** As in wasm/conv.ts and wasm/gemm.ts. */
const PANEL_COLUMNS = 8;
const TILE_ROWS = 6;
const TAP_WORDS = 7;
const EDGE_BYTES = 256;
/** Packed filters of a thread, sized to stay in its L2 cache. */
const GROUP_BYTES = 640 * 1024;
/** Tiles whose addresses are written together. */
const CHUNK_TILES = 16;
/** As in wasm/convfilter.ts: pixels packed together. */
const CHUNK_PIXELS = 256;

/** Fewer channels than this are merged with the filter's columns into one tap. */
const FEW_CHANNELS = 8;

/** A convolution's source in the layout of the kernels. */
type Source = {
  address: number;
  height: number;
  width: number;
  /** Floats from one pixel to the next. */
  pixel: number;
  /** Floats read by one tap. */
  depth: number;
  kh: number;
  kw: number;
  pad: number;
};

/**
 * Calls `use` with the source. With few channels (the first layer has one) a row of the filter is one tap: its
 * kw·C floats are neighbours in a padded copy, in the filter [kh, kw·C, K] as well.
 */
function withSource(
  backend: SimdBackend,
  x: tf.TensorInfo,
  [kh, kw]: readonly number[],
  pad: number,
  use: (source: Source) => void,
): void {
  const [n, height, width, channels] = x.shape;
  const address = backend.address(x);
  if (channels >= FEW_CHANNELS || kw === 1) {
    use({ address, height, width, pixel: channels, depth: channels, kh, kw, pad });
    return;
  }
  const padded = { height: height + 2 * pad, width: width + 2 * pad };
  // A tap is addressed by its first pixel: no tap starts in the last kw − 1 columns.
  backend.scratch(n * padded.height * padded.width * channels * 4, (copy) => {
    backend.threads.run('padImages', [address, copy, n, height, width, channels, pad]);
    use({ address: copy, ...padded, pixel: channels, depth: kw * channels, kh, kw: 1, pad: 0 });
  });
}

export type Gather = {
  source: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias: tf.TensorInfo | undefined;
  /** Added to the output before the ReLU. */
  residual: tf.TensorInfo | undefined;
  out: tf.TensorInfo;
  stride: number;
  pad: number;
  relu: boolean;
  /** Whether this is the gradient with respect to the input. */
  backward: boolean;
};

/** out = convolution of the source, or the gradient of one. */
export function gather(
  backend: SimdBackend,
  { source, filter, bias, residual, out, stride, pad, relu, backward }: Gather,
) {
  const [n, outH, outW, outC] = out.shape;
  const [kh, kw] = filter.shape;
  const merged = backward ? [kh, 1] : [kh, kw];
  const run = (from: Source) => {
    const taps = from.kh * from.kw;
    checkDepth(from.depth);
    const panel = taps * from.depth * PANEL_COLUMNS * 4;
    const group = Math.max(1, Math.min(Math.floor(GROUP_BYTES / panel), Math.ceil(outC / PANEL_COLUMNS)));
    const panels = group * panel;
    const table = CHUNK_TILES * (TILE_ROWS + 1 + taps * TAP_WORDS) * 4;
    const scratchBytes = Math.ceil((panels + EDGE_BYTES + table) / 64) * 64;
    backend.scratch(scratchBytes * backend.threads.count, (scratch) =>
      backend.threads.run('convGather', [
        from.address,
        backend.address(filter),
        backend.address(out),
        bias ? backend.address(bias) : 0,
        relu ? 1 : 0,
        n,
        from.height,
        from.width,
        from.pixel,
        from.depth,
        outH,
        outW,
        outC,
        from.kh,
        from.kw,
        stride,
        from.pad,
        scratch,
        scratchBytes,
        CHUNK_TILES,
        backward ? 1 : 0,
        group,
        residual ? backend.address(residual) : 0,
      ]),
    );
  };
  if (!backward) return withSource(backend, source, merged, pad, run);
  const [, height, width, depth] = source.shape;
  return run({ address: backend.address(source), height, width, pixel: depth, depth, kh, kw, pad });
}

export type FilterGradient = {
  x: tf.TensorInfo;
  dy: tf.TensorInfo;
  dfilter: tf.TensorInfo;
  shape: Shape4;
  stride: number;
  pad: number;
};

export function gradient(backend: SimdBackend, { x, dy, dfilter, shape, stride, pad }: FilterGradient): void {
  const [n, outH, outW, outC] = dy.shape;
  const scratchBytes = EDGE_BYTES + CHUNK_PIXELS * (4 + 2 * PANEL_COLUMNS * 4);
  withSource(backend, x, shape, pad, (from) =>
    backend.scratch(scratchBytes * backend.threads.count, (scratch) =>
      backend.threads.run('convFilter', [
        from.address,
        backend.address(dy),
        backend.address(dfilter),
        n,
        from.height,
        from.width,
        from.pixel,
        from.depth,
        outH,
        outW,
        outC,
        from.kh,
        from.kw,
        stride,
        from.pad,
        scratch,
        scratchBytes,
      ]),
    ),
  );
}

/** A pixel of zeros, read by taps outside the image. */
function checkDepth(depth: number): void {
  if (depth * 4 > ZERO_BYTES) throw new Error(`Convolutions take at most ${ZERO_BYTES / 4} channels.`);
}
