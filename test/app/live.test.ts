/** The run in progress as the page shows it: gathered as it comes, shown once a frame. */
import { beforeEach, expect, test } from 'vitest';
import { createLive } from '../../src/app/live.ts';
import type { LiveRun, State } from '../../src/app/state.ts';
import type { CurvePoint } from '../../src/core/train/curve.ts';

let shown: (LiveRun | null)[];
let frames: (() => void)[];

beforeEach(() => {
  shown = [];
  frames = [];
});

const create = () =>
  createLive(
    (patch) => shown.push((patch as Partial<State>).live!),
    (callback) => frames.push(callback),
  );
const paint = () => {
  for (const callback of frames.splice(0)) callback();
};
const point = (step: number) => ({ step, epoch: step / 10, loss: 1, accuracy: 0 }) as CurvePoint;
const steps = () => shown.at(-1)?.points.map(({ step }) => step);

test('begins with the curve so far, its last point as the latest', () => {
  create().begin('r', [point(1), point(2)]);
  expect(shown).toMatchObject([{ run: 'r', phase: 'preparing', latest: { step: 2 }, stopping: null }]);
  expect(steps()).toEqual([1, 2]);
});

test('many events are one painting, in a new object so that the page notices', () => {
  const live = create();
  live.begin('r', []);
  const before = shown.at(-1);
  live.event({ kind: 'phase', phase: 'training', done: 3, total: 9 });
  live.event({ kind: 'point', point: point(3) });
  expect(shown).toHaveLength(1);
  paint();
  expect(shown).toHaveLength(2);
  expect(shown[1]).not.toBe(before);
  expect(shown[1]).toMatchObject({ phase: 'training', phaseDone: 3, phaseTotal: 9, latest: { step: 3 } });
  live.event({ kind: 'point', point: point(4) });
  paint();
  expect(steps()).toEqual([3, 4]);
});

test('what came after the checkpoint a run goes on from is drawn anew', () => {
  const live = create();
  live.begin('r', [point(1), point(5)]);
  live.event({ kind: 'resumed', epoch: 1, step: 3 } as never);
  paint();
  expect(steps()).toEqual([1]);
});

test('what the curve does not show paints nothing', () => {
  const live = create();
  live.begin('r', []);
  live.event({ kind: 'checkpoint' } as never);
  expect(frames).toEqual([]);
});

test('that it stops is shown at once', () => {
  const live = create();
  live.begin('r', []);
  live.stopping('model');
  expect(shown.at(-1)).toMatchObject({ stopping: 'model' });
});

test('a late event or painting does not bring an ended run back', () => {
  const live = create();
  live.begin('r', []);
  live.event({ kind: 'point', point: point(1) });
  live.end();
  paint();
  live.event({ kind: 'point', point: point(2) });
  live.stopping('model');
  paint();
  expect(shown.slice(1)).toEqual([null, null]);
});
