/** What a model says of a series: the mean over its slices. */
import { expect, test } from 'vitest';
import { seriesAnswers } from '../../../src/core/dataset/seriesAnswers.ts';
import { listSeries } from '../../../src/core/dataset/seriesList.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const LIST = listSeries(
  makeSeriesShards([
    { dataset: 'a', series: 'one', slices: 2 },
    { dataset: 'a', series: 'two', slices: 2 },
    { dataset: 'b', series: 'three', slices: 1 },
  ]),
);

test('slices are averaged; a series of which nothing is predicted has no answer', () => {
  const train = {
    shard: Uint32Array.of(1, 1, 1),
    row: Uint32Array.of(0, 1, 2),
    probabilities: Float32Array.of(0.5, 0.5, 0.25, 0.75, 1, 0),
  };
  const { predicted, probability } = seriesAnswers(LIST, [train], 2);
  expect([...predicted]).toEqual([1, 0, NO_CLASS]);
  expect([...probability]).toEqual([0.625, 1, 0]);
});

test('slices that are no longer stored are passed over', () => {
  const gone = {
    shard: Uint32Array.of(7, 1),
    row: Uint32Array.of(0, 4),
    probabilities: Float32Array.of(1, 0, 0.25, 0.75),
  };
  expect([...seriesAnswers(LIST, [gone], 2).predicted]).toEqual([NO_CLASS, NO_CLASS, 1]);
});

test('a model whose classes stand in another order, or that knows more of them, answers for those of the set', () => {
  const other = {
    shard: Uint32Array.of(1),
    row: Uint32Array.of(4),
    probabilities: Float32Array.of(0.25, 0.5, 0.25),
  };
  const { predicted, probabilities } = seriesAnswers(LIST, [other], 2, [1, NO_CLASS, 0]);
  expect([...probabilities.slice(4)]).toEqual([0.25, 0.25]);
  expect(predicted[2]).toBe(0);
});
