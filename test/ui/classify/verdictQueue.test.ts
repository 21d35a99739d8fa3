/** Classified series as a queue of stacks. */
import { describe, expect, test } from 'vitest';
import { only } from '../../../src/app/label/selection.ts';
import { keptSeries, placeOf, verdictQueue } from '../../../src/ui/classify/verdictQueue.ts';
import { verdicts } from '../../fakes/state.ts';

const SERIES = verdicts(4).map((one, i) => ({
  ...one,
  key: `s${i}`,
  slices: one.slices.slice(0, 1).flatMap((slice) => Array.from({ length: i + 1 }, () => slice)),
}));

describe('a queue of classified series', () => {
  test('numbers their slices through, and finds the series of each', () => {
    const queue = verdictQueue(SERIES, null);
    expect([...queue.from]).toEqual([0, 1, 3, 6]);
    expect([...queue.to]).toEqual([1, 3, 6, 10]);
    expect([0, 2, 3, 9].map((slice) => placeOf(queue, slice))).toEqual([
      { item: 0, at: 0 },
      { item: 1, at: 1 },
      { item: 2, at: 0 },
      { item: 3, at: 3 },
    ]);
  });

  test('is the same one after a correction, and another one once a series has grown', () => {
    const queue = verdictQueue(SERIES, null);
    const corrected = SERIES.map((one) => ({ ...one, correction: { class: 'MR' } }));
    expect(verdictQueue(corrected, queue)).toBe(queue);
    const grown = SERIES.map((one) => ({ ...one, slices: [...one.slices] }));
    expect(verdictQueue(grown, queue)).not.toBe(queue);
  });

  test('goes on at the same series and slice in another order, and keeps what is selected', () => {
    const queue = verdictQueue(SERIES, null);
    const turned = verdictQueue(SERIES.toReversed(), null);
    const selection = { at: 2, anchor: 1, items: new Set([1, 2]) };
    expect(keptSeries(turned, { queue, selection, slice: 5 })).toEqual({
      selection: { at: 1, anchor: 1, items: new Set([1, 2]) },
      slice: 6,
    });
  });

  test('stays at its place where the series is no longer listed, and is at rest where none is', () => {
    const queue = verdictQueue(SERIES, null);
    const fewer = verdictQueue(SERIES.slice(0, 2), null);
    expect(keptSeries(fewer, { queue, selection: only(3), slice: 8 })).toEqual({
      selection: only(1),
      slice: 2,
    });
    expect(keptSeries(verdictQueue([], null), { queue, selection: only(3), slice: 8 })).toEqual({
      selection: only(0),
      slice: 0,
    });
  });
});
