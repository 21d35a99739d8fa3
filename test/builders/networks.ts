/** Networks small enough for the reference device, and weights that the goldens' script computes as well. */
import type { TensorSpec } from '../../src/core/nn/layer.ts';
import type { NetworkMeta } from '../../src/core/nn/meta.ts';
import type { Network } from '../../src/core/nn/network.ts';
import { resnet } from '../../src/core/nn/resnet.ts';
import { type ModelState, torchShape } from '../../src/core/nn/state.ts';
import { vgg } from '../../src/core/nn/vgg.ts';
import { uniform } from './uniform.ts';

/** Whatever they take, it is little; what the largest network takes bounds the parts of a batch. */
const demand = { networkBytes: 1.9e9, imageBytes: 200e6 };

const meta = (key: string): NetworkMeta => ({
  key,
  label: key,
  description: 'For tests.',
  parameters: { body: 0, output: 0 },
  smallestSize: 32,
  gflop: 0,
  memory: { simd: demand, webgpu: demand },
});

const stages = [[4, 4], [6], [8, 8]];

export const narrowNetworks = (classes: number): Network[] => [
  resnet(meta('narrow basic'), { block: 'basic', depths: [1, 1, 1, 1], width: 6 }, classes),
  resnet(meta('narrow bottleneck'), { block: 'bottleneck', depths: [1, 1, 1, 1], width: 4 }, classes),
  vgg(meta('narrow vgg'), { stages, hidden: 16, batchNorm: false }, classes),
  vgg(meta('narrow vgg_bn'), { stages, hidden: 16, batchNorm: true }, classes),
];

/** As the goldens have them. */
export const NARROW_NETWORKS = narrowNetworks(4);

/** `set_weights` of test/golden/engine/make.py, in PyTorch's layouts. */
export function formulaState(specs: readonly TensorSpec[]): ModelState {
  return new Map(
    specs.map(({ name, kind }, stream) => {
      const shape = torchShape(specs[stream]);
      const values = uniform(
        stream,
        shape.reduce((size, side) => size * side, 1),
        11,
      );
      const scaled = {
        convWeight: (v: number) => v * Math.sqrt(6 / (shape[0] * shape[2] * shape[3])),
        linearWeight: (v: number) => v * Math.sqrt(3 / shape[1]),
        // The end of a residual branch as small as training makes it.
        normWeight: (v: number) => (1 + v * 0.2) / (/\.bn[23]\.weight$/.test(name) ? 4 : 1),
        bias: (v: number) => v * 0.1,
        runningMean: () => 0,
        runningVar: () => 1,
      }[kind];
      for (let i = 0; i < values.length; i++) values[i] = scaled(values[i]);
      return [name, { shape, data: values }];
    }),
  );
}
