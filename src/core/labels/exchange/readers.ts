/** Two readers' labels of the same slices: agreement, kappa, the contingency table and the series they disagree on. */
import { type LabelSet, NO_CLASS } from '../labelSet.ts';
import type { Disagreement } from './disagreement.ts';
import { type Cell, cohensKappa, type Kappa, kappaGain, oneAgainstRest } from './kappa.ts';
import { UNSAID } from './resolve.ts';
import type { SliceList } from './slices.ts';

/** Slices of a series resemble one another: counted alone, they make an interval too narrow. */
export type ReaderUnit = 'series' | 'slice';

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
  /** Those that cost kappa most first; of equal ones, as those that cost nothing, those with most differing slices. */
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
  const found: (Omit<Disagreement, 'cost'> & { pairs: [a: number, b: number][] })[] = [];
  const idOf = (label: number) => set.classes[label]?.id ?? null;
  for (const { dataset, key, slices } of list.series) {
    const pair = (of: readonly number[]): [number, number] => [most(first, of), most(second, of)];
    const both = (of: readonly number[]) =>
      of.map((slice): [number, number] => [first[slice], second[slice]]);
    pairs.push(...(unit === 'series' ? [pair(slices)] : both(slices)));
    const rated = slices.filter((slice) => first[slice] !== UNSAID && second[slice] !== UNSAID);
    const differ = rated.filter((slice) => first[slice] !== second[slice]);
    if (differ.length === 0) continue;
    const [a, b] = pair(differ);
    found.push({
      ...{ dataset, key, first: idOf(a), second: idOf(b), differ: differ.length, slices: rated.length },
      places: {
        shard: Uint32Array.from(differ, (slice) => list.shard[slice]),
        row: Uint32Array.from(differ, (slice) => list.row[slice]),
        labels: [first, second].map((of) => Int16Array.from(differ, (slice) => of[slice])) as [
          Int16Array,
          Int16Array,
        ],
        whole: differ.length === slices.length,
      },
      pairs: unit === 'series' ? [pair(slices)] : both(differ),
    });
  }
  const rated = pairs.filter(([a, b]) => a !== UNSAID && b !== UNSAID);
  const none = rated.some(([a, b]) => a === NO_CLASS || b === NO_CLASS);
  const classes = [...set.classes.map(({ id }) => id), ...(none ? [null] : [])];
  const table = classes.map(() => classes.map(() => 0));
  const at = (label: number) => (label === NO_CLASS ? classes.length - 1 : label);
  for (const [a, b] of rated) table[at(a)][at(b)]++;
  const gain = kappaGain(table);
  const disagreements = found.map(({ pairs: own, ...one }): Disagreement => {
    const cells = own.map(([a, b]): Cell => ({ first: at(a), second: at(b), count: 1 }));
    return { ...one, cost: gain(cells) };
  });
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
    disagreements: disagreements.sort((a, b) => b.cost - a.cost || b.differ - a.differ),
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
