/** Which of many runs are chips of Results, and the order of all of them in the list. */
import { expect, test } from 'vitest';
import type { RunRow } from '../../../src/app/state.ts';
import { chipsOf } from '../../../src/ui/results/RunChips.tsx';
import { FIRST_ORDER, sortRuns } from '../../../src/ui/results/runSort.ts';

/** The first is the newest; no third one was evaluated. */
const runs = Array.from({ length: 12 }, (_, i) => ({
  id: `r${i}`,
  title: `Run ${12 - i}`,
  createdMs: 100 - i,
  evaluation: i % 3 === 2 ? null : { test: { metrics: { accuracy: (i % 5) / 10 } }, validate: null },
})) as unknown as RunRow[];
const ids = (of: readonly RunRow[]) => of.map(({ id }) => id).join(' ');

test('of a few runs all are chips', () => {
  expect(chipsOf(runs.slice(0, 8), 'r7', [])).toHaveLength(8);
});

test('of many the shown one, those it is compared with and the newest are, in their order', () => {
  expect(ids(chipsOf(runs, 'r11', ['r9']))).toBe('r0 r1 r2 r3 r4 r5 r9 r11');
  const compared = runs.slice(1).map(({ id }) => id);
  expect(chipsOf(runs, 'r0', compared)).toHaveLength(12);
});

test('the list begins with the newest, and is sorted by a figure with those that lack it at the end', () => {
  expect(ids(sortRuns(runs.toReversed(), FIRST_ORDER))).toBe(ids(runs));
  for (const ascending of [true, false]) {
    const sorted = sortRuns(runs, { key: 'test', ascending });
    expect(ids(sorted.slice(-4))).toBe('r2 r5 r8 r11');
    expect(sorted[0].id).toBe(ascending ? 'r0' : 'r4');
  }
  expect(sortRuns(runs, { key: 'title', ascending: true }).map(({ title }) => title)[1]).toBe('Run 2');
});
