/** What datasets share: patients, studies and series in two splits, and copies of pictures, also within one split or dataset. */
import { leakingRows } from '../dataset/leaks.ts';
import type { DatasetRecord } from '../dataset/record.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import { seriesKey } from '../series.ts';
import type { SliceRef, Split } from '../types.ts';
import { type LeakRecord, sideOf } from './record.ts';
import { type SharedSubjects, type SubjectKind, sharedSubjects } from './subjects.ts';

export type FindingKind = SubjectKind | 'copy';

/**
 * `open`: the shared slices are in use in both splits; `together`: copies in use in one split, where they count twice;
 * `apart`: those of one side are left out of its split, since their patient is known; `dismissed`: the user said that it is
 * no leak.
 */
export type FindingState = 'open' | 'together' | 'apart' | 'dismissed';

export type FindingSide = { dataset: string; split: Split; slices: number; show: SliceRef };

export type Finding = {
  id: string;
  kind: FindingKind;
  state: FindingState;
  /**
   * The larger dataset, and the smaller one, which can be moved to it or whose copies can be left out. Both are one where the
   * copies are within it: then what was stored first is kept.
   */
  kept: FindingSide;
  moved: FindingSide;
  /** Shared patients, studies or series; of copies, the pairs of series with a copy, and those that are copies in most slices. */
  subjects: number;
  whole: number;
  /** The copies in `moved`; none for other kinds. */
  copies: readonly SliceRef[];
  /** Whether any of the copies counts as another patient's, so that folds over patients can set them apart. */
  ofTwoPatients: boolean;
};

export type Found = {
  /** Open ones first. */
  findings: readonly Finding[];
};

/** Most of a series, from which on it is a copy as a whole. */
const MOST = 0.8;
const ORDER: readonly FindingState[] = ['open', 'together', 'apart', 'dismissed'];

/**
 * By splits and exclusions as they are now; nothing is compared again.
 * @param record of the last check; null: no copies are known
 * @param used without slices that are not in use, as of `slicesInUse`
 */
export function findingsOf(
  record: LeakRecord | null,
  used: readonly ShardIndex[],
  datasets: readonly DatasetRecord[],
): Found {
  const view = viewOf(used, datasets);
  const copies = record ? copyPairs(record, view) : [];
  const shared = sharedSubjects(view.indexes).map((one) => subjectFinding(one, view));
  const all = [...copies.map((pair) => copyFinding(pair, view)), ...shared];
  const dismissed = new Set(record?.dismissed);
  const findings = all
    .filter(({ kind, kept, moved }) => kind === 'copy' || kept.split !== moved.split)
    .map((one) => (dismissed.has(one.id) ? { ...one, state: 'dismissed' as const } : one))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
        b.moved.slices - a.moved.slices ||
        (a.id < b.id ? -1 : 1),
    );
  return { findings };
}

/** The id of the finding of copies in two datasets, in either order, or within one. */
export function copyId(...datasets: readonly [string, string]): string {
  return `copy ${datasets.toSorted().join(' ')}`;
}

/** How many findings are open. */
export function openFindings(found: Found): number {
  return findingsIn(found, 'open');
}

export function findingsIn({ findings }: Found, wanted: FindingState): number {
  return findings.filter(({ state }) => state === wanted).length;
}

type View = {
  /** Slices that are not in use are marked removed. */
  indexes: readonly ShardIndex[];
  byShard: ReadonlyMap<number, ShardIndex>;
  leaking: ReadonlyMap<number, Uint8Array>;
  splits: ReadonlyMap<string, Split>;
  /** Slices in use, by dataset; and by dataset and series. */
  sizes: ReadonlyMap<string, number>;
  seriesSizes: ReadonlyMap<string, number>;
};

function viewOf(indexes: readonly ShardIndex[], datasets: readonly DatasetRecord[]): View {
  const sizes = new Map<string, number>();
  const seriesSizes = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string, n: number) =>
    counts.set(key, (counts.get(key) ?? 0) + n);
  for (const { count, removed, dataset, datasets: ids, series, seriesOf } of indexes) {
    // Texts are made for each series, not for each slice.
    const slices = new Uint32Array(ids.length * series.length);
    for (let row = 0; row < count; row++) {
      if (!removed[row]) slices[dataset[row] * series.length + seriesOf[row]]++;
    }
    slices.forEach((n, at) => {
      if (n === 0) return;
      const id = ids[Math.floor(at / series.length)];
      add(sizes, id, n);
      add(seriesSizes, `${id}\n${seriesKey(series[at % series.length])}`, n);
    });
  }
  return {
    indexes,
    byShard: new Map(indexes.map((index) => [index.shard, index])),
    leaking: leakingRows(indexes, datasets),
    splits: new Map(datasets.map(({ id, split }) => [id, split])),
    sizes,
    seriesSizes,
  };
}

type CopyPair = {
  /** Ascending ids; equal for copies within a dataset. */
  datasets: readonly [string, string];
  /** Of each pair its slice of either dataset; within one, the one stored first and the other. */
  slices: readonly [SliceRef[], SliceRef[]];
  /** The most alike pair. */
  best: { likeness: number; refs: readonly [SliceRef, SliceRef] };
  /** Whether any of the pairs has both slices in use; and whether any has two patients. */
  inUse: boolean;
  ofTwoPatients: boolean;
  /** Matched slices, by the two series. */
  series: Map<string, { sides: readonly [string, string]; slices: number }>;
};

function copyPairs(record: LeakRecord, { byShard, leaking, splits }: View): CopyPair[] {
  const pairs = new Map<string, CopyPair>();
  for (let pair = 0; pair < record.likeness.length; pair++) {
    const found = ([0, 1] as const).map((side) => {
      const ref = sideOf(record, pair, side);
      const index = byShard.get(ref.shard);
      if (!index || ref.row >= index.count || index.removed[ref.row]) return null;
      const dataset = index.datasets[index.dataset[ref.row]];
      if (!splits.has(dataset)) return null;
      const facts = index.series[index.seriesOf[ref.row]];
      const series = `${dataset}\n${seriesKey(facts)}`;
      return { ref, dataset, series, patient: facts.patient, leaks: leaking.get(ref.shard)?.[ref.row] === 1 };
    });
    const [one, two] = found;
    if (!one || !two) continue;
    // A pair has its earlier slice first.
    const [a, b] = one.dataset <= two.dataset ? [one, two] : [two, one];
    const key = `${a.dataset}\n${b.dataset}`;
    const own = pairs.get(key) ?? {
      datasets: [a.dataset, b.dataset] as const,
      slices: [[], []] as [SliceRef[], SliceRef[]],
      best: { likeness: -1, refs: [a.ref, b.ref] as const },
      ...{ inUse: false, ofTwoPatients: false },
      series: new Map(),
    };
    pairs.set(key, own);
    own.slices[0].push(a.ref);
    own.slices[1].push(b.ref);
    const likeness = record.likeness[pair];
    if (likeness > own.best.likeness) own.best = { likeness, refs: [a.ref, b.ref] };
    if (!a.leaks && !b.leaks) own.inUse = true;
    if (a.patient !== b.patient) own.ofTwoPatients = true;
    const both = `${a.series}\n${b.series}`;
    const series = own.series.get(both) ?? { sides: [a.series, b.series] as const, slices: 0 };
    series.slices++;
    own.series.set(both, series);
  }
  return [...pairs.values()];
}

function copyFinding(pair: CopyPair, view: View): Finding {
  const { datasets, slices, best, inUse, series, ofTwoPatients } = pair;
  const [a, b] = datasets;
  const moved = smaller(datasets, view);
  // A slice that others are copies of may be a copy itself: one of them all is kept.
  const originals = distinct(slices[1 - moved]);
  const copies = distinct(slices[moved]);
  const kept = a === b ? without(originals, copies) : originals;
  const side = (at: 0 | 1, own: readonly SliceRef[]): FindingSide => ({
    dataset: datasets[at],
    split: view.splits.get(datasets[at])!,
    slices: own.length,
    show: best.refs[at],
  });
  const whole = [...series.values()].filter(
    ({ sides, slices: matched }) =>
      matched >= MOST * Math.min(...sides.map((key) => view.seriesSizes.get(key) ?? 0)),
  );
  const isApart = view.splits.get(a) !== view.splits.get(b);
  return {
    id: copyId(...datasets),
    kind: 'copy',
    state: !inUse ? 'apart' : isApart ? 'open' : 'together',
    kept: side(moved === 0 ? 1 : 0, kept),
    moved: side(moved, copies),
    subjects: series.size,
    whole: whole.length,
    copies,
    ofTwoPatients,
  };
}

function subjectFinding({ kind, subjects, sides }: SharedSubjects, view: View): Finding {
  const moved = smaller([sides[0].dataset, sides[1].dataset], view);
  const side = (at: 0 | 1): FindingSide => {
    const { dataset, slices, first } = sides[at];
    return { dataset, split: view.splits.get(dataset)!, slices, show: first };
  };
  return {
    id: `${kind} ${sides.map(({ dataset }) => dataset).join(' ')}`,
    kind,
    // Rows of a shared patient or series are left out of the lesser split.
    state: 'apart',
    kept: side(moved === 0 ? 1 : 0),
    moved: side(moved),
    subjects,
    whole: 0,
    copies: [],
    ofTwoPatients: false,
  };
}

/** Of two datasets the one with fewer slices: the copy more often than the original, and the smaller change. Else the second. */
function smaller([a, b]: readonly [string, string], { sizes }: View): 0 | 1 {
  return (sizes.get(a) ?? 0) < (sizes.get(b) ?? 0) ? 0 : 1;
}

function distinct(refs: readonly SliceRef[]): SliceRef[] {
  return [...new Map(refs.map((ref) => [keyOf(ref), ref])).values()];
}

function without(refs: readonly SliceRef[], others: readonly SliceRef[]): SliceRef[] {
  const out = new Set(others.map(keyOf));
  return refs.filter((ref) => !out.has(keyOf(ref)));
}

function keyOf({ shard, row }: SliceRef): string {
  return `${shard} ${row}`;
}
