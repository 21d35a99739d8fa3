/** One cell: a network of a variant learns from all folds but one, and judges that one. */
import { activate, openDevice } from '../../src/core/engine/devices/index.ts';
import * as tf from '../../src/core/engine/tf.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { type Model, modelOf } from '../../src/core/nn/model.ts';
import type { Network } from '../../src/core/nn/network.ts';
import { fromTorch, type ModelState, matchState } from '../../src/core/nn/state.ts';
import { createOutliers, UNSEEN } from '../../src/core/outliers/index.ts';
import { createControl } from '../../src/core/train/control.ts';
import { type LoopState, runLoop, startLoop } from '../../src/core/train/loop.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { EpochRecord } from '../../src/core/train/run.ts';
import { images } from '../../src/core/train/step.ts';
import { buildTrainer } from '../../src/core/train/trainer.ts';
import type { Trainer, TrainerState } from '../../src/core/train/trainer.types.ts';
import { host } from '../transfer/host.ts';
import { isKept } from '../transfer/score.ts';
import type { StudySlices } from './corpus.ts';
import { averaged } from './ema.ts';
import { joined } from './join.ts';
import { studyNetwork } from './network.ts';
import { createPictures, type Pictures } from './pictures.ts';
import type { Plan } from './plans.ts';
import type { Variant } from './variants.ts';

export type Judged = {
  /** Logits of each judged slice, as it is and mirrored left to right. */
  logits: Float32Array;
  mirrored: Float32Array;
  /** Pooled features, the input of the last layer. */
  features: Float32Array;
  /** Numbers of a slice's features. */
  width: number;
  /** Of pictures that are of no class; empty where none were given. */
  unknownLogits: Float32Array;
  unknownFeatures: Float32Array;
  /** The logit of "no class" of each slice, and of the pictures of no class; empty where the network has none. */
  none: Float32Array;
  unknownNone: Float32Array;
  /** What was learned. */
  state: ModelState;
  /** Features of some of the slices learned from, unchanged; empty where no such pictures were given. */
  learnedFeatures: Float32Array;
  /** How many of those are of each class, in this order. */
  learnedOf: number[];
  trainAccuracy: number;
  secondsTrained: number;
  imagesPerSecond: number;
};

type Strangers = Pick<
  Judged,
  'learnedFeatures' | 'learnedOf' | 'unknownLogits' | 'unknownFeatures' | 'unknownNone'
>;

export type CellOptions = {
  variant: Variant;
  plan: Plan;
  seed: number;
  threads: number;
  /** Pictures of no class, judged besides. */
  unknown: StudySlices | null;
  /** Where its state is kept meanwhile, so that a killed training goes on; without it, it begins anew. */
  keep?: Keep;
  /** Told of each epoch. */
  tell?: (record: EpochRecord) => void;
  /** Whether the training is to end where it is, for another time. */
  isOver?: () => boolean;
};

/** All that a training needs to go on, bit for bit. */
export type Kept = { trainer: TrainerState; average: ModelState | null; steps: number; loop: LoopState };
export type Keep = { read(): Kept | null; write(state: Kept): void };

/** The training ended before its last epoch; what it learned is kept. */
export class Unfinished extends Error {}

/** Steps between two contributions to an average of weights. */
const EMA_EVERY = 10;
const PREDICTED_AT_ONCE = 32;
/** Of each class: the neighbours that a picture's features are compared with. */
const LEARNED_KEPT = 150;
const CLASSES = DEFAULT_SET.classes.length;
const nothing = async () => {};

export async function runCell(
  study: StudySlices,
  { train, judge }: { train: Uint32Array; judge: Uint32Array },
  { variant, plan, seed, threads, unknown, keep, tell, isOver }: CellOptions,
): Promise<Judged> {
  const pictures = createPictures(study, variant);
  const device = await openDevice('simd', { ...host, cores: threads });
  const network = studyNetwork(plan.network ?? variant.network, outputsOf(variant));
  const config = {
    ...presetConfig('quick', seed),
    labelSmoothing: variant.labelSmoothing,
    epochs: plan.epochs * variant.longer,
    batch: plan.batch,
    learningRate: variant.learningRate * (plan.batch / 16),
  };
  const trainer = await buildTrainer(device, network, { ...config, inputSize: variant.size });
  const averages = averaging(trainer, variant.emaSteps);
  const control = createControl();
  const kept = keep?.read() ?? null;
  if (kept) {
    trainer.load(kept.trainer);
    averages.restore(kept);
  }
  const begun = performance.now();
  let trainAccuracy = 0;
  try {
    const { outcome } = await runLoop(
      {
        config,
        trainer: averages.trainer,
        batches: pictures.batches(train, { ...plan, seed }),
        control,
        events: {
          point: () => {
            if (isOver?.()) control.stop();
          },
          epoch: (history) => {
            const last = history.at(-1)!;
            ({ trainAccuracy } = last);
            tell?.(last);
            console.error(
              `  epoch ${last.epoch} of ${config.epochs}: ${trainAccuracy.toFixed(2)} right, ${last.imagesPerSecond.toFixed(0)} images/s`,
            );
          },
          phase: () => {},
        },
        validate: null,
        validateImages: 0,
        evaluationImages: 0,
        overlapsCompute: false,
        watch: nothing,
        checkpoint: async (loop) => keep?.write({ trainer: await trainer.save(), ...averages.kept(), loop }),
        nowMs: () => performance.now(),
        yieldToEventLoop: nothing,
        signal: new AbortController().signal,
      },
      kept?.loop ?? startLoop(),
    );
    if (outcome === 'stopped') throw new Unfinished();
    const secondsTrained = (performance.now() - begun) / 1000;
    const state = averages.state() ?? (await trainer.save()).model;
    const shown = Math.ceil(plan.draws / plan.batch) * plan.batch * config.epochs;
    const found = await judgeSlices(state, network, pictures, variant.size, judge);
    const judgeOf = (of: StudySlices, slices: Uint32Array) =>
      judgeSlices(state, network, createPictures(of, variant), variant.size, slices);
    return {
      ...found,
      ...(await judgeStrangers({ study, train, unknown }, judgeOf)),
      state,
      trainAccuracy,
      secondsTrained,
      imagesPerSecond: shown / secondsTrained,
    };
  } finally {
    trainer.dispose();
    device.dispose();
  }
}

/** As many of each class, evenly. */
function someOf({ label }: StudySlices, slices: Uint32Array): Uint32Array {
  return Uint32Array.from(
    DEFAULT_SET.classes.flatMap((_, own) => {
      const all = slices.filter((i) => label[i] === own);
      return [...all.filter((_, at) => isKept(at, all.length, LEARNED_KEPT))];
    }),
  );
}

export function allOf({ count }: { count: number }): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}

type Average = Pick<Kept, 'average' | 'steps'>;

function averaging(
  trainer: Trainer,
  emaSteps: number | null,
): { trainer: Trainer; state(): ModelState | null; kept(): Average; restore(kept: Average): void } {
  let average: ModelState | null = null;
  let steps = 0;
  const rest = {
    state: () => average,
    kept: () => ({ average, steps }),
    restore: (kept: Average) => {
      ({ average, steps } = kept);
    },
  };
  if (emaSteps === null) return { trainer, ...rest };
  const decay = 1 - EMA_EVERY / emaSteps;
  const step: Trainer['step'] = async (...args) => {
    const result = await trainer.step(...args);
    if (++steps % EMA_EVERY === 0) average = averaged(average, (await trainer.save()).model, decay);
    return result;
  };
  return { trainer: { ...trainer, step }, ...rest };
}

/**
 * What `judge` says of pictures of no class, and of some of the slices that were learned from; empty without such pictures.
 */
export async function judgeStrangers(
  { study, train, unknown }: { study: StudySlices; train: Uint32Array; unknown: StudySlices | null },
  judge: (of: StudySlices, slices: Uint32Array) => Promise<Pick<Judged, 'logits' | 'features' | 'none'>>,
): Promise<Strangers> {
  const strange = unknown && (await judge(unknown, allOf(unknown)));
  const some = someOf(study, train);
  const learned = unknown && (await judge(study, some));
  const empty = new Float32Array();
  return {
    learnedFeatures: learned?.features ?? empty,
    learnedOf: DEFAULT_SET.classes.map((_, k) =>
      learned ? some.filter((i) => study.label[i] === k).length : 0,
    ),
    unknownLogits: strange?.logits ?? empty,
    unknownFeatures: strange?.features ?? empty,
    unknownNone: strange?.none ?? empty,
  };
}

/** What a state of the weights says of some slices. */
export async function judgeState(
  study: StudySlices,
  state: ModelState,
  slices: Uint32Array,
  { variant, plan, threads }: Pick<CellOptions, 'variant' | 'plan' | 'threads'>,
) {
  const device = await openDevice('simd', { ...host, cores: threads });
  try {
    await activate(device);
    const network = studyNetwork(plan.network ?? variant.network, outputsOf(variant));
    return await judgeSlices(state, network, createPictures(study, variant), variant.size, slices);
  } finally {
    device.dispose();
  }
}

/** What a state of the weights says of made-up pictures that it has not learned from. */
export async function judgeUnseen(
  state: ModelState,
  count: number,
  { variant, plan, threads, seed }: Pick<CellOptions, 'variant' | 'plan' | 'threads' | 'seed'>,
) {
  const device = await openDevice('simd', { ...host, cores: threads });
  try {
    await activate(device);
    const network = studyNetwork(plan.network ?? variant.network, outputsOf(variant));
    const paint = createOutliers(variant.size);
    const plain: Pictures['plain'] = (number, target, offset) => {
      paint(target, offset, { seed, number: UNSEEN + number });
    };
    return await judgeSlices(state, network, { plain }, variant.size, allOf({ count }));
  } finally {
    device.dispose();
  }
}

/** One for each class, and one for "no class" where it learns that. */
export function outputsOf({ outliers }: Pick<Variant, 'outliers'>): number {
  return CLASSES + (outliers === null ? 0 : 1);
}

async function judgeSlices(
  state: ModelState,
  network: Network,
  pictures: Pick<Pictures, 'plain'>,
  size: number,
  slices: Uint32Array,
): Promise<Pick<Judged, 'logits' | 'mirrored' | 'features' | 'width' | 'none'>> {
  const records = matchState(network.tensors, state);
  const model = modelOf(network, (spec, index) => fromTorch(spec, records[index]));
  const parts: { logits: Float32Array; features: Float32Array; mirrored: Float32Array }[] = [];
  const area = size * size;
  for (let from = 0; from < slices.length; from += PREDICTED_AT_ONCE) {
    const n = Math.min(PREDICTED_AT_ONCE, slices.length - from);
    const pixels = new Uint8Array(n * area);
    for (let i = 0; i < n; i++) pictures.plain(slices[from + i], pixels, i * area);
    const { logits, features } = await forward(model, pixels, n, size);
    for (let row = 0; row < n * size; row++) pixels.subarray(row * size, (row + 1) * size).reverse();
    parts.push({ logits, features, mirrored: (await forward(model, pixels, n, size)).logits });
  }
  model.dispose();
  const features = joined(parts.map((part) => part.features));
  const logits = joined(parts.map((part) => part.logits));
  const mirroredLogits = joined(parts.map((part) => part.mirrored));
  return {
    logits: columns(logits, network.classes, 0, CLASSES),
    mirrored: columns(mirroredLogits, network.classes, 0, CLASSES),
    none: columns(logits, network.classes, CLASSES, network.classes),
    features,
    width: features.length / Math.max(1, slices.length),
  };
}

/** Columns of a matrix, from one up to another. */
function columns(values: Float32Array, width: number, from: number, to: number): Float32Array {
  if (from === 0 && to === width) return values;
  return values.filter((_, i) => i % width >= from && i % width < to);
}

async function forward(model: Model, pixels: Uint8Array, n: number, size: number) {
  const { network, evaluation } = model;
  const [logits, features] = tf.tidy(() => {
    const maps = network.features(images(pixels, 0, n, size), evaluation);
    return [network.classify(maps, evaluation), tf.mean(maps, [1, 2])];
  });
  const result = {
    logits: ((await logits.data()) as Float32Array).slice(),
    features: ((await features.data()) as Float32Array).slice(),
  };
  tf.dispose([logits, features]);
  return result;
}
