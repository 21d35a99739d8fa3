/** What older versions of the app stored, as this one reads it: pure functions from record to record. */
import type { DatasetRecord } from '../core/dataset/dataset.ts';
import { DEFAULT_OPTIONS } from '../core/dataset/options.ts';
import { modalityCode } from '../core/dicom/modalityCode.ts';
import { LABEL_SOURCES, LABELS, type Modality, type SeriesFacts, type Split } from '../core/types.ts';
import type { PredictionRecord, ProjectRecord, RunRecord } from './port.ts';
import type { StoredIndex, StoredProject } from './schema.ts';

type Before<T, Later extends keyof T> = Omit<T, Later> & Partial<Pick<T, Later>>;

/** Version 2 keeps what kind of image a slice is; of those stored before it is not known. */
export function withKinds(
  index: Omit<StoredIndex, 'series'> & { series: Before<SeriesFacts, 'kind' | 'textRisk'>[] },
): StoredIndex {
  return { ...index, series: index.series.map((facts) => ({ kind: null, textRisk: null, ...facts })) };
}

/** Version 2 can leave kinds out of a dataset; none was left out before. */
export function withLeaveOut(record: Before<DatasetRecord, 'leaveOut'>): DatasetRecord {
  return { leaveOut: [], ...record };
}

/** Runs stored before this was recorded have what they have: nobody knows now what data they saw. */
export function withFrozen(
  run: Before<RunRecord, 'title' | 'note' | 'frozen' | 'saved' | 'evaluated'>,
): RunRecord {
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
export function withScoreIds(run: RunRecord, datasets: readonly Named[]): RunRecord {
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
