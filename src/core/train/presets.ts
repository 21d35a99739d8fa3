/** The presets a run begins from. */
import { NETWORK_META, type NetworkMeta } from '../nn/meta.ts';
import { LEAST_IMAGES } from './plan.ts';
import type { PresetName, RunConfig } from './run.ts';

export type Preset = {
  label: string;
  /** One plain sentence. */
  description: string;
  config: Omit<RunConfig, 'preset' | 'seed' | 'device' | 'network'>;
  /** Its rate is as published, for every network alike. */
  oneRate?: true;
};

/** PyTorch's ReduceLROnPlateau as used in the paper's code: ten times per epoch, on the training loss. */
const PLATEAU = { kind: 'plateau', factor: 0.1, patience: 3, threshold: 1e-4, checksPerEpoch: 10 } as const;

/** What all runs share that learn from few slices. */
const FOR_SMALL_DATA = {
  inputSize: 64,
  batch: 16,
  momentum: 0.9,
  weightDecay: 5e-4,
  decayNormAndBias: true,
  labelSmoothing: 0.1,
  schedule: { kind: 'cosine', warmup: 0.1 },
  balance: true,
  augment: true,
  outliers: 0.1,
  leastImages: LEAST_IMAGES,
} as const;

export const PRESETS: Record<PresetName, Preset> = {
  quick: {
    label: 'Quick',
    description:
      'For small data and little time: class-balanced sampling, strong augmentation, small images; can say “unknown”.',
    config: { ...FOR_SMALL_DATA, epochs: 8, learningRate: 0.02 },
  },
  paper: {
    label: 'Paper',
    description:
      'What the paper’s text says: rate 0.1 divided by 10 on a plateau, weight decay 0.005, 10 epochs.',
    oneRate: true,
    config: {
      inputSize: 224,
      epochs: 10,
      batch: 128,
      learningRate: 0.1,
      momentum: 0.9,
      weightDecay: 0.005,
      decayNormAndBias: true,
      labelSmoothing: 0,
      // The paper's text omits patience and threshold; these are from its code.
      schedule: PLATEAU,
      balance: false,
      augment: false,
      // An epoch of the paper shows every image once.
      leastImages: 0,
    },
  },
  'paper-code': {
    label: 'Paper’s code',
    description: 'What the paper’s published code does: rate 0.01, no weight decay, 5 epochs.',
    oneRate: true,
    config: {
      inputSize: 224,
      epochs: 5,
      batch: 128,
      learningRate: 0.01,
      momentum: 0.9,
      weightDecay: 0,
      decayNormAndBias: true,
      labelSmoothing: 0,
      schedule: PLATEAU,
      balance: false,
      augment: false,
      leastImages: 0,
    },
  },
  starter: {
    label: 'From the starter',
    description: 'Begins with the model that comes with the app and changes all of it by small steps.',
    config: {
      ...FOR_SMALL_DATA,
      epochs: 3,
      learningRate: 0.003,
      start: { from: 'starter', layers: 'all' },
    },
  },
  'starter-head': {
    label: 'From the starter, last layer alone',
    description:
      'Begins with the model that comes with the app and learns only its last layer: faster, for little data.',
    config: {
      ...FOR_SMALL_DATA,
      epochs: 2,
      learningRate: 0.02,
      start: { from: 'starter', layers: 'head' },
    },
  },
};

export function presetConfig(preset: PresetName, seed = 1, network = 'resnet18'): RunConfig {
  const { config, oneRate } = PRESETS[preset];
  const meta: NetworkMeta | undefined = Object.values(NETWORK_META).find(({ key }) => key === network);
  const learningRate = config.learningRate * ((!oneRate && meta?.rateFactor) || 1);
  return { network, preset, seed, device: 'auto', ...config, learningRate };
}

/** The same run with another network: a rate that is its preset's becomes the preset's for that network. */
export function withNetwork(config: RunConfig, network: string): RunConfig {
  const rateOf = (network: string) => presetConfig(config.preset, config.seed, network).learningRate;
  const learningRate = config.learningRate === rateOf(config.network) ? rateOf(network) : config.learningRate;
  return { ...config, network, learningRate };
}
