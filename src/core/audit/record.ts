/** What is kept of an audit: the models' answers, hashes and neighbours of the slices, by where the slices are stored. */
import type { LabelSet } from '../labels/labelSet.ts';
import type { FoldPredictions } from './foldModels.ts';
import { NO_FOLD } from './folds.ts';
import { NEIGHBOURS, NO_NEIGHBOUR } from './neighbours.ts';
import { HASH_WORDS } from './phash.ts';
import { type AuditTable, refOf } from './table.ts';

/** Of the rows of one shard. */
export type AuditedShard = {
  shard: number;
  /** Which model judged the row, or NO_FOLD. */
  fold: Uint8Array;
  /** Rows × classes. */
  probabilities: Float32Array;
  /** HASH_WORDS a row. */
  hashes: Uint32Array;
  /** NEIGHBOURS a row, by the shard and the row of each; shard NO_NEIGHBOUR for none. */
  neighbourShards: Uint32Array;
  neighbourRows: Uint16Array;
};

/** What an audit has found out about the slices of a table. */
export type Findings = {
  predictions: FoldPredictions;
  hashes: Uint32Array;
  /** As of `findNeighbours`. */
  neighbours: Uint32Array;
  /** By dataset of the table. */
  byPatient: readonly boolean[];
};

export type AuditRecord = {
  project: string;
  /** The label set's id, and its classes' ids in the order of the probabilities. */
  set: string;
  classes: readonly string[];
  /** When the models had judged, in ms since 1970. */
  judgedMs: number;
  /** What was learned: the number of models, and the seed of folds and models. */
  k: number;
  seed: number;
  /** Ids of the datasets that were divided by patient. */
  byPatient: readonly string[];
  shards: readonly AuditedShard[];
};

export function keepAudit(
  table: AuditTable,
  { predictions, hashes, neighbours, byPatient }: Findings,
  about: Pick<AuditRecord, 'project' | 'judgedMs' | 'k' | 'seed'> & { set: LabelSet },
): AuditRecord {
  const { set, ...rest } = about;
  const width = predictions.classes;
  const shards = Array.from(table.shards, (shard, at): AuditedShard => {
    const [from, to] = [table.start[at], table.start[at + 1]];
    // Rows ascend within a shard.
    const rows = table.row[to - 1] + 1;
    const kept: AuditedShard = {
      shard,
      fold: new Uint8Array(rows).fill(NO_FOLD),
      probabilities: new Float32Array(rows * width),
      hashes: new Uint32Array(rows * HASH_WORDS),
      neighbourShards: new Uint32Array(rows * NEIGHBOURS).fill(NO_NEIGHBOUR),
      neighbourRows: new Uint16Array(rows * NEIGHBOURS),
    };
    for (let i = from; i < to; i++) {
      const row = table.row[i];
      kept.fold[row] = predictions.fold[i];
      kept.probabilities.set(predictions.probabilities.subarray(i * width, (i + 1) * width), row * width);
      kept.hashes.set(hashes.subarray(i * HASH_WORDS, (i + 1) * HASH_WORDS), row * HASH_WORDS);
      for (let k = 0; k < NEIGHBOURS; k++) {
        const other = neighbours[i * NEIGHBOURS + k];
        if (other === NO_NEIGHBOUR) break;
        const ref = refOf(table, other);
        kept.neighbourShards[row * NEIGHBOURS + k] = ref.shard;
        kept.neighbourRows[row * NEIGHBOURS + k] = ref.row;
      }
    }
    return kept;
  });
  return {
    ...rest,
    set: set.id,
    classes: set.classes.map(({ id }) => id),
    byPatient: table.datasets.filter((_, i) => byPatient[i]),
    shards,
  };
}

/**
 * The record's answers for the slices of a table, which may have changed since. Classes that are gone lose their share, new
 * ones have none; slices that were not there are judged by no model, and have no hash (all bits 0).
 */
export function recallAudit(table: AuditTable, record: AuditRecord, set: LabelSet): Findings {
  const classes = set.classes.length;
  const from = set.classes.map(({ id }) => record.classes.indexOf(id));
  const width = record.classes.length;
  const fold = new Uint8Array(table.count).fill(NO_FOLD);
  const probabilities = new Float32Array(table.count * classes);
  const hashes = new Uint32Array(table.count * HASH_WORDS);
  const neighbours = new Uint32Array(table.count * NEIGHBOURS).fill(NO_NEIGHBOUR);
  const places = placesOf(table);
  const kept = new Map(record.shards.map((one) => [one.shard, one]));
  table.shards.forEach((shard, at) => {
    const own = kept.get(shard);
    if (!own) return;
    for (let i = table.start[at]; i < table.start[at + 1]; i++) {
      const row = table.row[i];
      if (row >= own.fold.length) continue;
      hashes.set(own.hashes.subarray(row * HASH_WORDS, (row + 1) * HASH_WORDS), i * HASH_WORDS);
      for (let k = 0, found = 0; k < NEIGHBOURS; k++) {
        const other = places
          .get(own.neighbourShards[row * NEIGHBOURS + k])
          ?.get(own.neighbourRows[row * NEIGHBOURS + k]);
        if (other !== undefined) neighbours[i * NEIGHBOURS + found++] = other;
      }
      const known = from.map((old) => (old < 0 ? 0 : own.probabilities[row * width + old]));
      const sum = known.reduce((a, b) => a + b, 0);
      if (sum <= 0) continue;
      fold[i] = own.fold[row];
      probabilities.set(
        known.map((p) => p / sum),
        i * classes,
      );
    }
  });
  const byPatient = table.datasets.map((id) => record.byPatient.includes(id));
  return { predictions: { classes, probabilities, fold }, hashes, neighbours, byPatient };
}

/** By shard and row: the index in the table. */
function placesOf(table: AuditTable): Map<number, Map<number, number>> {
  const places = new Map<number, Map<number, number>>();
  table.shards.forEach((shard, at) => {
    const rows = new Map<number, number>();
    for (let i = table.start[at]; i < table.start[at + 1]; i++) rows.set(table.row[i], i);
    places.set(shard, rows);
  });
  return places;
}
