/** input on the webgpu device. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { program } from '../../devices/webgpu/program.ts';
import type { InputKernels } from './index.ts';

const THREADS = 256;

const INPUT = program('input', {}, () => ({
  params: { pixels: 'u32' },
  storage: { x: 'array<u32>', y: 'array<f32>' },
  threads: THREADS,
  body: `
  let i = group * ${THREADS}u + lane;
  if (i >= params.pixels) { return; }
  y[i] = f32((x[i / 4u] >> (i % 4u * 8u)) & 255u) / 255.0;`,
}));

export const kernels: InputKernels = {
  LabInput({ inputs: { x }, attrs: { n, size }, backend }) {
    const gpu = backend as GpuBackend;
    const y = gpu.output([n, size, size, 1]);
    const pixels = n * size * size;
    const groups = Math.ceil(pixels / THREADS);
    gpu.run({ program: INPUT, tensors: [x, y], params: [pixels], groups });
    return y;
  },
};
