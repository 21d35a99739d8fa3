/** Filters of listed series: each narrows by one thing, and together they narrow by all. */
import { expect, test } from 'vitest';
import {
  type Filtered,
  filterSeries,
  NO_FILTER,
  type SeriesFilter,
  type SeriesOrder,
} from '../../../src/core/dataset/seriesFilter.ts';
import { applyAct, gather, MIXED, seriesLabels } from '../../../src/core/dataset/seriesLabels.ts';
import { listSeries } from '../../../src/core/dataset/seriesList.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { propose } from '../../../src/core/labels/propose.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { LABEL_SOURCES } from '../../../src/core/types.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const [CT, MR] = [0, 1];

function project(): Filtered {
  const shards = makeSeriesShards([
    { dataset: 'a', series: 'chest', slices: 3, facts: { bodyPart: 'CHEST' } },
    { dataset: 'a', series: 'scout', slices: 1, facts: { imageType: 'localizer' } },
    { dataset: 'b', series: 'wrong', slices: 2, label: 'MR', source: 'user' },
    {
      dataset: 'b',
      series: 'picture',
      slices: 1,
      label: null,
      source: 'none',
      facts: { modalityTag: null, format: 'png', imageType: null },
    },
  ]);
  const list = listSeries(shards);
  const splitOf = Uint8Array.of(0, 2);
  const by = { classes: 4, splits: 3, splitOf, unused: new Uint8Array(list.slices) };
  const labels = seriesLabels(list, gather(list, shards), by);
  return {
    list,
    labels,
    splitOf,
    proposals: list.headers.map((facts) => propose(facts, DEFAULT_SET)),
    answers: {
      predicted: Uint8Array.of(CT, CT, CT, NO_CLASS),
      probability: Float32Array.of(0.5, 0.9, 0.75, 0),
    },
    doubts: new Map([
      [2, { doubt: 0.9 }],
      [0, { doubt: 0.1 }],
    ]),
    disagreed: new Map([
      [1, { cost: 0.2 }],
      [3, { cost: 0.4 }],
    ]),
    wordsOf: (series) => `${list.keys[series]} ${list.facts[series].bodyPart ?? ''}`.toLowerCase(),
  };
}

const shown = (filter: Partial<SeriesFilter>, order?: SeriesOrder, of = project()) => [
  ...filterSeries(of, { ...NO_FILTER, ...filter }, order),
];

test('without a filter every series is shown, as stored', () => {
  expect(shown({})).toEqual([0, 1, 2, 3]);
});

test.each<[string, Partial<SeriesFilter>, number[]]>([
  ['dataset', { dataset: 1 }, [2, 3]],
  ['split', { split: 0 }, [0, 1]],
  ['label', { label: MR }, [2]],
  ['no label', { label: NO_CLASS }, [3]],
  ['source', { source: LABEL_SOURCES.indexOf('user') }, [2]],
  ['image type', { kind: 'localizer' }, [1]],
  ['unknown image type', { kind: 'unknown' }, [3]],
  ['format', { format: 'png' }, [3]],
  ['a label that differs from the tag', { only: 'differs' }, [2]],
  ['doubt', { only: 'doubted' }, [0, 2]],
  ['two readers who disagree', { only: 'disagreed' }, [1, 3]],
  ['predicted class', { predicted: CT }, [0, 1, 2]],
  ['lowest probability', { atLeast: 0.75 }, [1, 2]],
  ['highest probability', { predicted: CT, atMost: 0.8 }, [0, 2]],
  ['words', { text: ' CHEST ct ' }, [0]],
  ['several of these', { dataset: 0, kind: 'original', predicted: CT }, [0]],
])('%s narrows', (_, filter, found) => {
  expect(shown(filter)).toEqual(found);
});

test('excluded series are found, also those of which one slice is excluded', () => {
  const of = project();
  const by = { classes: 4, splits: 3, splitOf: of.splitOf, unused: new Uint8Array(7) };
  applyAct(of.list, of.labels, by, { spans: [[0, 1]], change: { kind: 'exclude', exclude: true } });
  expect(shown({ only: 'excluded' }, 'stored', of)).toEqual([0]);
});

test('a mixed series is found as mixed, and by each of its labels', () => {
  const of = project();
  const by = { classes: 4, splits: 3, splitOf: of.splitOf, unused: new Uint8Array(7) };
  applyAct(of.list, of.labels, by, { spans: [[0, 1]], change: { kind: 'label', label: MR } });
  expect(shown({ label: MIXED }, 'stored', of)).toEqual([0]);
  expect(shown({ label: MR }, 'stored', of)).toEqual([0, 2]);
  expect(shown({ label: CT }, 'stored', of)).toEqual([0, 1]);
});

test.each<[SeriesOrder, number[]]>([
  ['unsure', [3, 0, 2, 1]],
  ['slices', [0, 2, 1, 3]],
  ['label', [0, 1, 2, 3]],
  ['doubt', [2, 0, 1, 3]],
])('in the order %s', (order, found) => {
  expect(shown({}, order)).toEqual(found);
});
