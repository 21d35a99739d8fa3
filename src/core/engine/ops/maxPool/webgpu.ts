/** maxPool on the webgpu device. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { program } from '../../devices/webgpu/program.ts';
import * as tf from '../../tf.ts';
import { outputSide } from '../kernel.ts';
import type { MaxPoolAttributes, MaxPoolKernels } from './index.ts';

const THREADS = 256;

/** Sizes and attributes as baked constants; `outHeight` and `outWidth` are y's. */
function constantsOf({ inputShape: [, height, width, channels], window, stride, pad }: MaxPoolAttributes) {
  const [outHeight, outWidth] = [height, width].map((side) => outputSide(side, window, stride, pad));
  return { height, width, channels, outHeight, outWidth, window, stride, pad };
}

type Pool = ReturnType<typeof constantsOf>;

/** Pixel and channel of the flat index `i` into [n, height, width, channels]. */
function unravel(height: number, width: number, channels: number): string {
  return `
  let channel = i % ${channels}u;
  let column = i / ${channels}u % ${width}u;
  let row = i / ${channels * width}u % ${height}u;
  let image = i / ${channels * width * height}u;`;
}

/**
 * Numbers are compared by integer keys in the same order, NaN's the largest: compilers may assume that there is no NaN.
 */
const KEY = `
fn key(x: f32) -> i32 {
  let bits = bitcast<u32>(x);
  let size = bits & 0x7fffffffu;
  if (size > 0x7f800000u) { return 0x7fffffff; }
  return select(i32(size), -i32(size), bits > size);
}`;

function forward(p: Pool) {
  return program('max pool', p, () => ({
    params: { size: 'u32' },
    storage: { x: 'array<f32>', y: 'array<f32>', argmax: 'array<i32>' },
    threads: THREADS,
    declarations: KEY,
    body: `
  let i = group * ${THREADS}u + lane;
  if (i >= params.size) { return; }
  ${unravel(p.outHeight, p.outWidth, p.channels)}
  let first = image * ${p.height * p.width * p.channels}u;
  var best = 0u;
  var bestKey = -0x7fffffff - 1;
  for (var r = 0u; r < ${p.window}u; r++) {
    for (var c = 0u; c < ${p.window}u; c++) {
      // Above or left of the image, these wrap around to large numbers.
      let inRow = row * ${p.stride}u + r - ${p.pad}u;
      let inColumn = column * ${p.stride}u + c - ${p.pad}u;
      if (inRow >= ${p.height}u || inColumn >= ${p.width}u) { continue; }
      let at = (inRow * ${p.width}u + inColumn) * ${p.channels}u + channel;
      let thisKey = key(x[first + at]);
      if (thisKey > bestKey) { best = at; bestKey = thisKey; }
    }
  }
  y[i] = x[first + best];
  argmax[i] = i32(best);`,
  }));
}

/** Every pixel gathers from its windows, in a fixed order. */
function backward(p: Pool) {
  return program('max pool gradient', p, () => ({
    params: { size: 'u32' },
    storage: { dy: 'array<f32>', argmax: 'array<i32>', dx: 'array<f32>' },
    threads: THREADS,
    body: `
  let i = group * ${THREADS}u + lane;
  if (i >= params.size) { return; }
  ${unravel(p.height, p.width, p.channels)}
  let own = i32(i % ${p.height * p.width * p.channels}u);
  let firstRow = u32(max(i32(row) + ${p.pad + p.stride - p.window}, 0)) / ${p.stride}u;
  let firstColumn = u32(max(i32(column) + ${p.pad + p.stride - p.window}, 0)) / ${p.stride}u;
  let endRow = min((row + ${p.pad}u) / ${p.stride}u + 1u, ${p.outHeight}u);
  let endColumn = min((column + ${p.pad}u) / ${p.stride}u + 1u, ${p.outWidth}u);
  var sum = 0.0;
  for (var r = firstRow; r < endRow; r++) {
    for (var c = firstColumn; c < endColumn; c++) {
      let at = ((image * ${p.outHeight}u + r) * ${p.outWidth}u + c) * ${p.channels}u + channel;
      if (argmax[at] == own) { sum += dy[at]; }
    }
  }
  dx[i] = sum;`,
  }));
}

export const kernels: MaxPoolKernels = {
  LabMaxPool({ inputs: { x }, attrs, backend }) {
    const gpu = backend as GpuBackend;
    const pool = constantsOf(attrs);
    const shape = [x.shape[0], pool.outHeight, pool.outWidth, pool.channels];
    const [y, argmax] = [gpu.output(shape), gpu.output(shape, 'int32')];
    const size = tf.util.sizeFromShape(shape);
    const groups = Math.ceil(size / THREADS);
    gpu.run({ program: forward(pool), tensors: [x, y, argmax], params: [size], groups });
    return [y, argmax];
  },

  LabMaxPoolGrad({ inputs: { dy, argmax }, attrs, backend }) {
    const gpu = backend as GpuBackend;
    const dx = gpu.output(attrs.inputShape);
    const size = tf.util.sizeFromShape(attrs.inputShape);
    const groups = Math.ceil(size / THREADS);
    gpu.run({ program: backward(constantsOf(attrs)), tensors: [dy, argmax, dx], params: [size], groups });
    return dx;
  },
};
