/** Curves of several runs over steps, epochs and time. */
import { describe, expect, test } from 'vitest';
import type { CurvePoint } from '../../../src/core/train/curve.ts';
import type { EpochRecord } from '../../../src/core/train/run.ts';
import {
  apart,
  boundsOf,
  overlayLines,
  overlayTable,
  stopsOf,
  valuesAt,
} from '../../../src/ui/charts/overlay.ts';

/** Ten steps an epoch, a point every five. */
const points = [5, 10, 15, 20, 25].map(
  (step) => ({ step, epoch: step / 10, loss: 10 / step, accuracy: step / 100 }) as CurvePoint,
);
const history = [60, 120].map(
  (seconds, i) =>
    ({
      epoch: i + 1,
      trainLoss: 2 - i,
      trainAccuracy: 0.5,
      validateLoss: 1 - i / 2,
      validateAccuracy: 0.6,
      validateBalancedAccuracy: i === 0 ? null : 0.7,
      seconds,
    }) as EpochRecord,
);

const xs = (x: Parameters<typeof overlayLines>[1]) => {
  const { train, validate } = overlayLines({ points, history }, x, 'loss', 0);
  return [train.map((spot) => spot.x), validate.map((spot) => spot.x)];
};

describe('a curve lies', () => {
  test('along epochs as it was recorded', () => {
    expect(xs('epoch')).toEqual([
      [0.5, 1, 1.5, 2, 2.5],
      [1, 2],
    ]);
  });

  test('along steps, also after each epoch', () => {
    expect(xs('step')).toEqual([
      [5, 10, 15, 20, 25],
      [10, 20],
    ]);
  });

  test('along the minutes that its epochs took, and on as fast as the last one', () => {
    expect(xs('minutes')).toEqual([
      [0.5, 1, 2, 3, 4],
      [1, 3],
    ]);
  });
});

test('balanced accuracy is of validate alone, where it was recorded', () => {
  expect(overlayLines({ points, history }, 'epoch', 'balanced', 0.8)).toEqual({
    train: [],
    validate: [{ x: 2, y: 0.7 }],
  });
});

test('a run without points is drawn from its epochs, and one without both not at all', () => {
  const { train } = overlayLines({ points: [], history }, 'epoch', 'loss', 0.8);
  expect(train).toEqual([
    { x: 1, y: 2 },
    { x: 2, y: 1 },
  ]);
  expect(boundsOf([overlayLines({ points: [], history: [] }, 'minutes', 'loss', 0.8)])).toBeNull();
  expect(overlayLines({ points: [], history }, 'step', 'loss', 0.8).train).toEqual([]);
});

test('the axes hold every line', () => {
  const lines = [1, 2].map((by) =>
    overlayLines(
      { points: points.map((point) => ({ ...point, loss: point.loss * by })), history },
      'step',
      'loss',
      0,
    ),
  );
  expect(boundsOf(lines)).toEqual({ x: [5, 25], y: [0.4, 4] });
});

describe('letters at the ends of curves', () => {
  test('stay where they are if they have room, and move apart in their order if they have not', () => {
    expect(apart([50, 10, null, 30], 11, [0, 100])).toEqual([50, 10, null, 30]);
    expect(apart([20, 20, 22], 11, [0, 100])).toEqual([20, 31, 42]);
  });

  test('stay within the chart', () => {
    expect(apart([95, 99, 100], 11, [0, 100])).toEqual([78, 89, 100]);
    expect(apart([-5, 0], 11, [0, 100])).toEqual([0, 11]);
  });
});

const line = (...spots: [number, number][]) => spots.map(([x, y]) => ({ x, y }));
const PAIR = [
  { train: line([0.5, 3], [1, 2]), validate: line([1, 2.5]) },
  { train: line([1, 4]), validate: line([1, 5], [2, 4]) },
];

describe('the arrow keys', () => {
  test('stop at every epoch that a run was validated after', () => {
    expect(stopsOf(PAIR)).toEqual([
      { x: 1, y0: 2.5, y1: 5 },
      { x: 2, y1: 4 },
    ]);
  });

  test('stop at the points of train where no run was validated', () => {
    expect(stopsOf(PAIR.map(({ train }) => ({ train, validate: [] })))).toEqual([{ x: 0.5 }, { x: 1 }]);
  });

  test('tell what each run had there, and nothing of one that had ended', () => {
    expect(valuesAt(PAIR, 1)).toEqual([
      { train: 2, validate: 2.5 },
      { train: 4, validate: 5 },
    ]);
    expect(valuesAt(PAIR, 2)[0]).toEqual({ train: null, validate: null });
  });
});

test('the table has every point of every run', () => {
  const { head, rows } = overlayTable(['first', 'second'], PAIR, 'epoch');
  expect(head).toEqual(['run', 'split', 'epoch', 'value']);
  expect(rows).toHaveLength(6);
  expect(rows[0]).toEqual(['first', 'train, smoothed', 0.5, 3]);
});
