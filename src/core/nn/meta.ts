/** Texts and figures of each network. Separate from the networks, so that a page needs no tensor runtime. */
import type { MemoryDemands } from '../engine/devices/types.ts';

export type NetworkMeta = {
  /** Stored with runs and models; never reused for another network. */
  key: string;
  label: string;
  /** One sentence for choosing. */
  description: string;
  /** Trainable parameters with one input channel, without those of the outputs, and those of each output. */
  parameters: { body: number; output: number };
  /** Smallest input side in pixels. */
  smallestSize: number;
  /** Of the learning rates that suit networks with batch normalisation, this network's part; without it all. */
  rateFactor?: number;
  /** Forward and backward of one 224×224 image, two operations per multiply-add. */
  gflop: number;
  /** With four outputs; 64 need at most 4 MB more, which these figures leave room for. */
  memory: MemoryDemands;
};

export const NETWORK_META = {
  resnet10Half: {
    key: 'resnet10_half',
    label: 'ResNet-10 (half width)',
    description:
      'An eighth of ResNet-18’s computing and a ninth of its size: quick without a GPU; the starter is one.',
    parameters: { body: 1_227_104, output: 257 },
    smallestSize: 32,
    gflop: 1.26,
    memory: {
      simd: { networkBytes: 0.06e9, imageBytes: 8e6 },
      webgpu: { networkBytes: 0.04e9, imageBytes: 9e6 },
    },
  },
  resnet18: {
    key: 'resnet18',
    label: 'ResNet-18',
    description: 'Small and quick; the best first choice, and enough for most data.',
    parameters: { body: 11_170_240, output: 513 },
    smallestSize: 32,
    gflop: 10.33,
    memory: {
      simd: { networkBytes: 0.25e9, imageBytes: 20e6 },
      webgpu: { networkBytes: 0.1e9, imageBytes: 22e6 },
    },
  },
  resnet34: {
    key: 'resnet34',
    label: 'ResNet-34',
    description:
      'ResNet-18 with twice as many blocks; takes twice as long and can be a little more accurate.',
    parameters: { body: 21_278_400, output: 513 },
    smallestSize: 32,
    gflop: 21.43,
    memory: {
      simd: { networkBytes: 0.4e9, imageBytes: 33e6 },
      webgpu: { networkBytes: 0.3e9, imageBytes: 33e6 },
    },
  },
  resnet50: {
    key: 'resnet50',
    label: 'ResNet-50',
    description: 'Deeper; takes more than twice as long as ResNet-18 and can be a little more accurate.',
    parameters: { body: 23_501_760, output: 2_049 },
    smallestSize: 32,
    gflop: 23.97,
    memory: {
      simd: { networkBytes: 0.4e9, imageBytes: 90e6 },
      webgpu: { networkBytes: 0.2e9, imageBytes: 92e6 },
    },
  },
  vgg16: {
    key: 'vgg16',
    label: 'VGG16',
    description:
      'Large and slow, without batch normalisation: learns at a tenth of the others’ rate; needs much memory.',
    parameters: { body: 134_259_392, output: 4_097 },
    smallestSize: 32,
    // As torchvision's reference recipes have it: 0.01 for VGG, 0.1 for ResNets.
    rateFactor: 0.1,
    gflop: 92.39,
    memory: {
      simd: { networkBytes: 1.9e9, imageBytes: 120e6 },
      webgpu: { networkBytes: 1.6e9, imageBytes: 70e6 },
    },
  },
  vgg16Bn: {
    key: 'vgg16_bn',
    label: 'VGG16 with batch norm',
    description: 'VGG16 that learns more steadily; just as large and slow.',
    parameters: { body: 134_267_840, output: 4_097 },
    smallestSize: 32,
    gflop: 92.39,
    memory: {
      simd: { networkBytes: 1.9e9, imageBytes: 200e6 },
      webgpu: { networkBytes: 1.6e9, imageBytes: 121e6 },
    },
  },
} as const satisfies Record<string, NetworkMeta>;

/** Trainable parameters of a network with one output for each of `classes`. */
export function parametersOf({ parameters }: Pick<NetworkMeta, 'parameters'>, classes: number): number {
  return parameters.body + classes * parameters.output;
}

/** The display name of a stored network key; the key itself if this version does not have it. */
export function networkLabel(network: string): string {
  return Object.values(NETWORK_META).find(({ key }) => key === network)?.label ?? network;
}
