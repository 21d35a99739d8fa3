/** linear on the simd device (wasm/linear.ts). */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import type * as tf from '../../tf.ts';
import { partialBytes, rowsOf } from '../rows.simd.ts';
import type { LinearKernels } from './index.ts';

/** As in wasm/linear.ts: a slice of the weight, packed; a tile for edges; one tap's addresses. */
const SCRATCH_BYTES = 256 * 64 * 4 + 256 + 64;

export const kernels: Partial<LinearKernels> = {
  LabLinear({ inputs: { x, weight, bias }, attrs: { relu }, backend }) {
    const simd = backend as SimdBackend;
    const [n, i] = x.shape;
    const o = weight.shape[1];
    const y = simd.allocate([n, o]);
    const from = [x, weight, y, bias].map((tensor) => simd.address(tensor));
    product(simd, [...from, relu ? 1 : 0, n, i, o, 0]);
    return y;
  },

  LabLinearGrad({ inputs: { dy, x, weight }, backend }) {
    const simd = backend as SimdBackend;
    const [n, i] = x.shape;
    const o = weight.shape[1];
    const dx = backpropInput(simd, dy, weight);
    const dweight = simd.allocate(weight.shape);
    const dbias = simd.allocate([o]);
    const scratchBytes = 256 + Math.ceil((n * (4 + 8 * 4)) / 64) * 64;
    simd.scratch(scratchBytes * simd.threads.count, (scratch) => {
      const outer = [x, dy, dweight].map((tensor) => simd.address(tensor));
      simd.threads.run('linearGradient', [...outer, n, i, o, scratch, scratchBytes]);
    });
    const { rows, channels, block } = rowsOf(dy.shape);
    simd.scratch(partialBytes(rows, channels, block), (partial) => {
      const shape = [0, rows, channels, block, partial];
      simd.threads.run('normGradientSums', [...shape, simd.address(dy), 0, 0, 0, 0], true);
      simd.threads.run('normGradientStatistics', [...shape, 0, 0, 0, 0, simd.address(dbias)], true);
    });
    return [dx, dweight, dbias];
  },

  LabLinearBackpropInput: ({ inputs: { dy, weight }, backend }) =>
    backpropInput(backend as SimdBackend, dy, weight),
};

function backpropInput(simd: SimdBackend, dy: tf.TensorInfo, weight: tf.TensorInfo): tf.TensorInfo {
  const [n, o] = dy.shape;
  const i = weight.shape[0];
  const dx = simd.allocate([n, i]);
  const from = [dy, weight, dx].map((tensor) => simd.address(tensor));
  product(simd, [...from, 0, 0, n, o, i, 1]);
  return dx;
}

function product(simd: SimdBackend, values: number[]): void {
  simd.scratch(SCRATCH_BYTES * simd.threads.count, (scratch) =>
    simd.threads.run('linearProduct', [...values, scratch, SCRATCH_BYTES]),
  );
}
