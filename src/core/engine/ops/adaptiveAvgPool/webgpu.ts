/** adaptiveAvgPool on the webgpu device. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { program } from '../../devices/webgpu/program.ts';
import * as tf from '../../tf.ts';
import type { AdaptiveAvgPoolKernels } from './index.ts';

const THREADS = 256;

type Sides = { height: number; width: number; outHeight: number; outWidth: number; channels: number };

/** Bin `i` covers inputs from binStart up to binEnd. */
const BINS = `
fn binStart(i: u32, inSide: u32, outSide: u32) -> u32 { return i * inSide / outSide; }
fn binEnd(i: u32, inSide: u32, outSide: u32) -> u32 { return ((i + 1u) * inSide + outSide - 1u) / outSide; }`;

function forward(s: Sides) {
  return program('average pool', s, () => ({
    params: { size: 'u32' },
    storage: { x: 'array<f32>', y: 'array<f32>' },
    threads: THREADS,
    declarations: BINS,
    body: `
  let i = group * ${THREADS}u + lane;
  if (i >= params.size) { return; }
  let channel = i % ${s.channels}u;
  let column = i / ${s.channels}u % ${s.outWidth}u;
  let row = i / ${s.channels * s.outWidth}u % ${s.outHeight}u;
  let image = i / ${s.channels * s.outWidth * s.outHeight}u;
  let rowStart = binStart(row, ${s.height}u, ${s.outHeight}u);
  let rowEnd = binEnd(row, ${s.height}u, ${s.outHeight}u);
  let columnStart = binStart(column, ${s.width}u, ${s.outWidth}u);
  let columnEnd = binEnd(column, ${s.width}u, ${s.outWidth}u);
  var sum = 0.0;
  for (var r = rowStart; r < rowEnd; r++) {
    for (var c = columnStart; c < columnEnd; c++) {
      sum += x[((image * ${s.height}u + r) * ${s.width}u + c) * ${s.channels}u + channel];
    }
  }
  y[i] = sum / f32((rowEnd - rowStart) * (columnEnd - columnStart));`,
  }));
}

/** Every pixel gathers its share of its bins, which overlap if sides don't divide. */
function backward(s: Sides) {
  return program('average pool gradient', s, () => ({
    params: { size: 'u32' },
    storage: { dy: 'array<f32>', dx: 'array<f32>' },
    threads: THREADS,
    declarations: BINS,
    body: `
  let i = group * ${THREADS}u + lane;
  if (i >= params.size) { return; }
  let channel = i % ${s.channels}u;
  let column = i / ${s.channels}u % ${s.width}u;
  let row = i / ${s.channels * s.width}u % ${s.height}u;
  let image = i / ${s.channels * s.width * s.height}u;
  var sum = 0.0;
  for (var r = 0u; r < ${s.outHeight}u; r++) {
    let rowStart = binStart(r, ${s.height}u, ${s.outHeight}u);
    let rowEnd = binEnd(r, ${s.height}u, ${s.outHeight}u);
    if (row < rowStart || row >= rowEnd) { continue; }
    for (var c = 0u; c < ${s.outWidth}u; c++) {
      let columnStart = binStart(c, ${s.width}u, ${s.outWidth}u);
      let columnEnd = binEnd(c, ${s.width}u, ${s.outWidth}u);
      if (column < columnStart || column >= columnEnd) { continue; }
      let at = ((image * ${s.outHeight}u + r) * ${s.outWidth}u + c) * ${s.channels}u + channel;
      sum += dy[at] / f32((rowEnd - rowStart) * (columnEnd - columnStart));
    }
  }
  dx[i] = sum;`,
  }));
}

export const kernels: AdaptiveAvgPoolKernels = {
  LabAdaptiveAvgPool({ inputs: { x }, attrs: { inputShape, outHeight, outWidth }, backend }) {
    const gpu = backend as GpuBackend;
    const [n, height, width, channels] = inputShape;
    const y = gpu.output([n, outHeight, outWidth, channels]);
    const size = tf.util.sizeFromShape(y.shape);
    const pool = forward({ height, width, outHeight, outWidth, channels });
    gpu.run({ program: pool, tensors: [x, y], params: [size], groups: Math.ceil(size / THREADS) });
    return y;
  },

  LabAdaptiveAvgPoolGrad({ inputs: { dy }, attrs: { inputShape }, backend }) {
    const gpu = backend as GpuBackend;
    const [, height, width, channels] = inputShape;
    const [, outHeight, outWidth] = dy.shape;
    const dx = gpu.output(inputShape);
    const size = tf.util.sizeFromShape(inputShape);
    const pool = backward({ height, width, outHeight, outWidth, channels });
    gpu.run({ program: pool, tensors: [dy, dx], params: [size], groups: Math.ceil(size / THREADS) });
    return dx;
  },
};
