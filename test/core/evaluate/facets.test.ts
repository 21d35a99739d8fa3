/** Accuracies by what slices have in common, and answers by series. */
import { expect, test } from 'vitest';
import { bySeries } from '../../../src/core/evaluate/bySeries.ts';
import { FACETS, facetScores } from '../../../src/core/evaluate/facets.ts';
import { pooled } from '../../../src/core/evaluate/pooling.ts';
import { finished } from '../../../src/core/evaluate/split.ts';
import { withTemperature } from '../../../src/core/evaluate/temperature.ts';
import { makeFacts } from '../../builders/storage.ts';

const LABELS = ['CT', 'MR'];
/** The probability of CT of each slice. */
const of = (...ct: number[]) => Float32Array.from(ct.flatMap((p) => [p, 1 - p]));

const PREDICTIONS = {
  classes: 2,
  truth: Uint8Array.of(0, 0, 0, 1, 1),
  probabilities: of(0.9, 0.8, 0.3, 0.1, 0.6),
};
const SUBJECTS = {
  series: Uint32Array.of(0, 0, 0, 1, 1),
  patient: Uint32Array.of(0, 0, 0, 0, 0),
};

test('rows are what the slices have in common, worst first; what no file says is a row, too', () => {
  const slices = [null, 'SIEMENS', null, 'SIEMENS', 'SIEMENS'].map((manufacturer) => ({
    facts: { ...makeFacts('s', 'p'), manufacturer },
    dataset: { name: 'one', location: '' },
  }));
  const rows = finished(facetScores(PREDICTIONS, LABELS, slices, 'manufacturer', SUBJECTS));
  expect(rows.map(({ value, modality, n, correct }) => [value, modality, n, correct])).toEqual([
    [null, 'CT', 2, 1],
    ['SIEMENS', 'MR', 2, 1],
    ['SIEMENS', 'CT', 1, 1],
  ]);
  expect(rows[0]).toMatchObject({ series: 1, patients: 1, interval: { method: 'wilson', by: 'series' } });
});

test.each([
  [64, 40, 'up to 64 px'],
  [65, 1, '65 to 128 px'],
  [300, 512, '257 to 512 px'],
  [2049, 10, 'over 2048 px'],
])('an image of %i × %i is of the size %s', (rows, columns, words) => {
  const slice = {
    facts: { ...makeFacts('s', 'p'), rows, columns },
    dataset: { name: '', location: '' },
  };
  expect(FACETS.size.of(slice)).toBe(words);
});

test('a series answers once, as Classify pools its slices', () => {
  const calibration = { temperature: 2, correlation: 0.5 };
  const { predictions, first } = bySeries(PREDICTIONS, SUBJECTS, calibration);
  expect([...first]).toEqual([0, 3]);
  expect([...predictions.truth]).toEqual([0, 1]);
  const calm = withTemperature(PREDICTIONS.probabilities, 2, 2);
  expect([...predictions.probabilities.subarray(0, 2)]).toEqual([...pooled(calm.subarray(0, 6), 2, 0.5)]);
});

test('without a calibration its slices are one witness', () => {
  const { predictions } = bySeries(PREDICTIONS, SUBJECTS, null);
  expect([...predictions.probabilities.subarray(0, 2)]).toEqual([
    ...pooled(PREDICTIONS.probabilities.subarray(0, 6), 2, 1),
  ]);
});

test('slices of a series with different labels are a series each', () => {
  const { predictions } = bySeries(PREDICTIONS, { series: new Uint32Array(5) }, null);
  expect([...predictions.truth]).toEqual([0, 1]);
});
