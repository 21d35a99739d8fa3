/** Every convolution of the four networks on the simd device, on small odd maps, against sums in float64. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import { conv2d } from '../../../src/core/engine/ops/conv2d/index.ts';
import { runKernel } from '../../../src/core/engine/ops/kernel.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { NETWORKS } from '../../../src/core/nn/index.ts';
import { uniform } from '../../builders/uniform.ts';
import '../../harness/arrays.ts';
import { type Convolution, convolution, outputShape } from '../../builders/convolution.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';

/** Each filter that occurs, with stride 1 and 2, for one image (direct) and for two (Winograd, where it fits). */
function convolutions(): Convolution[] {
  const filters = NETWORKS.flatMap(({ build }) =>
    build(4).tensors.filter(({ kind }) => kind === 'convWeight'),
  );
  const distinct = new Map(filters.map(({ shape }) => [shape.join(), shape as Convolution['filter']]));
  return [...distinct.values()].flatMap((filter) => {
    const [window, , channels] = filter;
    return [
      { n: 1, stride: 1 },
      { n: 2, stride: 1 },
      { n: 1, stride: 2 },
    ].map(({ n, stride }) => ({
      x: [n, 5, 7, channels] as Convolution['x'],
      filter,
      stride,
      pad: window >> 1,
    }));
  });
}

const label = ({ x: [n], filter: [window, , ins, outs], stride }: Convolution) =>
  `${window}×${window}, ${ins} to ${outs}, stride ${stride}, batch ${n}`;

describe.runIf(NODE_DEVICES.includes('simd'))('to 1e-5 of the largest value', () => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice('simd', nodeHost);
  });
  afterAll(() => device.dispose());

  test.each(convolutions().map((shape) => [label(shape), shape] as const))('%s', (_, shape) => {
    const size = tf.util.sizeFromShape;
    const [kh, kw, ins] = shape.filter;
    const out = [...outputShape(shape)];
    const deviation = Math.sqrt(6 / (kh * kw * ins));
    const values = {
      // As after a ReLU.
      x: uniform(1, size(shape.x)).map((v) => Math.max(0, v)),
      filter: uniform(2, size(shape.filter)).map((v) => v * deviation),
      dy: uniform(3, size(out)),
    };
    const exact = convolution(shape, values);
    tf.tidy(() => {
      const x = tf.tensor4d(values.x, shape.x);
      const filter = tf.tensor4d(values.filter, shape.filter);
      const dy = tf.tensor4d(values.dy, out as [number, number, number, number]);
      const { stride, pad } = shape;
      const y = conv2d(x, filter, undefined, { stride, pad, relu: false });
      const dx = runKernel('LabConv2dBackpropInput', { dy, filter }, { inputShape: shape.x, stride, pad });
      const dfilter = runKernel(
        'LabConv2dBackpropFilter',
        { x, dy },
        { filterShape: shape.filter, stride, pad },
      );
      expect(y.dataSync(), 'y').toBeCloseToAll(exact.y);
      expect(dx.dataSync(), 'dx').toBeCloseToAll(exact.dx);
      expect(dfilter.dataSync(), 'dfilter').toBeCloseToAll(exact.dfilter);
    });
  });
});
