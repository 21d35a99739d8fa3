/** What older versions of the app stored, as this one reads it: pure functions from record to record. */
import type { DatasetRecord } from '../core/dataset/dataset.ts';
import { DEFAULT_OPTIONS } from '../core/dataset/options.ts';
import { modalityCode } from '../core/dicom/modalityCode.ts';
import type { SplitEvaluation } from '../core/evaluate/evaluation.ts';
import type { Evaluated, Frozen, FrozenDataset } from '../core/train/manifest.ts';
import type { RunConfig } from '../core/train/run.ts';
import { LABEL_SOURCES, LABELS, type Modality, type SeriesFacts, type Split } from '../core/types.ts';
import type { PredictionRecord, ProjectRecord, RunRecord } from './port.ts';
import type { StoredIndex, StoredProject } from './schema.ts';

type Before<T, Later extends keyof T> = Omit<T, Later> & Partial<Pick<T, Later>>;

/** Names that fields had up to version 7. */
type FactsOf7 = Omit<SeriesFacts, 'imageType' | 'burnedInRisk'> & {
  kind: SeriesFacts['imageType'];
  textRisk: SeriesFacts['burnedInRisk'];
};
type IndexOf7 = Omit<StoredIndex, 'series'> & { series: FactsOf7[] };
type DatasetOf7 = Omit<DatasetRecord, 'exclude'> & { leaveOut: DatasetRecord['exclude'] };
type FrozenDatasetOf7 = Omit<FrozenDataset, 'exclude' | 'excluded'> & {
  leaveOut: FrozenDataset['exclude'];
  leftOut: FrozenDataset['excluded'];
};
/** Up to version 8 an evaluation had three metrics, each a field. */
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

/** Version 2 keeps what kind of image a slice is; of those stored before it is not known. */
export function withKinds(
  index: Omit<StoredIndex, 'series'> & { series: Before<FactsOf7, 'kind' | 'textRisk'>[] },
): IndexOf7 {
  return { ...index, series: index.series.map((facts) => ({ kind: null, textRisk: null, ...facts })) };
}

/** Version 2 can leave kinds out of a dataset; none was left out before. */
export function withLeaveOut(record: Before<DatasetOf7, 'leaveOut'>): DatasetOf7 {
  return { leaveOut: [], ...record };
}

/** Version 8 calls the facts of a series by DICOM's words: Image Type, Burned In Annotation. */
export function withImageType(index: IndexOf7): StoredIndex {
  const series = index.series.map(({ kind, textRisk, ...facts }) => ({
    ...facts,
    imageType: kind,
    burnedInRisk: textRisk,
  }));
  return { ...index, series };
}

/** Version 8: what is excluded of a dataset. */
export function withExclude({ leaveOut, ...record }: DatasetOf7): DatasetRecord {
  return { ...record, exclude: leaveOut };
}

/** Version 8: a run's settings as PyTorch calls them, and its datasets as `withExclude` does. */
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

/** Version 9 keeps metrics by name. What follows from the confusion matrix is computed where it is read (`figureOf`). */
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

/** Runs stored before this was recorded have what they have: nobody knows now what data they saw. */
export function withFrozen(run: Before<RunOf8, 'title' | 'note' | 'frozen' | 'saved' | 'evaluated'>): RunOf8 {
  return { title: null, note: '', frozen: null, saved: null, evaluated: null, ...run };
}

/** Version 5 keeps who named a dataset: those stored before are named after folders, and nobody was asked. */
export function withNameFrom(record: Before<DatasetRecord, 'nameFrom' | 'settled'>): DatasetRecord {
  return { nameFrom: 'unasked', settled: true, ...record };
}

type Named = Pick<DatasetRecord, 'id' | 'name'>;

/** The dataset of that name; '' where it was removed since. */
function idOf(name: string, datasets: readonly Named[]): string {
  return datasets.find((dataset) => dataset.name === name)?.id ?? '';
}

/** Version 5 refers to datasets by id; before, predictions had their names. */
export function withIds(
  { dataset, ...record }: Omit<PredictionRecord, 'datasets'> & { dataset?: string[]; datasets?: string[] },
  datasets: readonly Named[],
): PredictionRecord {
  return { datasets: (dataset ?? []).map((name) => idOf(name, datasets)), ...record };
}

/** As `withIds`, of a run's tables per dataset. */
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
 * The Modality is kept only where it is one of DICOM's defined terms: before, any text was. And what folder the
 * slices lay in is remembered: before, it is known where it gave a label.
 */
export function withKnownModality(
  index: Omit<StoredIndex, 'series'> & { series: Before<SeriesFacts, 'folder'>[] },
): StoredIndex {
  const folders = new Map<number, Modality>();
  for (let row = 0; row < index.count; row++) {
    const label = LABELS[index.label[row]];
    if (LABEL_SOURCES[index.source[row]] === 'folder' && label !== 'other') {
      folders.set(index.seriesOf[row], label);
    }
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

/** Options that were no choice yet are what they were then: the defaults. Filled in whenever a project is read. */
export function withOptions(project: StoredProject): ProjectRecord {
  return { ...project, options: { ...DEFAULT_OPTIONS, ...project.options } };
}
