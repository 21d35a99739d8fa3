/** VGG16 (Simonyan & Zisserman 2014, configuration D), with and without batch normalisation, as in torchvision. */
import { adaptiveAvgPool } from '../engine/ops/adaptiveAvgPool/index.ts';
import type * as tf from '../engine/tf.ts';
import { convNormRelu, convRelu, flatten, linear, maxPool } from './blocks.ts';
import { type Pass, sequence } from './layer.ts';
import { NETWORK_META, type NetworkMeta } from './meta.ts';
import { type Architecture, type Block, inSequence, type Network, type Stage } from './network.ts';

export type VggShape = {
  /** Channels of the 3×3 convolutions of each stage; a 2×2 max pool follows each stage. */
  stages: number[][];
  /** Width of the two hidden linear layers. */
  hidden: number;
  /** Whether a batch norm follows each convolution. */
  batchNorm: boolean;
};

/** Side of the pooled activations. */
const POOLED = 7;

export function vgg(
  meta: NetworkMeta,
  { stages: shapes, hidden: width, batchNorm }: VggShape,
  classes: number,
): Network {
  const stages: Stage[] = [];
  const pool = maxPool(2, 2, 0);
  let inputs = 1;
  // torchvision numbers every module: convolution, (norm,) ReLU, and the pool after each stage.
  let index = 0;
  for (const outs of shapes) {
    const blocks: Block[] = [];
    for (const out of outs) {
      const shape = { in: inputs, out, kernelSize: 3, stride: 1, padding: 1 };
      const names = { conv: `features.${index}`, norm: `features.${index + 1}` };
      const convolution = batchNorm ? convNormRelu(names, shape, true) : convRelu(names.conv, shape);
      const pooled = stages.length > 0 && blocks.length === 0;
      index += batchNorm ? 3 : 2;
      blocks.push({
        module: `features.${index - 1}`,
        layer: pooled ? sequence([pool, convolution]) : convolution,
      });
      inputs = out;
    }
    stages.push({ label: `Stage ${stages.length + 1}`, blocks });
    index += 1;
  }
  const body = inSequence(stages);
  const fill = { weight: { normal: 0.01 }, bias: { constant: 0 } };
  const flattened: [number, number, number] = [POOLED, POOLED, inputs];
  const hidden = [
    linear('classifier.0', { in: POOLED * POOLED * inputs, out: width, flattened }, { relu: true, ...fill }),
    linear('classifier.3', { in: width, out: width }, { relu: true, ...fill }),
  ];
  const last = linear('classifier.6', { in: width, out: classes }, { relu: false, ...fill });
  return {
    meta,
    classes,
    tensors: [body, ...hidden, last].flatMap((layer) => layer.tensors),
    stages,
    features: body.forward,
    // The pool after the last stage belongs to the head, so that `features` ends with a convolution.
    classify(x, pass) {
      const pooled = flatten(adaptiveAvgPool(pool.forward(x, pass), POOLED, POOLED));
      const activations = hidden.reduce<tf.Tensor2D>(
        (y, layer, i) => dropped(layer.forward(y, pass), i, pass),
        pooled,
      );
      return last.forward(activations, pass);
    },
  };
}

function dropped(x: tf.Tensor2D, layer: number, pass: Pass): tf.Tensor2D {
  return pass.mode === 'train' ? pass.dropout(x, layer) : x;
}

/** Configuration D. */
const STAGES = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
];

const architecture = (meta: NetworkMeta, batchNorm: boolean): Architecture => ({
  meta,
  build: (classes) => vgg(meta, { stages: STAGES, hidden: 4096, batchNorm }, classes),
});

export const VGGS: readonly Architecture[] = [
  architecture(NETWORK_META.vgg16, false),
  architecture(NETWORK_META.vgg16Bn, true),
];
