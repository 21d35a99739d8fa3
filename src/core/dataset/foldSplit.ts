/** The splits of one run: the project's own, or those of a fold of a protocol. */
import type { Split } from '../types.ts';
import { SPLITS } from '../types.ts';
import { leakingRows } from './leaks.ts';
import { PROTOCOLS } from './protocols/index.ts';
import { type Fold, splitOfFold, type Unit } from './protocols/protocol.ts';
import type { DatasetRecord } from './record.ts';
import type { ShardIndex } from './shard.ts';
import { type Share, withShare } from './share.ts';

export type RunSplits = {
  /** Ids of the datasets with slices in each split; by patient, a dataset may be in several. */
  datasets: Record<Split, ReadonlySet<string>>;
  /** By shard number, 1 at the rows of these datasets that are not of the split, UNDRAWN at those that a share leaves out. */
  out: Record<Split, ReadonlyMap<number, Uint8Array>>;
};

/**
 * No patient and no series is in two splits. Without a fold the datasets' own splits hold.
 * @param indexes without excluded slices
 * @param classes number of classes: datasets and patients without a labelled slice are not dealt
 * @param share of what is then in train; without it all of it
 * @param stored with excluded slices: a share is drawn by all of them
 */
export function runSplits(
  records: readonly DatasetRecord[],
  indexes: readonly ShardIndex[],
  classes: number,
  fold: Fold | undefined,
  share?: Share,
  stored: readonly ShardIndex[] = indexes,
): RunSplits {
  const splits = wholeSplits(records, indexes, classes, fold);
  if (!share) return splits;
  const { datasets, out } = splits;
  const train = withShare(stored, indexes, datasets.train, out.train, classes, share);
  return { datasets, out: { ...out, train } };
}

function wholeSplits(
  records: readonly DatasetRecord[],
  indexes: readonly ShardIndex[],
  classes: number,
  fold: Fold | undefined,
): RunSplits {
  if (fold && PROTOCOLS[fold.protocol].unit === 'patient') return byPatient(records, indexes, classes, fold);
  const own = fold ? withFold(records, indexes, classes, fold) : records;
  const leaking = leakingRows(indexes, own);
  return {
    datasets: each((split) => new Set(own.filter((record) => record.split === split).map(({ id }) => id))),
    out: each(() => leaking),
  };
}

/** The records with the splits of a fold over datasets. */
function withFold(
  records: readonly DatasetRecord[],
  indexes: readonly ShardIndex[],
  classes: number,
  fold: Fold,
): DatasetRecord[] {
  const units = datasetUnits(indexes, classes).filter(({ id }) => records.some((record) => record.id === id));
  const splits = splitsOf(units, fold);
  return records.map((record) => ({ ...record, split: splits.get(record.id) ?? 'train' }));
}

/** By id of the unit; each fold of a protocol deals the same. */
export function splitsOf(units: readonly Unit[], fold: Fold): Map<string, Split> {
  const dealt = PROTOCOLS[fold.protocol].deal(units, fold.folds, fold.seed);
  return new Map([...dealt].map(([id, number]) => [id, splitOfFold(number, fold)]));
}

function datasetUnits(indexes: readonly ShardIndex[], classes: number): Unit[] {
  const found = new Map<string, number[]>();
  for (const { datasets, dataset, removed, label, count } of indexes) {
    for (let row = 0; row < count; row++) {
      if (removed[row] || label[row] >= classes) continue;
      const counts = found.get(datasets[dataset[row]]) ?? new Array<number>(classes).fill(0);
      found.set(datasets[dataset[row]], counts);
      counts[label[row]]++;
    }
  }
  return [...found].map(([id, counts]) => ({ id, counts }));
}

function byPatient(
  records: readonly DatasetRecord[],
  indexes: readonly ShardIndex[],
  classes: number,
  fold: Fold,
): RunSplits {
  const known = new Set(records.map(({ id }) => id));
  const groups = patientGroups(indexes);
  const units = new Map<string, number[]>();
  for (const { datasets, dataset, series, seriesOf, removed, label, count } of indexes) {
    for (let row = 0; row < count; row++) {
      if (removed[row] || label[row] >= classes || !known.has(datasets[dataset[row]])) continue;
      const group = groups(series[seriesOf[row]].patient);
      const counts = units.get(group) ?? new Array<number>(classes).fill(0);
      units.set(group, counts);
      counts[label[row]]++;
    }
  }
  const splits = splitsOf(
    [...units].map(([id, counts]) => ({ id, counts })),
    fold,
  );
  const datasets = each(() => new Set<string>());
  const out = each(() => new Map<number, Uint8Array>());
  for (const index of indexes) {
    const of = index.series.map(({ patient }) => splits.get(groups(patient)));
    for (const split of SPLITS) {
      const rows = new Uint8Array(index.count);
      for (let row = 0; row < index.count; row++) {
        if (of[index.seriesOf[row]] !== split) rows[row] = 1;
        else if (!index.removed[row]) datasets[split].add(index.datasets[index.dataset[row]]);
      }
      out[split].set(index.shard, rows);
    }
  }
  return { datasets, out };
}

/** Patients that share a series are one: by patient, the smallest of their keys. */
function patientGroups(indexes: readonly ShardIndex[]): (patient: string) => string {
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    let at = key;
    while ((parent.get(at) ?? at) !== at) at = parent.get(at)!;
    return at;
  };
  const ofSeries = new Map<string, string>();
  for (const { series } of indexes) {
    for (const { patient, series: key } of series) {
      const other = ofSeries.get(key) ?? patient;
      ofSeries.set(key, other);
      const [a, b] = [root(patient), root(other)].sort();
      if (a !== b) parent.set(b, a);
    }
  }
  return root;
}

function each<T>(make: (split: Split) => T): Record<Split, T> {
  return { train: make('train'), validate: make('validate'), test: make('test') };
}
