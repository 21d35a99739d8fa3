/** A run that repeats a recorded one: what the record says of its figures, and which of this run's are others. */
import type { Calibration } from '../evaluate/calibration.ts';
import type { DatasetScore, Evaluation } from '../evaluate/evaluation.ts';
import { SPLITS, type Split } from '../types.ts';
import type { Evaluated } from './manifest.ts';
import { type EpochRecord, type RunConfig, recordedConfig } from './run.ts';

/** Figures of a split, as a record has them. */
type RecordedSplit = {
  n: number;
  metrics: Readonly<Record<string, number | null | undefined>>;
  perClass: Readonly<Record<string, readonly (number | null)[] | undefined>>;
  confusion: readonly (readonly number[])[];
  perDataset: readonly Pick<DatasetScore, 'id' | 'modality' | 'n' | 'correct'>[];
};
export type RecordedFigures = {
  config: RunConfig;
  /** Times are never the same. */
  history: readonly Omit<EpochRecord, 'seconds' | 'imagesPerSecond'>[];
  evaluation: Readonly<Record<Split, RecordedSplit | null>>;
  calibration: Calibration | null;
};

/** Of the recorded run; ids of datasets are this project's, and their names are left out. */
export type Repeats = RecordedFigures & {
  /** ISO 8601. */
  started: string;
  commit: string;
  device: { name: string; adapter: string | null; threads: number };
  /** Whether this project stores the training slices in the same order, without which batches differ. */
  sameOrder: boolean;
  /** `weightsHash` of the weights at the end. */
  weights: string;
};

type Run = {
  config: RunConfig;
  history: readonly EpochRecord[];
  evaluation: Evaluation | null;
  evaluated: Evaluated | null;
  calibration?: Calibration | null | undefined;
};

/** Figures that differ, one sentence each, bit for bit; null while the run is not evaluated. */
export function differingFigures(run: Run & { repeats: Repeats }): string[] | null {
  const { repeats, evaluated, evaluation } = run;
  if (!evaluated?.complete || !evaluation) return null;
  const rows = SPLITS.flatMap((split) => evaluation[split]?.perDataset ?? []);
  const names = new Map(rows.map(({ id, dataset }) => [id, dataset]));
  const then = figuresOf(repeats, repeats.weights, names);
  const calibration = run.calibration ?? null;
  const now = figuresOf({ ...run, evaluation, calibration }, evaluated.weights, names);
  return [...then].flatMap(([name, value]) => {
    const found = now.get(name) ?? null;
    return Object.is(value, found) ? [] : [`${name}: ${shown(value)} in the record, ${shown(found)} here.`];
  });
}

type Value = number | string | boolean | null;

/** Every figure of a run by its name. */
function figuresOf(
  { config, history, evaluation, calibration }: RecordedFigures,
  weights: string,
  names: ReadonlyMap<string, string>,
): Map<string, Value> {
  const figures = new Map<string, Value>();
  // Neither says what is computed, only where and when.
  const { device: _, testOnDemand: __, ...settings } = recordedConfig(config);
  collect(figures, 'Setting', settings);
  history.forEach((epoch, i) => {
    const { seconds: ___, imagesPerSecond: ____, ...kept } = { seconds: 0, imagesPerSecond: 0, ...epoch };
    collect(figures, `Epoch ${i + 1}`, kept);
  });
  figures.set('Weights', weights);
  for (const split of SPLITS) {
    const of = evaluation[split];
    if (!of) continue;
    const word = `${split[0].toUpperCase()}${split.slice(1)}`;
    const { n, metrics, perClass, confusion, perDataset } = of;
    collect(figures, word, { n, ...metrics, ...perClass, confusion });
    for (const { id, modality, n, correct } of perDataset)
      collect(figures, `${word}, ${modality} of ${names.get(id) ?? 'a dataset'}`, { n, correct });
  }
  collect(figures, 'Calibration', calibration);
  return figures;
}

function collect(figures: Map<string, Value>, name: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const [i, one] of value.entries()) collect(figures, `${name} ${i + 1}`, one);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) collect(figures, `${name}, ${key}`, one);
  } else if (value !== undefined) figures.set(name, value as Value);
}

function shown(value: Value): string {
  return value === null ? 'none' : String(value);
}
