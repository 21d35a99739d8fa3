/** Counts of the splits by class and body location: what the heat table shows and the rules of splits read. */
import { classNameOf, type LabelSet } from '../labels/labelSet.ts';
import { type Counts, SPLITS, type Split } from '../types.ts';
import { locationsOf } from './locations.ts';
import type { ClassMix } from './mix.ts';

export type SplitRow = {
  id: string;
  /** null once the name was withdrawn. */
  name: string | null;
  location: string;
  split: Split;
  counts: Counts;
  /** Empty for data whose formats are not recorded. */
  mix: readonly ClassMix[];
};

export type Cell = { slices: number; datasets: number };
/** In the order of SPLITS. */
export type Cells = readonly [Cell, Cell, Cell];

export type HeatClass = {
  id: string;
  name: string;
  cells: Cells;
  /**
   * By name; slices of a dataset of several locations count in each of them where no header tells them apart. '': no
   * known location.
   */
  locations: readonly { name: string; cells: Cells }[];
  /** Largest first, by split. */
  datasets: readonly (readonly { id: string; name: string | null; slices: number }[])[];
  /** Slices by file format, of all splits. */
  formats: Readonly<Record<string, number>>;
};

/** Classes that have slices or belong to the set, in its order. */
export function heatOf(rows: readonly SplitRow[], set: LabelSet): HeatClass[] {
  const known = set.classes.map(({ id }) => id);
  const strange = [
    ...new Set(rows.flatMap(({ counts }) => Object.keys(counts).filter((id) => counts[id] > 0))),
  ]
    .filter((id) => id !== 'other' && !known.includes(id))
    .sort();
  const places = rows.map(({ location, counts, mix }) => locationsOf(location, mixOr(mix, counts), set));
  return [...known, ...strange].map((id) => {
    const cells = emptyCells();
    const locations = new Map<string, Cells>();
    const formats: Record<string, number> = {};
    const datasets: { id: string; name: string | null; slices: number }[][] = SPLITS.map(() => []);
    rows.forEach((row, i) => {
      const slices = row.counts[id] ?? 0;
      if (slices === 0) return;
      const split = SPLITS.indexOf(row.split);
      add(cells[split], slices);
      datasets[split].push({ id: row.id, name: row.name, slices });
      for (const { label, format, slices: n } of row.mix) {
        if (label === id) formats[format] = (formats[format] ?? 0) + n;
      }
      for (const [name, n] of slicesByLocation(row, id, slices, places[i][id] ?? [''])) {
        const of = locations.get(name) ?? emptyCells();
        locations.set(name, of);
        add(of[split], n);
      }
    });
    for (const list of datasets) list.sort((a, b) => b.slices - a.slices || (a.id < b.id ? -1 : 1));
    return {
      id,
      name: classNameOf(set, id),
      cells,
      locations: [...locations]
        .map(([name, of]) => ({ name, cells: of }))
        .sort((a, b) => (a.name === '' ? 1 : b.name === '' ? -1 : a.name < b.name ? -1 : 1)),
      datasets,
      formats,
    };
  });
}

/** Headers tell the body parts of slices apart; a text that names several does not. */
function slicesByLocation(
  { mix }: SplitRow,
  label: string,
  slices: number,
  places: readonly string[],
): [string, number][] {
  if (places.length === 1) return [[places[0], slices]];
  return places.map((place) => {
    const own = mix.filter((one) => one.label === label && one.bodyPart?.trim().toLowerCase() === place);
    return [place, own.reduce((sum, one) => sum + one.slices, 0) || slices];
  });
}

function mixOr(mix: readonly ClassMix[], counts: Counts): readonly ClassMix[] {
  if (mix.length > 0) return mix;
  return Object.keys(counts)
    .filter((label) => counts[label] > 0)
    .map((label) => ({ label, format: '', bodyPart: null, slices: counts[label] }));
}

function emptyCells(): Cells {
  const cell = (): Cell => ({ slices: 0, datasets: 0 });
  return [cell(), cell(), cell()];
}

function add(cell: Cell, slices: number): void {
  cell.slices += slices;
  cell.datasets++;
}
