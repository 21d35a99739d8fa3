/** The tables of pages as they are saved: what is shown, not rounded. */
import { describe, expect, test } from 'vitest';
import type { RunPair } from '../../../src/app/corrections.ts';
import type { HeatClass } from '../../../src/core/dataset/heat.ts';
import { figureOf } from '../../../src/core/evaluate/evaluation.ts';
import { heatTable } from '../../../src/ui/data/SplitHeat.tsx';
import { compareTable } from '../../../src/ui/results/CompareTable.tsx';
import { pairTable } from '../../../src/ui/results/PairPanel.tsx';
import { runsTable } from '../../../src/ui/train/RunsDialog.tsx';
import { RUNS, run } from '../../fakes/state.ts';

/** One column of a table, by its name. */
const column = (
  { head, rows }: { head: readonly string[]; rows: readonly (readonly unknown[])[] },
  name: string,
) => rows.map((row) => row[head.indexOf(name)]);

describe('the comparison of runs', () => {
  test('has each value with the ends of its interval', () => {
    const table = compareTable(RUNS.slice(0, 2));
    const accuracy = figureOf(RUNS[0].evaluation!.test!, 'accuracy')!;
    expect(column(table, 'Test')[0]).toBe(accuracy);
    const [low] = column(table, 'Test, 95 % low') as number[];
    const [high] = column(table, 'Test, 95 % high') as number[];
    expect(low).toBeLessThan(accuracy);
    expect(high).toBeGreaterThan(accuracy);
  });

  test('has no figure of test where none is shown', () => {
    const closed = RUNS.slice(0, 2).map((one) => ({
      ...one,
      evaluation: { ...one.evaluation!, test: null },
    }));
    const table = compareTable(closed);
    expect(column(table, 'Test')).toEqual([null, null]);
    expect(table.head).toContain('n validate');
  });
});

test('two runs side by side have their difference, and classes that occur', () => {
  const found = {
    n: 4,
    accuracy: [0.5, 0.75],
    balancedAccuracy: [0.5, 0.8],
    labels: [
      { id: 'a', name: 'first' },
      { id: 'b', name: 'second' },
    ],
    perClass: [
      { n: 4, first: 2, second: 3 },
      { n: 0, first: 0, second: 0 },
    ],
    difference: { accuracy: { low: -0.1, high: 0.6 }, balancedAccuracy: null },
  } as unknown as RunPair;
  const table = pairTable(found, ['Before', 'After']);
  expect(table.head).toEqual(['figure', 'n', 'Before', 'After', 'change', '95 % low', '95 % high']);
  expect(table.rows).toEqual([
    ['Accuracy', 4, 0.5, 0.75, 0.25, -0.1, 0.6],
    ['Balanced accuracy', 4, 0.5, 0.8, 0.8 - 0.5, null, null],
    ['first', 4, 0.5, 0.75, 0.25, null, null],
  ]);
});

test('the list of runs has names, tags and notes, and the figure that is shown with its n', () => {
  const table = runsTable([{ ...run('a'), name: 'mine', tags: ['x', 'y'] }, run('b', { evaluation: null })]);
  expect(column(table, 'Name')).toEqual(['mine', '']);
  expect(column(table, 'Tags')[0]).toBe('x, y');
  expect(column(table, 'Accuracy')[1]).toBeNull();
  expect(column(table, 'Begun')[0]).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test('counts of the splits have a row for each class, location and split', () => {
  const cells = [1, 2, 3].map((n) => ({ slices: n * 10, datasets: n })) as unknown as HeatClass['cells'];
  const heat = [{ name: 'CT', cells, locations: [{ name: '', cells }] }] as unknown as HeatClass[];
  const { rows } = heatTable(heat);
  expect(rows).toHaveLength(6);
  expect(rows[1]).toEqual(['CT', 'all', 'validate', 20, 2]);
  expect(rows[3]).toEqual(['CT', 'not known', 'train', 10, 1]);
});
