/** Two readers' labels of the same slices: agreement, kappa, the contingency table and the series they disagree on. */
import type { SeriesRef } from '../event.ts';
import { type LabelSet, NO_CLASS } from '../labelSet.ts';
import { cohensKappa, type Kappa, oneAgainstRest } from './kappa.ts';
import { UNSAID } from './resolve.ts';
import type { SliceList } from './slices.ts';

/** Slices of a series resemble one another: counted alone, they make an interval too narrow. */
export type ReaderUnit = 'series' | 'slice';

export type Disagreement = SeriesRef & {
  /** The label of most of its slices by each reader; null: in no class. */
  first: string | null;
  second: string | null;
  /** Slices with different labels, of those with a label of both. */
  differ: number;
  slices: number;
};

export type Comparison = {
  unit: ReaderUnit;
  /** Both readers gave a label. */
  n: number;
  agreed: number;
  onlyFirst: number;
  onlySecond: number;
  kappa: Kappa;
  /** Ids of the classes in the order of `table`; null, in no class, last if it occurs. */
  classes: (string | null)[];
  table: number[][];
  /** One-against-rest, in the order of `classes`. */
  perClass: { class: string | null; first: number; second: number; both: number; kappa: Kappa }[];
  /** Those with most differing slices first. */
  disagreements: Disagreement[];
};

/** @param first @param second for each slice an index into the set's classes, NO_CLASS or UNSAID (resolve.ts) */
export function compareReaders(
  list: SliceList,
  set: LabelSet,
  [first, second]: readonly [Int16Array, Int16Array],
  unit: ReaderUnit,
): Comparison {
  const pairs: [a: number, b: number][] = [];
  const disagreements: Disagreement[] = [];
  const idOf = (label: number) => set.classes[label]?.id ?? null;
  for (const { dataset, key, slices } of list.series) {
    const pair = (of: readonly number[]): [number, number] => [most(first, of), most(second, of)];
    if (unit === 'series') pairs.push(pair(slices));
    else for (const slice of slices) pairs.push([first[slice], second[slice]]);
    const rated = slices.filter((slice) => first[slice] !== UNSAID && second[slice] !== UNSAID);
    const differ = rated.filter((slice) => first[slice] !== second[slice]);
    if (differ.length === 0) continue;
    const [a, b] = pair(differ);
    const counts = { differ: differ.length, slices: rated.length };
    disagreements.push({ dataset, key, first: idOf(a), second: idOf(b), ...counts });
  }
  const rated = pairs.filter(([a, b]) => a !== UNSAID && b !== UNSAID);
  const none = rated.some(([a, b]) => a === NO_CLASS || b === NO_CLASS);
  const classes = [...set.classes.map(({ id }) => id), ...(none ? [null] : [])];
  const table = classes.map(() => classes.map(() => 0));
  const at = (label: number) => (label === NO_CLASS ? classes.length - 1 : label);
  for (const [a, b] of rated) table[at(a)][at(b)]++;
  return {
    unit,
    n: rated.length,
    agreed: table.reduce((sum, row, i) => sum + row[i], 0),
    onlyFirst: pairs.filter(([a, b]) => a !== UNSAID && b === UNSAID).length,
    onlySecond: pairs.filter(([a, b]) => a === UNSAID && b !== UNSAID).length,
    kappa: cohensKappa(table),
    classes,
    table,
    perClass: classes.map((id, k) => {
      const [[both, onlyFirst], [onlySecond]] = oneAgainstRest(table, k);
      const kappa = cohensKappa(oneAgainstRest(table, k));
      return { class: id, first: both + onlyFirst, second: both + onlySecond, both, kappa };
    }),
    disagreements: disagreements.sort((a, b) => b.differ - a.differ),
  };
}

/** The labels of a set in the project as of a reader: UNSAID where nobody but a tag, a folder or a model spoke. */
export function ownLabels(
  { count, label, source }: SliceList,
  said: (source: number) => boolean,
): Int16Array {
  return Int16Array.from({ length: count }, (_, i) => (said(source[i]) ? label[i] : UNSAID));
}

/** The label of most slices, of equals the first; UNSAID only if none has one. */
function most(labels: Int16Array, slices: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const slice of slices)
    if (labels[slice] !== UNSAID) counts.set(labels[slice], (counts.get(labels[slice]) ?? 0) + 1);
  let best = UNSAID;
  for (const [label, count] of counts) if (best === UNSAID || count > counts.get(best)!) best = label;
  return best;
}
