/** Converts records of older versions to this version: pure functions from record to record. */

import { DEFAULT_OPTIONS } from '../core/dataset/options.ts';
import type { DatasetRecord } from '../core/dataset/record.ts';
import { modalityCode } from '../core/dicom/modalityCode.ts';
import type { SplitEvaluation } from '../core/evaluate/evaluation.ts';
import { DEFAULT_SET } from '../core/labels/sets/index.ts';
import type { Evaluated, Frozen, FrozenDataset } from '../core/train/manifest.ts';
import type { RunConfig } from '../core/train/run.ts';
import { LABEL_SOURCES, type Split } from '../core/types.ts';
import type { FactsOf9, IndexOf9 } from './migrate10.ts';
import type { PredictionRecord, ProjectRecord, RunRecord } from './port.ts';
import type { StoredProject } from './schema.ts';

type Before<T, Later extends keyof T> = Omit<T, Later> & Partial<Pick<T, Later>>;

/** Field names up to version 7. */
type FactsOf7 = Omit<FactsOf9, 'imageType' | 'burnedInRisk'> & {
  kind: FactsOf9['imageType'];
  textRisk: FactsOf9['burnedInRisk'];
};
type IndexOf7 = Omit<IndexOf9, 'series'> & { series: FactsOf7[] };
type DatasetOf7 = Omit<DatasetRecord, 'exclude'> & { leaveOut: DatasetRecord['exclude'] };
type FrozenDatasetOf7 = Omit<FrozenDataset, 'exclude' | 'excluded'> & {
  leaveOut: FrozenDataset['exclude'];
  leftOut: FrozenDataset['excluded'];
};
/** Up to version 8 an evaluation had three metrics, one field each. */
type SplitOf8 = Omit<SplitEvaluation, 'metrics' | 'perClass'> & {
  accuracy: number;
  balancedAccuracy: number;
  loss: number;
};
export type RunOf8 = Omit<RunRecord, 'evaluation'> & { evaluation: Record<Split, SplitOf8 | null> | null };
type RunOf7 = Omit<RunOf8, 'config' | 'frozen' | 'evaluated'> & {
  config: Omit<RunConfig, 'inputSize' | 'learningRate'> & {
    size: RunConfig['inputSize'];
    rate: RunConfig['learningRate'];
  };
  frozen: (Omit<Frozen, 'datasets'> & { datasets: FrozenDatasetOf7[] }) | null;
  evaluated: (Omit<Evaluated, 'datasets'> & { datasets: FrozenDatasetOf7[] | null }) | null;
};

/** Version 2 stores the kind of image of a slice; it is unknown for earlier slices. */
export function withKinds(
  index: Omit<IndexOf9, 'series'> & { series: Before<FactsOf7, 'kind' | 'textRisk'>[] },
): IndexOf7 {
  return { ...index, series: index.series.map((facts) => ({ kind: null, textRisk: null, ...facts })) };
}

/** Version 2 can exclude kinds from a dataset; earlier datasets exclude none. */
export function withLeaveOut(record: Before<DatasetOf7, 'leaveOut'>): DatasetOf7 {
  return { leaveOut: [], ...record };
}

/** Version 8 names the facts of a series as DICOM does: Image Type, Burned In Annotation. */
export function withImageType(index: IndexOf7): IndexOf9 {
  const series = index.series.map(({ kind, textRisk, ...facts }) => ({
    ...facts,
    imageType: kind,
    burnedInRisk: textRisk,
  }));
  return { ...index, series };
}

/** Version 8: renames the exclusions of a dataset. */
export function withExclude({ leaveOut, ...record }: DatasetOf7): DatasetRecord {
  return { ...record, exclude: leaveOut };
}

/** Version 8: names a run's settings as PyTorch does, and its datasets' fields as `withExclude` does. */
export function withTerms({ config, frozen, evaluated, ...run }: RunOf7): RunOf8 {
  const { size, rate, ...settings } = config;
  const renamed = ({ leaveOut, leftOut, ...dataset }: FrozenDatasetOf7): FrozenDataset => ({
    ...dataset,
    exclude: leaveOut,
    excluded: leftOut,
  });
  return {
    ...run,
    config: { ...settings, inputSize: size, learningRate: rate },
    frozen: frozen && { ...frozen, datasets: frozen.datasets.map(renamed) },
    evaluated: evaluated && { ...evaluated, datasets: evaluated.datasets?.map(renamed) ?? null },
  };
}

/** Version 9 stores metrics by name. Metrics of the confusion matrix are computed on reading (`figureOf`). */
export function withMetrics(run: RunOf8): RunRecord {
  const { evaluation } = run;
  if (!evaluation) return { ...run, evaluation };
  const of = (split: Split): SplitEvaluation | null => {
    const before = evaluation[split];
    if (!before) return null;
    const { accuracy, balancedAccuracy, loss, ...rest } = before;
    return { ...rest, metrics: { accuracy, balancedAccuracy, loss }, perClass: {} };
  };
  return { ...run, evaluation: { train: of('train'), validate: of('validate'), test: of('test') } };
}

/** Runs stored before this was recorded stay without it: their data are unknown now. */
export function withFrozen(run: Before<RunOf8, 'title' | 'note' | 'frozen' | 'saved' | 'evaluated'>): RunOf8 {
  return { title: null, note: '', frozen: null, saved: null, evaluated: null, ...run };
}

/** Version 5 stores the origin of a dataset's name: earlier ones took folder names without asking. */
export function withNameFrom(record: Before<DatasetRecord, 'nameFrom' | 'settled'>): DatasetRecord {
  return { nameFrom: 'unasked', settled: true, ...record };
}

type Named = Pick<DatasetRecord, 'id' | 'name'>;

/** Id of the dataset of that name; '' if it was removed since. */
function idOf(name: string, datasets: readonly Named[]): string {
  return datasets.find((dataset) => dataset.name === name)?.id ?? '';
}

/** Version 5 refers to datasets by id; earlier predictions had names. */
export function withIds(
  { dataset, ...record }: Omit<PredictionRecord, 'datasets'> & { dataset?: string[]; datasets?: string[] },
  datasets: readonly Named[],
): PredictionRecord {
  return { datasets: (dataset ?? []).map((name) => idOf(name, datasets)), ...record };
}

/** As `withIds`, for a run's tables per dataset. */
export function withScoreIds(run: RunOf8, datasets: readonly Named[]): RunOf8 {
  const { evaluation } = run;
  if (!evaluation) return run;
  const of = (split: Split) => {
    const perDataset = evaluation[split]?.perDataset.map((score) => ({
      ...score,
      id: score.id ?? idOf(score.dataset, datasets),
    }));
    return evaluation[split] && { ...evaluation[split], perDataset: perDataset ?? [] };
  };
  return { ...run, evaluation: { train: of('train'), validate: of('validate'), test: of('test') } };
}

/**
 * Keeps the Modality only if it is one of DICOM's defined terms: earlier versions kept any text. Adds the folder of the
 * slices: in earlier versions it is known only if it gave a label.
 */
export function withKnownModality(
  index: Omit<IndexOf9, 'series'> & { series: Before<FactsOf9, 'folder'>[] },
): IndexOf9 {
  const folders = new Map<number, string>();
  for (let row = 0; row < index.count; row++) {
    const label = DEFAULT_SET.classes[index.label[row]];
    if (label && LABEL_SOURCES[index.source[row]] === 'folder') folders.set(index.seriesOf[row], label.id);
  }
  return {
    ...index,
    series: index.series.map((facts, at) => ({
      folder: folders.get(at) ?? null,
      ...facts,
      modalityTag: modalityCode(facts.modalityTag ?? ''),
    })),
  };
}

/** What did not exist yet had the defaults; these are filled in whenever a project is read. */
export function withOptions(project: StoredProject): ProjectRecord {
  return {
    labelSet: DEFAULT_SET.id,
    caps: null,
    ...project,
    options: { ...DEFAULT_OPTIONS, ...project.options },
  };
}
