/** input on the webgpu device. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { program } from '../../devices/webgpu/program.ts';
import type { InputKernels } from './index.ts';

const THREADS = 256;

function area(side: number, size: number) {
  return program('input', { side, size }, () => ({
    params: { pixels: 'u32' },
    storage: { x: 'array<u32>', y: 'array<f32>' },
    threads: THREADS,
    declarations: `
const scale = ${side} / f32(${size});
fn pixel(at: u32) -> f32 { return f32((x[at / 4u] >> (at % 4u * 8u)) & 255u); }
// How much of pixel j lies in the span of output i.
fn overlap(i: u32, j: u32) -> f32 { return min(f32(j + 1u), f32(i + 1u) * scale) - max(f32(j), f32(i) * scale); }`,
    body: `
  let i = group * ${THREADS}u + lane;
  if (i >= params.pixels) { return; }
  let column = i % ${size}u;
  let row = i / ${size}u % ${size}u;
  let image = i / ${size * size}u * ${side * side}u;
  var sum = 0.0;
  for (var r = row * ${side}u / ${size}u; r < min(${side}u, ((row + 1u) * ${side}u + ${size - 1}u) / ${size}u); r++) {
    var line = 0.0;
    for (var c = column * ${side}u / ${size}u; c < min(${side}u, ((column + 1u) * ${side}u + ${size - 1}u) / ${size}u); c++) {
      line += overlap(column, c) * pixel(image + r * ${side}u + c);
    }
    sum += overlap(row, r) * line;
  }
  y[i] = sum / (scale * scale * 255.0);`,
  }));
}

export const kernels: InputKernels = {
  LabInput({ inputs: { x }, attrs: { n, side, size }, backend }) {
    const gpu = backend as GpuBackend;
    const y = gpu.output([n, size, size, 1]);
    const pixels = n * size * size;
    const groups = Math.ceil(pixels / THREADS);
    gpu.run({ program: area(side, size), tensors: [x, y], params: [pixels], groups });
    return y;
  },
};
