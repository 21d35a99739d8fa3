/** What the charts draw, without drawing it. */
import { describe, expect, test } from 'vitest';
import { countAxis, linearAxis, logAxis } from '../../../src/ui/charts/axis.ts';
import { coversTop, nearest, snapped } from '../../../src/ui/charts/hover.ts';
import { curvesTable, trainRows, validateRows } from '../../../src/ui/charts/rows.ts';
import { linePath, makeScale } from '../../../src/ui/charts/scale.ts';
import { smooth } from '../../../src/ui/charts/smooth.ts';
import { thin } from '../../../src/ui/charts/thin.ts';
import { history, points } from '../../fakes/state.ts';

describe('smoothing', () => {
  test('leaves values alone at weight 0', () => {
    expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
  });

  test('keeps a constant, from its first value on', () => {
    for (const value of smooth([0.7, 0.7, 0.7, 0.7], 0.9)) expect(value).toBeCloseTo(0.7, 12);
  });

  test('is the mean with falling weights', () => {
    // (0.5·1 + 0.25·0) / 0.75 of the values 0, 1.
    expect(smooth([0, 1], 0.5)[1]).toBeCloseTo(2 / 3, 12);
  });
});

describe('thinning', () => {
  test('keeps few values as they are', () => {
    expect(thin([5, 4, 3], 10)).toEqual([0, 1, 2]);
  });

  test('never loses a spike, the order, or the newest', () => {
    const values = Array.from({ length: 5000 }, (_, i) => Math.sin(i / 300));
    values[3210] = 9;
    const kept = thin(values, 100);
    expect(kept.length).toBeLessThanOrEqual(201);
    expect(kept).toContain(3210);
    expect(kept.at(-1)).toBe(4999);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });
});

describe('axes', () => {
  test('have round numbers around the data', () => {
    expect(linearAxis(0, 1.62, 4)).toEqual({ domain: [0, 2], ticks: [0, 0.5, 1, 1.5, 2] });
    expect(linearAxis(0.5, 1, 4).ticks).toEqual([0.4, 0.6, 0.8, 1]);
    expect(linearAxis(0, 1, 4).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(logAxis(0.26, 1.7)).toEqual({ domain: [0.2, 2], ticks: [0.2, 0.5, 1, 2] });
  });

  test('of epochs have whole steps, also for a run without any', () => {
    expect(countAxis(10, 10).ticks).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(countAxis(0, 10)).toEqual({ domain: [0, 1], ticks: [0, 1] });
    expect(countAxis(300, 10).ticks).toHaveLength(7);
  });

  test('turn values into pixels and back', () => {
    for (const log of [false, true]) {
      const { toPixel, toValue } = makeScale([0.1, 10], [200, 0], log);
      expect(toPixel(0.1)).toBe(200);
      expect(toPixel(10)).toBeCloseTo(0, 9);
      expect(toValue(toPixel(1.7))).toBeCloseTo(1.7, 9);
    }
    expect(makeScale([0.1, 10], [200, 0], true).toPixel(1)).toBeCloseTo(100, 9);
  });
});

describe('rows', () => {
  test('of a long run are few and end at its last point', () => {
    const all = points(5000, 10);
    const rows = trainRows(all, history(9, 10), 0.8);
    expect(rows.length).toBeLessThan(400);
    expect(rows.at(-1)!.x).toBe(all.at(-1)!.epoch);
  });

  test('come from the epochs where there are no points', () => {
    expect(trainRows([], history(3, 10), 0.8).map(({ x }) => x)).toEqual([1, 2, 3]);
  });

  test('are the table of the chart, train before validate', () => {
    const { head, rows } = curvesTable(trainRows([], history(2, 10), 0), validateRows(history(2, 10)));
    expect(rows.map(([split, epoch]) => [split, epoch])).toEqual([
      ['train', 1],
      ['train', 2],
      ['validate', 1],
      ['validate', 2],
    ]);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
  });

  test('leave out epochs without validation', () => {
    const epochs = history(2, 10);
    epochs[0].validateLoss = null;
    expect(validateRows(epochs).map(({ x }) => x)).toEqual([2]);
  });

  test('become a path that skips what has no value', () => {
    const unit = makeScale([0, 1], [0, 1]);
    const rows = [{ x: 0, y: 1 }, { x: 1 }, { x: 2, y: Number.NaN }, { x: 3, y: 0 }] as {
      x: number;
      y?: number;
    }[];
    expect(
      linePath(
        rows,
        ({ x }) => x,
        ({ y }) => y,
        unit,
        unit,
      ),
    ).toBe('M0.0 1.0L3.0 0.0');
  });
});

describe('pointing at a chart', () => {
  const dots = [{ x: 1 }, { x: 2 }, { x: 3 }, { x: 4 }];

  test('means the epoch whose dot is in reach, before or after the pointer', () => {
    expect(snapped(3.93, dots, 0.1)).toBe(4);
    expect(snapped(4.05, dots, 0.1)).toBe(4);
    expect(snapped(3.5, dots, 0.1)).toBe(3.5);
    expect(snapped(0.2, [], 1)).toBe(0.2);
  });

  test('tells of the nearest epoch', () => {
    expect(nearest(3.6, dots)).toEqual({ x: 4 });
    expect(nearest(0, dots)).toEqual({ x: 1 });
    expect(nearest(1, [])).toBeUndefined();
  });

  test('leaves the lines in sight', () => {
    expect(coversTop([120, 90, 150], 104)).toBe(true);
    expect(coversTop([120, 130], 104)).toBe(false);
  });
});
