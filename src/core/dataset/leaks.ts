/** Finds patients shared by datasets of different splits, warns about them and keeps them out of training. */
import type { Split } from '../types.ts';
import type { DatasetRecord } from './record.ts';
import type { ShardIndex } from './shard.ts';

/** A dataset that shares patients with a dataset of another split. */
export type Leak = { dataset: string; other: string; patients: number };

/** Priority of splits for shared patients: test keeps all, then validate, then train. */
const RANK: Record<Split, number> = { train: 0, validate: 1, test: 2 };

/** Every pair of datasets in different splits that share a patient or a series, in both directions. */
export function findLeaks(indexes: readonly ShardIndex[], datasets: readonly DatasetRecord[]): Leak[] {
  const splitOf = new Map(datasets.map(({ id, split }) => [id, split]));
  const owners = new Map<string, Set<string>>();
  eachSubject(indexes, (patient, _series, dataset) => {
    if (!splitOf.has(dataset)) return;
    const set = owners.get(patient);
    if (set) set.add(dataset);
    else owners.set(patient, new Set([dataset]));
  });
  const shared = new Map<string, Leak>();
  for (const set of owners.values()) {
    if (set.size < 2) continue;
    for (const dataset of set) {
      for (const other of set) {
        if (splitOf.get(dataset) === splitOf.get(other)) continue;
        const key = `${dataset}\n${other}`;
        const leak = shared.get(key) ?? { dataset, other, patients: 0 };
        leak.patients++;
        shared.set(key, leak);
      }
    }
  }
  return [...shared.values()];
}

/**
 * Rows to exclude so that no patient and no series is in two splits: rows of train whose patient is also in validate or
 * test, and rows of validate whose patient is also in test.
 * @returns by shard number, 1 at the rows to exclude; shards without any are absent
 */
export function leakingRows(
  indexes: readonly ShardIndex[],
  datasets: readonly DatasetRecord[],
): Map<number, Uint8Array> {
  const rankOf = new Map(datasets.map(({ id, split }) => [id, RANK[split]]));
  /** Highest rank in which a patient or a series occurs. */
  const highest = new Map<string, number>();
  const raise = (key: string, rank: number) => {
    if ((highest.get(key) ?? -1) < rank) highest.set(key, rank);
  };
  eachSubject(indexes, (patient, series, dataset) => {
    const rank = rankOf.get(dataset);
    if (rank === undefined) return;
    raise(patient, rank);
    raise(series, rank);
  });
  const leaking = new Map<number, Uint8Array>();
  for (const index of indexes) {
    const allowed = index.datasets.map((id) => rankOf.get(id) ?? -1);
    const needed = index.series.map(({ patient, series }) =>
      Math.max(highest.get(patient) ?? -1, highest.get(series) ?? -1),
    );
    const worst = needed.reduce((a, b) => Math.max(a, b), -1);
    if (allowed.every((rank) => rank >= worst)) continue;
    const rows = new Uint8Array(index.count);
    let any = 0;
    for (let row = 0; row < index.count; row++) {
      const rank = allowed[index.dataset[row]];
      if (rank >= 0 && needed[index.seriesOf[row]] > rank && !index.removed[row]) any |= rows[row] = 1;
    }
    if (any) leaking.set(index.shard, rows);
  }
  return leaking;
}

/** The warnings of one dataset, one sentence per other dataset. */
export function leakWarnings(
  dataset: string,
  leaks: readonly Leak[],
  datasets: readonly DatasetRecord[],
): string[] {
  const byId = new Map(datasets.map((record) => [record.id, record]));
  return leaks
    .filter((leak) => leak.dataset === dataset)
    .map(({ other, patients }) => {
      const { name, split: otherSplit } = byId.get(other)!;
      const { split } = byId.get(dataset)!;
      const subject = patients === 1 ? '1 patient' : `${patients} patients`;
      const left =
        RANK[split] < RANK[otherSplit]
          ? ` Their slices here are left out of ${split === 'train' ? 'training' : 'validation'}.`
          : '';
      return `Shares ${subject} with ${name}, which is in ${otherSplit}.${left}`;
    });
}

/** Calls back once for every (series, dataset) of a shard with remaining slices. */
function eachSubject(
  indexes: readonly ShardIndex[],
  visit: (patient: string, series: string, dataset: string) => void,
): void {
  for (const index of indexes) {
    const width = index.datasets.length;
    const seen = new Uint8Array(width * index.series.length);
    for (let row = 0; row < index.count; row++) {
      if (!index.removed[row]) seen[index.seriesOf[row] * width + index.dataset[row]] = 1;
    }
    for (let at = 0; at < seen.length; at++) {
      if (!seen[at]) continue;
      const { patient, series } = index.series[Math.floor(at / width)];
      visit(patient, series, index.datasets[at % width]);
    }
  }
}
