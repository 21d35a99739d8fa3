/** The frozen record of a run at its start: its data, how they were read, and the program's version. */

import type { Caps } from '../dataset/caps.ts';
import { countAside, inUseInSteps } from '../dataset/excluded.ts';
import { runSplits } from '../dataset/foldSplit.ts';
import { countKinds, zeroKinds } from '../dataset/kinds.ts';
import type { IngestOptions } from '../dataset/options.ts';
import { PROTOCOLS } from '../dataset/protocols/index.ts';
import type { Fold } from '../dataset/protocols/protocol.ts';
import type { DatasetRecord } from '../dataset/record.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import { type Share, UNDRAWN } from '../dataset/share.ts';
import { finished } from '../evaluate/split.ts';
import type { Outcome } from '../files/outcome.ts';
import { hash32 } from '../random.ts';
import { seriesKey } from '../series.ts';
import { type ExcludeReason, SPLITS, type Split } from '../types.ts';
import type { Contents } from './contents.ts';

export type FrozenDataset = {
  id: string;
  /** Storage changes it with the dataset's; null once the name was withdrawn. */
  name: string | null;
  location: string;
  split: Split;
  /** Used slices by the id of their class: labelled, not excluded, within the cap, and not of a patient in another split. */
  counts: Readonly<Record<string, number>>;
  series: number;
  patients: number;
  exclude: readonly ExcludeReason[];
  /** Slices excluded by kind, and because their patient is also in another split. */
  excluded: number;
  shared: number;
  /** Slices left out by a cap of the project; absent in runs stored before there were caps. */
  capped?: number;
  /** Slices that the run's share of train leaves out; absent: none. */
  undrawn?: number;
  /** Slices in use that have no class of the set. Absent in runs stored before they were counted. */
  unlabelled?: number;
  /** The user's own words on where it comes from; absent where nothing was said. */
  facts?: { readonly source?: string; readonly licence?: string; readonly citation?: string };
  /** Order-independent hash of keys and labels of the used slices; 16 hex digits. */
  fingerprint: string;
};

/** The last drop before a run: numbers only, since file names are never stored. */
export type DropFigures = {
  /** Start of the drop; identifies it. */
  startedMs: number;
  files: number;
  slices: number;
  seconds: number;
  outcomes: Record<Outcome, number>;
};

/** What the leak guard knew when a run began: numbers and times alone. */
export type GuardFacts = {
  /** When the slices had been compared, in ms since 1970, and how many. */
  atMs: number;
  slices: number;
  /** Identifies them; whether the project had exactly these slices when the run began. */
  data: string;
  isCurrent: boolean;
  /** Pairs of datasets of two splits with copies in use; and those that the user called no leaks. */
  open: number;
  dismissed: number;
  /** Of the open ones, datasets with copies of their own in two splits; runs of before do not say. */
  within?: number;
};

/** In addition to `RunRecord.config`, which has every setting and the seed. */
export type Frozen = {
  app: { version: string; commit: string };
  options: IngestOptions & {
    /** Up to version 9 of the database: which DICOM Modality meant which label. */
    labelMap?: Readonly<Record<string, string>>;
  };
  /** What each dataset gave at most; null: no caps. Absent in runs stored before there were any, and until the training has read its data. */
  caps?: Caps | null;
  /** null if the page that started the run had read no files; missing in runs stored before this was recorded. */
  drop?: DropFigures | null;
  /** null: copies were never looked for; missing in runs stored before this was recorded. */
  guard?: GuardFacts | null;
  /** Every dataset of the project. Empty until the training has read them. */
  datasets: FrozenDataset[];
};

/** The state and the data that figures belong to. */
export type Evaluated = {
  atMs: number;
  epoch: number;
  /** Optimiser steps in the whole run. */
  step: number;
  /** `weightsHash` of the weights. */
  weights: string;
  /** false if the user ended the evaluation before its last split. */
  complete: boolean;
  /** The evaluated data, if they differ from the frozen ones. */
  datasets: FrozenDataset[] | null;
  /** What the evaluated data are known by elsewhere. Absent until every split is evaluated, and in older runs. */
  contents?: Contents;
};

type Tally = {
  /** By index of the class. */
  counts: number[];
  series: Set<string>;
  patients: Set<string>;
  kept: number;
  shared: number;
  undrawn: number;
  unlabelled: number;
  sums: [number, number];
};

/** As `freezeSteps`, at once. */
export function freezeDatasets(...given: Parameters<typeof freezeSteps>): FrozenDataset[] {
  return finished(freezeSteps(...given));
}

/**
 * In steps, a shard each: a large project has hundreds. The datasets that a run starting now would use. By patient, a dataset stands there once for each split that it has
 * slices in.
 * @param stored with labels of the run's set
 * @param labels ids of its classes
 * @param fold the run's, in place of the datasets' own splits
 * @param share of train that the run learns from
 */
export function* freezeSteps(
  records: readonly DatasetRecord[],
  stored: readonly ShardIndex[],
  labels: readonly string[],
  fold?: Fold,
  share?: Share,
): Generator<undefined, FrozenDataset[]> {
  const kinds = countKinds(stored);
  const { indexes, aside } = yield* inUseInSteps(stored, records, labels);
  const capped = countAside(stored, aside);
  yield;
  const splits = runSplits(records, indexes, labels.length, fold, share, stored);
  const byPatient = fold !== undefined && PROTOCOLS[fold.protocol].unit === 'patient';
  const tallied = function* (split: Split): Generator<undefined, Map<string, Tally>> {
    const tallies = new Map(records.map(({ id }) => [id, emptyTally(labels.length)]));
    for (const index of indexes) {
      yield;
      add(index, splits.out[split].get(index.shard), tallies);
    }
    return tallies;
  };
  // Only by patient do the splits differ in their rows.
  const all = yield* tallied('train');
  const ofSplit = byPatient
    ? { train: all, validate: yield* tallied('validate'), test: yield* tallied('test') }
    : null;
  return records.flatMap((record) => {
    const { id, name, location, split: stands, exclude } = record;
    const own = SPLITS.filter((split) => splits.datasets[split].has(id));
    return (own.length > 0 ? own : [stands]).map((split, i) => {
      const { counts, series, patients, kept, shared, undrawn, unlabelled, sums } = (
        ofSplit?.[split] ?? all
      ).get(id)!;
      return {
        id,
        name,
        location,
        split,
        counts: Object.fromEntries(labels.map((label, k) => [label, counts[k]])),
        series: series.size,
        patients: patients.size,
        exclude: [...exclude],
        excluded: i === 0 ? (kinds.get(id) ?? zeroKinds()).all - kept - (capped.get(id) ?? 0) : 0,
        capped: i === 0 ? (capped.get(id) ?? 0) : 0,
        // By patient, what is out of a split is in another one.
        shared: byPatient ? 0 : shared,
        ...(undrawn > 0 && { undrawn }),
        unlabelled: i === 0 ? unlabelled : 0,
        ...factsIn(record),
        fingerprint: sums.map((sum) => sum.toString(16).padStart(8, '0')).join(''),
      };
    });
  });
}

/** The caps of the datasets' project. */
export function frozenCaps(records: readonly DatasetRecord[]): Caps | null {
  return records.find(({ caps }) => caps)?.caps ?? null;
}

/** Notes are for the user alone. */
function factsIn({ facts }: DatasetRecord & Pick<FrozenDataset, 'facts'>): Pick<FrozenDataset, 'facts'> {
  if (!facts) return {};
  const { source, licence, citation } = facts;
  const known = Object.entries({ source, licence, citation }).filter(([, text]) => text);
  return known.length > 0 ? { facts: Object.fromEntries(known) } : {};
}

function add(index: ShardIndex, leaking: Uint8Array | undefined, tallies: ReadonlyMap<string, Tally>): void {
  const tallyOf = index.datasets.map((id) => tallies.get(id));
  const keys = new DataView(index.key.buffer, index.key.byteOffset, index.key.byteLength);
  const seriesKeys = index.series.map(seriesKey);
  /** Slices of a series mostly stand together: the last one that was counted, and for which tally. */
  let lastSeries = -1;
  let lastTally: Tally | null = null;
  for (let row = 0; row < index.count; row++) {
    const tally = tallyOf[index.dataset[row]];
    if (!tally || index.removed[row]) continue;
    tally.kept++;
    const label = index.label[row];
    if (label >= tally.counts.length) {
      tally.unlabelled++;
      continue;
    }
    if (leaking?.[row] === UNDRAWN) {
      tally.undrawn++;
      continue;
    }
    if (leaking?.[row]) {
      tally.shared++;
      continue;
    }
    tally.counts[label]++;
    const series = index.seriesOf[row];
    // Missing only in tests' columns.
    const facts = index.series[series];
    if (facts && (lastSeries !== series || lastTally !== tally)) {
      tally.series.add(seriesKeys[series]);
      tally.patients.add(facts.patient);
      [lastSeries, lastTally] = [series, tally];
    }
    const [a, b] = [keys.getUint32(row * 16), keys.getUint32(row * 16 + 4)];
    tally.sums[0] = (tally.sums[0] + hash32(a, b, label)) >>> 0;
    tally.sums[1] = (tally.sums[1] + hash32(b, a, label + 1)) >>> 0;
  }
}

function emptyTally(classes: number): Tally {
  return {
    counts: new Array<number>(classes).fill(0),
    series: new Set(),
    patients: new Set(),
    kept: 0,
    shared: 0,
    undrawn: 0,
    unlabelled: 0,
    sums: [0, 0],
  };
}

// What is frozen never changes, and lists of runs ask for the keys of all again and again.
const dataKeys = new WeakMap<readonly FrozenDataset[], string>();

/** Identifies the used slices of a freeze; equal texts mean equal data. */
export function dataKey(datasets: readonly FrozenDataset[]): string {
  const known = dataKeys.get(datasets);
  if (known !== undefined) return known;
  const key = keyOf(datasets);
  dataKeys.set(datasets, key);
  return key;
}

function keyOf(datasets: readonly FrozenDataset[]): string {
  return datasets
    .filter(used)
    .map(({ id, split, fingerprint }) => `${id} ${split} ${fingerprint}`)
    .sort()
    .join('\n');
}

export function usedSlices({ counts }: Pick<FrozenDataset, 'counts'>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

function used(dataset: FrozenDataset): boolean {
  return usedSlices(dataset) > 0;
}
