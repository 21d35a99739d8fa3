/** Labels of listed series: what an act changes, that it is taken back exactly, and that counts always follow. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyAct,
  type CountedBy,
  gather,
  type LabelAct,
  MIXED,
  restore,
  type SeriesLabels,
  seriesLabels,
  touchedSeries,
} from '../../../src/core/dataset/seriesLabels.ts';
import { listSeries, type SeriesList } from '../../../src/core/dataset/seriesList.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { LABEL_SOURCES } from '../../../src/core/types.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const SHARDS = makeSeriesShards(
  [
    { dataset: 'a', series: 'one', slices: 3 },
    { dataset: 'a', series: 'two', slices: 2, label: null, source: 'none' },
    { dataset: 'b', series: 'three', slices: 4, label: 'MR' },
  ],
  4,
);

function project(): { list: SeriesList; labels: SeriesLabels; by: CountedBy } {
  const list = listSeries(SHARDS);
  const by = { classes: 4, splits: 3, splitOf: Uint8Array.of(0, 2), unused: new Uint8Array(list.slices) };
  return { list, by, labels: seriesLabels(list, gather(list, SHARDS), by) };
}

const label = (value: number, ...spans: [number, number][]): LabelAct => ({
  spans,
  change: { kind: 'label', label: value },
});
const exclude = (value: boolean, ...spans: [number, number][]): LabelAct => ({
  spans,
  change: { kind: 'exclude', exclude: value },
});
/** Train, validate and test, each with four classes and those without. */
const counts = ({ counts }: SeriesLabels) => [0, 1, 2].map((i) => [...counts.slices.slice(i * 5, i * 5 + 5)]);

test('labels are gathered from the shards, and counted by split and class', () => {
  const { labels } = project();
  expect([...labels.labelOf]).toEqual([0, NO_CLASS, 1]);
  expect(LABEL_SOURCES[labels.sourceOf[1]]).toBe('none');
  expect(counts(labels)).toEqual([
    [3, 0, 0, 0, 2],
    [0, 0, 0, 0, 0],
    [0, 4, 0, 0, 0],
  ]);
  expect(labels.counts.seriesLeft).toBe(1);
});

test('a label given to a series is the user’s, and moves its slices from class to class', () => {
  const { list, labels, by } = project();
  applyAct(list, labels, by, label(2, [3, 5]));
  expect(labels.labelOf[1]).toBe(2);
  expect(LABEL_SOURCES[labels.sourceOf[1]]).toBe('user');
  expect(counts(labels)[0]).toEqual([3, 0, 2, 0, 0]);
  expect(labels.counts.seriesLeft).toBe(0);
});

test('a label given to a single slice makes its series mixed', () => {
  const { list, labels, by } = project();
  applyAct(list, labels, by, label(3, [6, 7]));
  expect(labels.labelOf[2]).toBe(MIXED);
  expect(labels.sourceOf[2]).toBe(MIXED);
  expect(counts(labels)[2]).toEqual([0, 3, 0, 1, 0]);
});

test('excluded slices count nowhere, and a series that is excluded is not left to label', () => {
  const { list, labels, by } = project();
  applyAct(list, labels, by, exclude(true, [3, 5], [5, 6]));
  expect([...labels.excludedOf]).toEqual([0, 2, 1]);
  expect(counts(labels)).toEqual([
    [3, 0, 0, 0, 0],
    [0, 0, 0, 0, 0],
    [0, 3, 0, 0, 0],
  ]);
  expect(labels.counts.seriesLeft).toBe(0);
  applyAct(list, labels, by, exclude(false, [3, 5]));
  expect(labels.counts.seriesLeft).toBe(1);
});

test('slices of an excluded kind never count', () => {
  const { list, by } = project();
  by.unused[0] = 1;
  const labels = seriesLabels(list, gather(list, SHARDS), by);
  expect(counts(labels)[0]).toEqual([2, 0, 0, 0, 2]);
});

test('spans say which series they touch', () => {
  const { list } = project();
  expect(touchedSeries(list, [[4, 6]])).toEqual([1, 2]);
  expect(
    touchedSeries(list, [
      [5, 9],
      [0, 1],
      [2, 2],
    ]),
  ).toEqual([0, 2]);
});

test('whatever is done, taking it back in reverse gives what was before, and counts as if counted anew', () => {
  const act = fc
    .tuple(fc.nat(8), fc.nat(8), fc.constantFrom<LabelAct['change']>(...changes()))
    .map(([a, b, change]): LabelAct => ({ spans: [[Math.min(a, b), Math.max(a, b) + 1]], change }));
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const { list, labels, by } = project();
      const first = structuredClone(labels);
      const undo = acts.map((one) => applyAct(list, labels, by, one));
      const { label, source, excluded } = structuredClone(labels);
      expect(seriesLabels(list, { label, source, excluded }, by)).toEqual(labels);
      for (const before of undo.reverse()) restore(list, labels, by, before);
      expect(labels).toEqual(first);
    }),
  );
});

test('what was taken back can be done again', () => {
  const { list, labels, by } = project();
  const before = applyAct(list, labels, by, label(2, [0, 3], [5, 6]));
  const done = structuredClone(labels);
  restore(list, labels, by, restore(list, labels, by, before));
  expect(labels).toEqual(done);
});

function changes(): LabelAct['change'][] {
  return [
    { kind: 'label', label: 2 },
    { kind: 'label', label: NO_CLASS },
    { kind: 'exclude', exclude: true },
    { kind: 'exclude', exclude: false },
  ];
}
