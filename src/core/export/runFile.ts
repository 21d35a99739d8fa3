/** A run's manifest as a file: what the record of a run must hold to be repeated, read from anybody. */

import { baselineOf } from '../baselines/meta.ts';
import { MOST_CAP } from '../dataset/caps.ts';
import type { IngestOptions } from '../dataset/options.ts';
import { FEWEST_FOLDS, PROTOCOL_NAMES } from '../dataset/protocols/protocol.ts';
import { SHARE_UNITS } from '../dataset/share.ts';
import { DEVICE_NAMES } from '../engine/devices/types.ts';
import { LabError } from '../errors.ts';
import { type Calibration, isCalibration } from '../evaluate/calibration.ts';
import { isLabelSet, type LabelSet, labelSetFaults, MOST_CLASSES } from '../labels/labelSet.ts';
import { NETWORK_META } from '../nn/meta.ts';
import type { Contents } from '../train/contents.ts';
import type { RecordedFigures } from '../train/repeat.ts';
import { INPUT_SIZES, PRESET_NAMES, type RunConfig } from '../train/run.ts';
import { EXCLUDE_REASONS, SPLITS } from '../types.ts';
import {
  fault,
  list,
  matching,
  maybe,
  number,
  object,
  oneOf,
  orNull,
  record,
  type Shape,
  type Shaped,
  ShapeFault,
  text,
  whole,
  yesOrNo,
} from './shape.ts';

/** What `format` says in every manifest. */
export const RUN_FORMAT = 'modality-lab-run';
/** The data block of the first run in a page of a report; those of others end in a number. */
export const RECORD_ID = 'run-manifest';
/** Of a manifest; a report, which holds one, is larger. */
export const MOST_RUN_BYTES = 64_000_000;

const MOST_DATASETS = 10_000;
const MOST_EPOCHS = 1000;
const SHARE = number(0, 1);
const COUNT = whole(0, Number.MAX_SAFE_INTEGER);
const NAME = text(200);
const HEX8 = matching(/^[0-9a-f]{8}$/, '8 hexadecimal digits');
const HEX16 = matching(/^[0-9a-f]{16}$/, '16 hexadecimal digits');

const plateau = object(
  {
    kind: oneOf('plateau'),
    factor: number(1e-6, 1),
    patience: whole(0, 1e6),
    threshold: SHARE,
    checksPerEpoch: whole(1, 1e6),
  },
  true,
);
const SCHEDULES = {
  constant: object({ kind: oneOf('constant') }, true),
  plateau,
  cosine: object({ kind: oneOf('cosine'), warmup: SHARE }, true),
} satisfies { [Kind in RunConfig['schedule']['kind']]: Shape<RunConfig['schedule']> };

const schedule: Shape<RunConfig['schedule']> = (value, at) => {
  const kind = (value as { kind?: unknown } | null)?.kind;
  const known = Object.entries(SCHEDULES).find(([name]) => name === kind);
  return known ? known[1](value, at) : fault(at, 'a schedule that this version knows');
};

/** Every setting, under the name that `recordedConfig` gives it; one that is missing here is a compile error. */
const SETTINGS = {
  network: oneOf(...Object.values(NETWORK_META).map(({ key }) => key)),
  size: oneOf(...INPUT_SIZES),
  preset: oneOf(...PRESET_NAMES),
  epochs: whole(1, MOST_EPOCHS),
  batch: whole(1, 1024),
  rate: number(1e-6, 10),
  momentum: number(0, 0.999),
  weightDecay: SHARE,
  decayNormAndBias: yesOrNo,
  labelSmoothing: number(0, 0.5),
  schedule,
  seed: whole(0, 2 ** 32 - 1),
  balance: yesOrNo,
  augment: yesOrNo,
  leastImages: maybe(whole(0, 1e9)),
  device: oneOf('auto', ...DEVICE_NAMES),
  outliers: maybe(number(0, 0.5)),
  labelNoise: maybe(number(0, 0.9)),
  epochBy: maybe(oneOf('last', 'validate')),
  patience: maybe(whole(0, 1000)),
  testOnDemand: maybe(yesOrNo),
  fold: maybe(
    object(
      {
        protocol: oneOf(...PROTOCOL_NAMES),
        folds: whole(FEWEST_FOLDS, MOST_DATASETS),
        fold: whole(0, MOST_DATASETS - 1),
        seed: whole(0, 2 ** 31),
      },
      true,
    ),
  ),
  share: maybe(
    object({ by: oneOf(...SHARE_UNITS), part: number(1e-6, 1), seed: whole(0, 2 ** 32 - 1) }, true),
  ),
  start: maybe(
    object(
      {
        from: oneOf('starter'),
        layers: oneOf('all', 'head'),
        weights: maybe(HEX8),
        head: maybe(oneOf('kept', 'new')),
      },
      true,
    ),
  ),
} satisfies {
  [Name in Exclude<keyof RunConfig, 'inputSize' | 'learningRate'> | 'size' | 'rate']: Shape<unknown>;
};

const labelSet: Shape<LabelSet> = (value, at) =>
  isLabelSet(value) && labelSetFaults(value).length === 0 ? value : fault(at, 'a usable label set');
const calibration: Shape<Calibration> = (value, at) =>
  isCalibration(value) ? value : fault(at, 'a usable calibration');

const caps = object({
  seed: whole(0, 2 ** 32 - 1),
  slices: record(whole(1, MOST_CAP), MOST_CLASSES),
});
const figure = orNull(number());
const split = object({
  n: COUNT,
  metrics: record(figure, 100),
  perClass: record(list(figure, 64), 100),
  confusion: list(list(COUNT, 64), 64),
  labels: list(text(60), 64),
  perDataset: list(
    object({ id: text(100), modality: text(60), n: COUNT, correct: COUNT, accuracy: SHARE }),
    MOST_DATASETS,
  ),
});
const bySplit = <T>(shape: Shape<T>) => object({ train: shape, validate: shape, test: shape });

const RUN = object({
  format: oneOf(RUN_FORMAT),
  status: oneOf('finished'),
  started: text(40),
  app: object({ commit: text(100) }),
  device: object({ name: oneOf(...DEVICE_NAMES), adapter: orNull(text(300)), threads: whole(1, 4096) }),
  preprocessing: object({ antialias: yesOrNo, padding: oneOf('include', 'exclude') }) as Shape<IngestOptions>,
  /** Absent in records of versions without caps. */
  caps: orNull(caps),
  labelSet,
  config: object(SETTINGS, true),
  datasets: list(
    object({
      id: text(100),
      name: NAME,
      split: oneOf(...SPLITS),
      leftOut: object({ kinds: list(oneOf(...EXCLUDE_REASONS), 10) }),
    }),
    MOST_DATASETS,
  ),
  evaluated: object({
    complete: yesOrNo,
    weights: HEX8,
    /** Of other data than it learned from. */
    datasets: orNull(list(object({}), MOST_DATASETS)),
    contents: orNull(object({ datasets: bySplit(record(HEX16, MOST_DATASETS)), order: bySplit(HEX8) })),
  }),
  metrics: object({
    history: list(
      object({
        epoch: whole(1, MOST_EPOCHS),
        trainLoss: number(),
        trainAccuracy: SHARE,
        validateLoss: figure,
        validateAccuracy: figure,
        validateBalancedAccuracy: figure,
        learningRate: number(),
      }),
      MOST_EPOCHS,
    ),
    evaluation: bySplit(orNull(split)),
    calibration: orNull(calibration),
  }),
});

export type RecordedRun = Omit<Shaped<typeof RUN>, 'config' | 'evaluated' | 'metrics'> &
  RecordedFigures & { weights: string; contents: Contents };

/**
 * @param content of a run manifest, or of a report, as JSON or as a page, which holds one
 * @throws LabError `run-unusable`
 */
export function readRunFile(content: string): RecordedRun {
  if (content.length > MOST_RUN_BYTES) throw tooLarge();
  const value = inReport(parsed(/^\s*<!doctype html/i.test(content) ? inPage(content) : content));
  if (isBaseline(value)) throw unusable('It is the record of a baseline, which the Train page makes again.');
  try {
    const { config, evaluated, metrics, ...run } = RUN(value, '');
    const { contents, complete, datasets, weights } = evaluated;
    if (!contents || !complete)
      throw unusable(
        'It does not say which data it was made of: it was not evaluated by a version that records them.',
      );
    if (datasets) throw unusable('Its figures were made on other data than it learned from.');
    const { size: inputSize, rate: learningRate, ...others } = config;
    return {
      ...run,
      config: { ...others, inputSize, learningRate } as RunConfig,
      weights,
      contents,
      ...metrics,
    };
  } catch (error) {
    if (error instanceof ShapeFault) throw unusable(error.message);
    throw error;
  }
}

/** What a page of a report holds of its one run. */
function inPage(page: string): string {
  const [, ...blocks] = page.split(`<script type="application/json" id="${RECORD_ID}`);
  if (blocks.length > 1) throw unusable('This page is about several runs: take the manifest of one.');
  const [block] = blocks;
  if (!block?.startsWith('">')) throw unusable('This page holds no record of a run.');
  return block.slice(2, block.indexOf('</script>'));
}

function inReport(value: unknown): unknown {
  const { format, manifest } = fields(value);
  return format === undefined && manifest !== undefined ? manifest : value;
}

function isBaseline(value: unknown): boolean {
  const { network } = fields(fields(value).config);
  return typeof network === 'string' && baselineOf({ network }) !== null;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw unusable('It is not JSON.');
  }
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function tooLarge(): LabError {
  return unusable('It is larger than any record of a run.');
}

function unusable(why: string): LabError {
  return new LabError(
    'run-unusable',
    `This record of a run cannot be repeated. ${why}`,
    'Nothing was trained.',
    'Choose a run manifest or a report of a finished run that this app saved.',
  );
}
