/**
 * ResNet-18, ResNet-34 and ResNet-50 (He et al. 2015) as in torchvision: stride on the 3×3 of a bottleneck. ResNet-10 has one
 * block a stage.
 */

import { adaptiveAvgPool } from '../engine/ops/adaptiveAvgPool/index.ts';
import { type ConvNorm, convNorm, convNormRelu, flatten, linear, maxPool } from './blocks.ts';
import { type Layer, sequence } from './layer.ts';
import { NETWORK_META, type NetworkMeta } from './meta.ts';
import { type Architecture, type Block, inSequence, type Network, type Stage } from './network.ts';

export type ResnetShape = {
  block: 'basic' | 'bottleneck';
  /** Blocks of each stage. */
  depths: [number, number, number, number];
  /** Channels of the stem and of the first stage; doubled by each further one. */
  width: number;
};

/** Two 3×3 convolutions. */
function basicUnits(prefix: string, inputs: number, width: number, stride: number): ConvNorm[] {
  const names = (i: number) => ({ conv: `${prefix}.conv${i}`, norm: `${prefix}.bn${i}` });
  return [
    convNorm(names(1), { in: inputs, out: width, kernelSize: 3, stride, padding: 1 }),
    convNorm(names(2), { in: width, out: width, kernelSize: 3, stride: 1, padding: 1 }),
  ];
}

/** 1×1 down, 3×3, 1×1 up to four times the width. */
function bottleneckUnits(prefix: string, inputs: number, width: number, stride: number): ConvNorm[] {
  const names = (i: number) => ({ conv: `${prefix}.conv${i}`, norm: `${prefix}.bn${i}` });
  return [
    convNorm(names(1), { in: inputs, out: width, kernelSize: 1, stride: 1, padding: 0 }),
    convNorm(names(2), { in: width, out: width, kernelSize: 3, stride, padding: 1 }),
    convNorm(names(3), { in: width, out: width * 4, kernelSize: 1, stride: 1, padding: 0 }),
  ];
}

/** Units with a shortcut around them, added before the last ReLU. */
function residualBlock(units: ConvNorm[], shortcut: ConvNorm | null): Layer {
  return {
    tensors: [...units, ...(shortcut ? [shortcut] : [])].flatMap((unit) => unit.tensors),
    forward(x, pass) {
      const residual = shortcut ? shortcut.forward(x, pass, { relu: false }) : x;
      return units.reduce(
        (y, unit, i) =>
          unit.forward(y, pass, i === units.length - 1 ? { relu: true, residual } : { relu: true }),
        x,
      );
    },
  };
}

export function resnet(meta: NetworkMeta, { block, depths, width }: ResnetShape, classes: number): Network {
  const units = block === 'basic' ? basicUnits : bottleneckUnits;
  const expansion = block === 'basic' ? 1 : 4;
  const stem = convNormRelu(
    { conv: 'conv1', norm: 'bn1' },
    { in: 1, out: width, kernelSize: 7, stride: 2, padding: 3 },
    false,
  );
  const stages: Stage[] = [{ label: 'Stem', blocks: [{ module: 'relu', layer: stem }] }];
  let inputs = width;
  depths.forEach((depth, stage) => {
    const stageWidth = width * 2 ** stage;
    const blocks: Block[] = [];
    for (let i = 0; i < depth; i++) {
      const prefix = `layer${stage + 1}.${i}`;
      const stride = stage > 0 && i === 0 ? 2 : 1;
      const out = stageWidth * expansion;
      const names = { conv: `${prefix}.downsample.0`, norm: `${prefix}.downsample.1` };
      const shortcut =
        stride === 1 && inputs === out
          ? null
          : convNorm(names, { in: inputs, out, kernelSize: 1, stride, padding: 0 });
      const residual = residualBlock(units(prefix, inputs, stageWidth, stride), shortcut);
      // Maps shrink in the first unit of a stage.
      const layer = stage === 0 && i === 0 ? sequence([maxPool(3, 2, 1), residual]) : residual;
      blocks.push({ module: prefix, layer });
      inputs = out;
    }
    stages.push({ label: `Stage ${stage + 1}`, blocks });
  });
  const body = inSequence(stages);
  // nn.Linear's own initialisation: kaiming_uniform_(a=√5) equals U(±1/√in) for the weight, as for the bias.
  const uniform = { uniform: 1 / Math.sqrt(inputs) };
  const head = linear('fc', { in: inputs, out: classes }, { relu: false, weight: uniform, bias: uniform });
  return {
    meta,
    classes,
    tensors: [...body.tensors, ...head.tensors],
    stages,
    features: body.forward,
    classify: (x, pass) => head.forward(flatten(adaptiveAvgPool(x, 1, 1)), pass),
  };
}

const architecture = (meta: NetworkMeta, shape: ResnetShape): Architecture => ({
  meta,
  build: (classes) => resnet(meta, shape, classes),
});

export const RESNETS: readonly Architecture[] = [
  architecture(NETWORK_META.resnet10Half, { block: 'basic', depths: [1, 1, 1, 1], width: 32 }),
  architecture(NETWORK_META.resnet18, { block: 'basic', depths: [2, 2, 2, 2], width: 64 }),
  architecture(NETWORK_META.resnet34, { block: 'basic', depths: [3, 4, 6, 3], width: 64 }),
  architecture(NETWORK_META.resnet50, { block: 'bottleneck', depths: [3, 4, 6, 3], width: 64 }),
];
