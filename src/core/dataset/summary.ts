/** The figures of datasets as the Data page shows them, from the columns of all shards. */

import type { DatasetFacts } from '../files/datasetFacts.ts';
import { countedAs, sumOf, zeroCounts } from '../labels/counts.ts';
import { classNames, type LabelSet } from '../labels/labelSet.ts';
import { DEFAULT_SET } from '../labels/sets/index.ts';
import { seriesKey } from '../series.ts';
import type { Counts } from '../types.ts';
import type { Aside } from './capDraw.ts';
import { type Contradiction, contradictionWarning, findContradictions } from './contradictions.ts';
import { type InUse, inUseInSteps } from './excluded.ts';
import { countKinds, type KindCounts, zeroKinds } from './kinds.ts';
import { findLeaks, leakWarnings } from './leaks.ts';
import { type ClassMix, countMix } from './mix.ts';
import { countOthers, type OtherCount } from './others.ts';
import type { DatasetRecord } from './record.ts';
import { DAMAGED, type ShardIndex } from './shard.ts';

export type DatasetSummary = Omit<DatasetRecord, 'project' | 'settled' | 'facts'> & {
  facts: DatasetFacts;
  counts: Counts;
  /** The same slices by class, file format and body part. */
  mix: readonly ClassMix[];
  /** Modalities of the slices in `counts.other`. */
  others: OtherCount[];
  /** Disagreements of folder and DICOM Modality, each also in a warning. */
  contradictions: Contradiction[];
  slices: number;
  series: number;
  patients: number;
  /** Whether all files are of formats without patient ID: `patients` then counts files. */
  patientsUnknown: boolean;
  /** Stored slices of each kind, including excluded ones. */
  kinds: KindCounts;
  /** Slices that the user excluded, in no other figure. */
  excluded: number;
  /** Slices that only a cap leaves out, by class; in no other figure. */
  capped: Counts;
  /** Slices whose stored pixels are damaged, in no other figure. */
  damaged: number;
  /** Sentences for the user. */
  warnings: string[];
};

type Tally = {
  counts: Counts;
  slices: number;
  series: Set<string>;
  patients: Set<string>;
  /** Members of `patients` that stand for a DICOM study, series or file without a patient ID. */
  unnamed: Set<string>;
  /** Members of `patients` from DICOM, which has a patient ID; other formats have none. */
  identified: Set<string>;
};

/**
 * One row per dataset, in natural order of the names. Slices that are not in use don't count.
 * @param stored with the labels of `set`
 */
export function summarise(
  stored: readonly ShardIndex[],
  datasets: readonly DatasetRecord[],
  set: LabelSet = DEFAULT_SET,
): DatasetSummary[] {
  const steps = summariseInSteps(stored, datasets, set);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same in steps that are short also for a large project: a page can answer between them.
 * @param known which slices are in use, if that was found out before
 */
export function* summariseInSteps(
  stored: readonly ShardIndex[],
  datasets: readonly DatasetRecord[],
  set: LabelSet,
  known?: InUse,
): Generator<undefined, DatasetSummary[]> {
  const kinds = countKinds(stored);
  yield;
  const classes = set.classes.map(({ id }) => id);
  const { indexes, aside } = known ?? (yield* inUseInSteps(stored, datasets, classes));
  const capped = countCapped(stored, aside, datasets, set);
  yield;
  const tallies = new Map(datasets.map(({ id }) => [id, emptyTally(set)]));
  for (const index of indexes) add(index, tallies, set);
  yield;
  const leaks = findLeaks(indexes, datasets);
  yield;
  const others = countOthers(indexes, set);
  yield;
  const contradictions = findContradictions(indexes, set);
  yield;
  const mixes = countMix(indexes, set);
  yield;
  const damage = countDamaged(stored);
  return datasets
    .map(({ id, name, nameFrom, location, split, splitFrom, exclude, facts = {} }) => {
      const tally = tallies.get(id)!;
      const of = kinds.get(id) ?? zeroKinds();
      const contradicted = contradictions.get(id) ?? [];
      const over = capped.get(id)!;
      const setAside = sumOf(over);
      return {
        id,
        name,
        nameFrom,
        location,
        split,
        splitFrom,
        exclude,
        facts,
        kinds: of,
        excluded: of.all - tally.slices - setAside,
        capped: over,
        damaged: damage.get(id) ?? 0,
        counts: tally.counts,
        mix: mixes.get(id) ?? [],
        others: others.get(id) ?? [],
        contradictions: contradicted,
        slices: tally.slices,
        series: tally.series.size,
        patients: tally.patients.size,
        patientsUnknown: tally.patients.size > 0 && tally.identified.size === 0,
        warnings: [
          ...contradicted.map((one) => contradictionWarning(one, set)),
          ...damageWarnings(damage.get(id) ?? 0),
          ...leakWarnings(id, leaks, datasets),
          ...ownWarnings(tally, set),
        ],
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** By dataset id. */
function countCapped(
  stored: readonly ShardIndex[],
  aside: Aside,
  datasets: readonly DatasetRecord[],
  set: LabelSet,
): Map<string, Counts> {
  const counts = new Map(datasets.map(({ id }) => [id, zeroCounts(set)]));
  for (const { shard, dataset, datasets: ids, label } of stored) {
    aside.get(shard)?.forEach((out, row) => {
      const own = out && counts.get(ids[dataset[row]]);
      if (own) own[countedAs(set, label[row])]++;
    });
  }
  return counts;
}

/** By dataset id. */
function countDamaged(indexes: readonly ShardIndex[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { removed, dataset, datasets } of indexes) {
    removed.forEach((value, row) => {
      const id = datasets[dataset[row]];
      if (value === DAMAGED) counts.set(id, (counts.get(id) ?? 0) + 1);
    });
  }
  return counts;
}

function damageWarnings(damaged: number): string[] {
  if (damaged === 0) return [];
  const [are, them] = damaged === 1 ? ['slice is', 'it'] : ['slices are', 'them'];
  return [
    `${damaged.toLocaleString('en')} stored ${are} damaged and left out of everything: drop this dataset’s files again to heal ${them}.`,
  ];
}

function emptyTally(set: LabelSet): Tally {
  return {
    counts: zeroCounts(set),
    slices: 0,
    series: new Set(),
    patients: new Set(),
    unnamed: new Set(),
    identified: new Set(),
  };
}

function add(index: ShardIndex, tallies: ReadonlyMap<string, Tally>, set: LabelSet): void {
  const width = index.datasets.length;
  const labels = set.classes.length + 1;
  const counts = new Uint32Array(width * labels);
  const seen = new Uint8Array(width * index.series.length);
  for (let row = 0; row < index.count; row++) {
    if (index.removed[row]) continue;
    const dataset = index.dataset[row];
    counts[dataset * labels + Math.min(index.label[row], labels - 1)]++;
    seen[index.seriesOf[row] * width + dataset] = 1;
  }
  index.datasets.forEach((id, dataset) => {
    const tally = tallies.get(id);
    if (!tally) return;
    for (let label = 0; label < labels; label++) {
      const n = counts[dataset * labels + label];
      tally.counts[countedAs(set, label)] += n;
      tally.slices += n;
    }
    index.series.forEach(({ series, modalityTag, patient, patientFrom, format }, i) => {
      if (!seen[i * width + dataset]) return;
      tally.series.add(seriesKey({ series, modalityTag }));
      tally.patients.add(patient);
      if (format === 'dicom' || patientFrom === 'patient') tally.identified.add(patient);
      if (format === 'dicom' && patientFrom !== 'patient') tally.unnamed.add(patient);
    });
  });
}

function ownWarnings({ counts, slices, unnamed }: Tally, set: LabelSet): string[] {
  const warnings: string[] = [];
  if (slices > 0 && counts.other === slices) {
    warnings.push(`No slice is labelled ${classNames(set, 'or')}: nothing here is trained on.`);
  }
  if (unnamed.size > 0) {
    const subject =
      unnamed.size === 1 ? '1 study, series or file has' : `${unnamed.size} studies, series or files have`;
    warnings.push(`${subject} no patient ID: each counts as a patient of its own.`);
  }
  return warnings;
}
