/** The types of a run: its configuration and the record of each epoch. */
import type { Fold } from '../dataset/protocols/protocol.ts';
import type { Share } from '../dataset/share.ts';
import type { DeviceName } from '../engine/devices/types.ts';

export const PRESET_NAMES = ['quick', 'paper', 'paper-code', 'starter', 'starter-head'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** The schedule of the learning rate. Plateau is PyTorch's ReduceLROnPlateau on the training loss. */
export type Schedule =
  | { kind: 'constant' }
  | { kind: 'plateau'; factor: number; patience: number; threshold: number; checksPerEpoch: number }
  /** Linear warm-up over `warmup` of the run, then a half cosine to zero. */
  | { kind: 'cosine'; warmup: number };

/** Sides of a network's input in pixels. */
export const INPUT_SIZES = [64, 96, 128, 224] as const;
export type InputSize = (typeof INPUT_SIZES)[number];

/** The weights that a training begins with, and which of them it changes. */
export type Start = {
  from: 'starter';
  layers: 'all' | 'head';
  /** Filled in when the run begins: the hash of those weights, and whether they brought the last layer along. */
  weights?: string;
  head?: 'kept' | 'new';
};

export type RunConfig = {
  network: string;
  /** Side of the network's input in pixels. */
  inputSize: InputSize;
  /** The initial preset; edited settings are stored separately. */
  preset: PresetName;
  epochs: number;
  batch: number;
  learningRate: number;
  momentum: number;
  weightDecay: number;
  decayNormAndBias: boolean;
  labelSmoothing: number;
  schedule: Schedule;
  seed: number;
  /** Each class is drawn equally often, and datasets within a class by the square root of their size. */
  balance: boolean;
  augment: boolean;
  /**
   * Minimum images per epoch, so that a small project learns as much from it as a larger one. Absent in runs
   * stored before it was a setting: then LEAST_IMAGES with augmentation, else each image once.
   */
  leastImages?: number;
  device: 'auto' | DeviceName;
  /**
   * Share of the images, 0 to 1, that are made-up pictures of no class: the network then has an output for them, and can call a
   * picture unknown. Absent: none.
   */
  outliers?: number;
  /**
   * Share of the training slices, 0 to 1, whose label is replaced by another occurring one, drawn by the seed,
   * to see what wrong labels do. Stored labels stay as they are. Absent: none.
   */
  labelNoise?: number;
  /** Absent: fresh weights, drawn by the seed. */
  start?: Start;
  /**
   * Which epoch's weights are the model: those of the highest balanced accuracy in validation, the first of equal ones.
   * `last`, or absent: the last, as in the paper.
   */
  epochBy?: 'last' | 'validate';
  /** Ends the training when so many epochs in a row were not the best in validation. 0, or absent: it goes through all. */
  patience?: number;
  /** Whether the test split is evaluated only when the user asks for it. Absent: at the end of the run, as every split. */
  testOnDemand?: boolean;
  /** The fold of a protocol whose splits the run has in place of the datasets' own. Absent: the datasets' own. */
  fold?: Fold;
  /** Of the training data, drawn by a seed of its own. Absent: all of them. */
  share?: Share;
};

/**
 * Settings under the names that they were first recorded with: reports, model files and the fingerprints of checkpoints
 * keep those.
 */
export function recordedConfig({ inputSize: size, learningRate: rate, ...config }: RunConfig) {
  return { ...config, size, rate };
}

/** One line of the epoch table. Validation is always in evaluation mode. null: there was no validate split. */
export type EpochRecord = {
  /** From 1. */
  epoch: number;
  trainLoss: number;
  trainAccuracy: number;
  validateLoss: number | null;
  validateAccuracy: number | null;
  validateBalancedAccuracy: number | null;
  learningRate: number;
  seconds: number;
  imagesPerSecond: number;
};
