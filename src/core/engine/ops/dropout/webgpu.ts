/** dropout on the webgpu device. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { program } from '../../devices/webgpu/program.ts';
import * as tf from '../../tf.ts';
import { type DropoutKernels, dropoutMask } from './index.ts';

const THREADS = 256;

/** `hash32(key, 0, counter)` of random.ts. */
const HASH = `
fn mixed(start: u32) -> u32 {
  var x = start;
  x ^= x >> 16u;
  x *= 0x21f0aaadu;
  x ^= x >> 15u;
  x *= 0x735a2d97u;
  x ^= x >> 15u;
  return x;
}
fn hash32(key: u32, counter: u32) -> u32 { return mixed(mixed(mixed(key)) + counter * 0x9e3779b9u); }`;

export const kernels: DropoutKernels = {
  LabDropout({ inputs: { x }, attrs, backend }) {
    const gpu = backend as GpuBackend;
    const y = gpu.output(x.shape);
    const size = tf.util.sizeFromShape(x.shape);
    const { key, threshold, scale } = dropoutMask(attrs);
    const dropout = program('dropout', {}, () => ({
      params: { size: 'u32', key: 'u32', threshold: 'u32', scale: 'f32' },
      storage: { x: 'array<f32>', y: 'array<f32>' },
      threads: THREADS,
      declarations: HASH,
      body: `
  let i = group * ${THREADS}u + lane;
  if (i >= params.size) { return; }
  y[i] = select(0.0, x[i] * params.scale, hash32(params.key, i) >= params.threshold);`,
    }));
    const groups = Math.ceil(size / THREADS);
    gpu.run({ program: dropout, tensors: [x, y], params: [size, key, threshold, scale], groups });
    return y;
  },
};
