/** Actions of label exchange with made-up answers: plans, comparisons and a copying that ends at once. */
import type { Actions } from '../../src/app/actions.ts';
import type { ReadersCompared } from '../../src/app/exchange/readers.ts';
import type { ExchangeActions } from '../../src/app/exchange.ts';
import type { State } from '../../src/app/state.ts';
import type { ImportPlan } from '../../src/core/labels/exchange/importPlan.ts';
import { compareReaders } from '../../src/core/labels/exchange/readers.ts';
import { isFault, readLabelTable } from '../../src/core/labels/exchange/readTable.ts';
import { UNSAID } from '../../src/core/labels/exchange/resolve.ts';
import { planSort, type SortPlan } from '../../src/core/labels/exchange/sortPlan.ts';
import { MODALITY_SET } from '../../src/core/labels/sets/modality.ts';
import { classNumber, makeProject } from '../builders/exchange.ts';

export const PLAN: ImportPlan = {
  rows: 1240,
  matched: 1201,
  by: { id: [], content: Array.from({ length: 1200 }, (_, i) => i + 2), file: [1239], dataset: [] },
  unknown: [14, 15, 16, 80, 81, 90, 412],
  several: [3],
  unlabelled: [7, 9],
  strange: [{ name: 'Ultrasound', lines: Array.from({ length: 27 }, (_, i) => 1000 + i) }],
  contradicting: [44, 61],
  otherSet: 0,
  readers: ['Ada'],
  changes: [
    { from: 'CT', to: 'MR', slices: 412 },
    { from: null, to: 'XR', slices: 64 },
    { from: 'PT', to: null, slices: 3 },
  ],
  changed: 479,
  same: 18_220,
  kept: 36,
  edits: [
    {
      target: { kind: 'dataset', dataset: 'd' },
      change: { kind: 'label', set: 'modality', class: 'MR', source: 'import' },
    },
  ],
};

/** An import of which nothing is left out and nothing changes. */
export const NO_CHANGE: ImportPlan = {
  ...PLAN,
  ...{ unknown: [], several: [], unlabelled: [], strange: [], contradicting: [], changes: [], edits: [] },
  ...{ changed: 0, kept: 0 },
};

/** 200 series as Cohen's example of 1960, and 12 that only the first reader labelled. */
export function compared(unit: 'series' | 'slice' = 'series'): ReadersCompared {
  const counts = [
    [88, 14, 18],
    [10, 40, 10],
    [2, 6, 12],
  ];
  const names = ['CT', 'MR', 'PT'];
  const pairs = counts.flatMap((row, i) =>
    row.flatMap((n, j) => Array.from({ length: n }, () => [classNumber(names[i]), classNumber(names[j])])),
  );
  pairs.push(...Array.from({ length: 12 }, () => [classNumber('XR'), UNSAID]));
  const { list } = makeProject(
    pairs.map((_, i) => ({ dataset: 'd', series: `s${i}`, slices: 1 })),
    512,
  );
  const sides = [0, 1].map((side) => Int16Array.from(pairs, (pair) => pair[side]));
  const comparison = compareReaders(list, MODALITY_SET, [sides[0], sides[1]], unit);
  const { changes: _, changed: _1, same: _2, kept: _3, edits: _4, ...second } = PLAN;
  return { comparison, first: null, second: { ...second, unknown: [4, 5] } };
}

/** Three datasets; the files of the last are not at hand, one volume is of two classes. */
export function sorted(keepNames = false, unlabelled = false): SortPlan {
  const specs = [
    { dataset: 'd1', series: 'a', slices: 120, label: 'CT' },
    { dataset: 'd2', series: 'b', slices: 40, label: 'CT' },
    { dataset: 'd2', series: 'c', slices: 64, label: 'MR' },
    { dataset: 'd2', series: 'd', slices: 2, label: null },
    { dataset: 'd3', series: 'e', slices: 300, label: 'XR' },
  ];
  const { list, files } = makeProject(specs, 512);
  list.label[160] = classNumber('CT');
  const own = files
    .filter((_, i) => i < 226)
    .map((file, i) => ({ ...file, slices: i === 161 ? [160, 161] : file.slices, header: null }));
  const datasets = ['d1', 'd2', 'd3'].map((id, i) => ({ id, name: `Clinic ${'ABC'[i]}` }));
  return planSort(list, MODALITY_SET, { datasets, files: own }, { keepNames, unlabelled });
}

export function fakeExchange(set: (patch: Partial<State>) => void): Pick<Actions, keyof ExchangeActions> {
  return {
    exchangeFacts: async () => ({ series: 1240, slices: 20_480, labelled: 18_900, atHand: 3200 }),
    exportLabels: async () => undefined,
    readLabelFile: async (file) => {
      const read = readLabelTable(await file.text());
      return isFault(read) ? read : { ...read };
    },
    planLabelImport: async (_, { replaceOwn }) =>
      replaceOwn ? { ...PLAN, changed: PLAN.changed + PLAN.kept, kept: 0 } : PLAN,
    importLabels: async () => true,
    compareReaders: async (_, __, { unit }) => compared(unit),
    queueDisagreements: async (items) =>
      set({ disagreements: { set: MODALITY_SET.id, since: 0, items, left: items } }),
    recountDisagreements: async () => undefined,
    planSort: async ({ keepNames, unlabelled }) => sorted(keepNames, unlabelled),
    sortFiles: async ({ copies }) => ({
      ...{ state: 'done', written: copies.length, total: copies.length },
      ...{ renamed: 0, unreadable: 0, error: null },
    }),
  };
}
