/** adaptiveAvgPool: averages over PyTorch's bins; 1×1 is the global average. */
import type * as tf from '../../tf.ts';
import type { Shape4 } from '../conv2d/index.ts';
import { type Kernel, registerGradient, runKernel } from '../kernel.ts';

export type AdaptiveAvgPoolKernels = {
  /**
   * x [N,H,W,C] → [N,outHeight,outWidth,C]. Bin i of `out` covers floor(i·in/out) up to, not including,
   * ceil((i+1)·in/out); bins overlap where in isn't a multiple of out. `inputShape` is x's.
   */
  LabAdaptiveAvgPool: Kernel<
    { x: tf.TensorInfo },
    { inputShape: Shape4; outHeight: number; outWidth: number }
  >;
  /** dy [N,outH,outW,C] → dx of `inputShape`. */
  LabAdaptiveAvgPoolGrad: Kernel<{ dy: tf.TensorInfo }, { inputShape: Shape4 }>;
};

/** First row of a bin, and the row after its last. */
export function binRange(index: number, inSide: number, outSide: number): [start: number, end: number] {
  return [Math.floor((index * inSide) / outSide), Math.ceil(((index + 1) * inSide) / outSide)];
}

export function adaptiveAvgPool(x: tf.Tensor4D, outHeight: number, outWidth: number): tf.Tensor4D {
  const attributes = { inputShape: x.shape, outHeight, outWidth };
  return runKernel('LabAdaptiveAvgPool', { x }, attributes) as tf.Tensor4D;
}

registerGradient('LabAdaptiveAvgPool', {
  gradient: (dy, _, { inputShape }) => ({
    x: () => runKernel('LabAdaptiveAvgPoolGrad', { dy }, { inputShape }),
  }),
});
