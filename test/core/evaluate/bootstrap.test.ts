/** Intervals from resampled clusters: against scikit-learn on the same resamples, and on simulated patients. */
import { describe, expect, test } from 'vitest';
import { splitIntervals } from '../../../src/core/evaluate/bootstrap.ts';
import { clustersOf, type Subjects } from '../../../src/core/evaluate/clusters.ts';
import { wilson } from '../../../src/core/evaluate/interval.ts';
import { draw, percentiles } from '../../../src/core/evaluate/resample.ts';
import { shareInterval } from '../../../src/core/evaluate/shareInterval.ts';
import { evaluationSteps, finished } from '../../../src/core/evaluate/split.ts';
import { random } from '../../../src/core/random.ts';
import golden from '../../golden/evaluate/bootstrap.json' with { type: 'json' };

type Golden = (typeof golden.cases)[number];

const predictionsOf = ({ classes, truth, probabilities }: Golden) => ({
  classes,
  truth: Uint8Array.from(truth),
  probabilities: Float32Array.from(probabilities),
});

const subjectsOf = ({ series, patient }: Pick<Golden, 'series' | 'patient'>): Subjects => ({
  series: Uint32Array.from(series),
  patient: Uint32Array.from(patient),
});

test('a resample draws the clusters that the reference draws', () => {
  for (const [at, resample] of [0, 1999].entries()) {
    const drawn = golden.drawn[at];
    const times = new Uint16Array(drawn.length);
    draw(times, resample);
    expect([...times]).toEqual(drawn.map((_, cluster) => drawn.filter((one) => one === cluster).length));
  }
});

describe.each(golden.cases)('$name', (one) => {
  const found = finished(splitIntervals(predictionsOf(one), subjectsOf(one)));
  const intervals = { ...found.metrics, ...found.perClass };

  test.each(Object.entries(one.intervals))('the interval of %s equals the reference', (name, wanted) => {
    const mine = [intervals[name as keyof typeof intervals]].flat();
    const expected = (typeof wanted[0] === 'number' ? [wanted] : wanted) as number[][];
    expect(mine).toHaveLength(expected.length);
    expected.forEach(([low, high], k) => {
      expect(Math.abs(mine[k]!.low - low)).toBeLessThan(1e-12);
      expect(Math.abs(mine[k]!.high - high)).toBeLessThan(1e-12);
    });
  });

  test('says by what it was resampled', () => {
    const { by, clusters } = one;
    expect(found.metrics.accuracy).toMatchObject({ method: 'bootstrap', by, clusters, resamples: 2000 });
  });

  test('has the same interval for a share that is counted by itself', () => {
    const { classes, truth, probabilities } = predictionsOf(one);
    const right = Array.from(truth, (label, i) => {
      const row = [...probabilities.subarray(i * classes, (i + 1) * classes)];
      return Number(row.indexOf(Math.max(...row)) === label);
    });
    expect(shareInterval(clustersOf(subjectsOf(one)), right)).toEqual(found.metrics.accuracy);
  });
});

describe('where a bootstrap would say too little', () => {
  /** Patients with three slices each, of two series. */
  const subjects = (patients: number) => {
    const slices = Array.from({ length: 3 * patients }, (_, i) => i);
    return subjectsOf({
      patient: slices.map((i) => Math.floor(i / 3)),
      series: slices.map((i) => 2 * Math.floor(i / 3) + Number(i % 3 === 2)),
    });
  };
  const right = (slices: number, wrong = 0) => Array.from({ length: slices }, (_, i) => Number(i >= wrong));

  test('of all right, Wilson takes each patient for one observation', () => {
    expect(shareInterval(clustersOf(subjects(20)), right(60))).toEqual({
      ...wilson(20, 20),
      method: 'wilson',
      by: 'patient',
      clusters: 20,
    });
  });

  test('with few patients, series are counted', () => {
    expect(shareInterval(clustersOf(subjects(9)), right(27, 2))).toMatchObject({
      method: 'bootstrap',
      by: 'series',
      clusters: 18,
    });
  });

  test('with few of both, Wilson takes each series for one observation', () => {
    const { low, high } = wilson((10 / 12) * 8, 8)!;
    const found = shareInterval(clustersOf(subjects(4)), right(12, 2));
    expect(found).toEqual({ low, high, method: 'wilson', by: 'series', clusters: 8 });
  });

  test('other figures of few have none, and shares of a class have Wilson’s', () => {
    const truth = Uint8Array.from({ length: 12 }, (_, i) => i % 2);
    const probabilities = Float32Array.from(truth, (label, i) => (i === 0 ? 0.4 : 1 - label));
    const both = Float32Array.from(
      { length: 24 },
      (_, i) => [probabilities[i >> 1], 1 - probabilities[i >> 1]][i & 1],
    );
    const { metrics, perClass } = finished(
      splitIntervals({ classes: 2, truth, probabilities: both }, subjects(4)),
    );
    expect(metrics.accuracy).toMatchObject({ method: 'wilson', by: 'series', clusters: 8 });
    expect([metrics.balancedAccuracy, metrics.kappa, metrics.loss]).toEqual([null, null, null]);
    expect(perClass.recall!.map((one) => one?.method)).toEqual(['wilson', 'wilson']);
    expect(perClass.classAuroc).toEqual([null, null]);
  });

  test('a figure that is undefined in most resamples has none', () => {
    expect(percentiles(Float64Array.of(0.1, 0.2, Number.NaN, Number.NaN, Number.NaN))).toBeNull();
    expect(percentiles(Float64Array.of(0.1, 0.2, 0.3, Number.NaN, Number.NaN))).not.toBeNull();
  });
});

test('of 400 simulated studies the interval by patient holds the truth in about 95 %, by slice in few', () => {
  const studies = 400;
  const truth = 0.8;
  let byPatient = 0;
  let bySlice = 0;
  for (let study = 0; study < studies; study++) {
    const numbers = random(8, study);
    const patient: number[] = [];
    const right: number[] = [];
    for (let number = 0; number < 40; number++) {
      // The slices of four patients of five are nearly all right, those of the fifth nearly all wrong.
      const share = numbers.uniform() < 0.8 ? 0.95 : 0.2;
      for (let slice = 0; slice < 10; slice++) {
        patient.push(number);
        right.push(Number(numbers.uniform() < share));
      }
    }
    const sum = right.reduce((a, b) => a + b, 0);
    const holds = ({ low, high }: { low: number; high: number }) => low <= truth && truth <= high;
    byPatient += Number(holds(shareInterval(clustersOf(subjectsOf({ patient, series: patient })), right)!));
    bySlice += Number(holds(wilson(sum, right.length)!));
  }
  expect(byPatient).toBeGreaterThan(368);
  expect(byPatient).toBeLessThan(392);
  expect(bySlice).toBeLessThan(280);
});

test('an evaluation has the series and patients behind each figure, and an interval for each row', () => {
  const [one] = golden.cases;
  const { truth, probabilities } = predictionsOf(one);
  const evaluation = finished(
    evaluationSteps(
      { truth, probabilities },
      ['CT', 'MR', 'PT'],
      {
        datasetOf: Uint16Array.from(one.patient, (patient) => Number(patient >= 30)),
        datasets: ['large', 'small'].map((name) => ({ id: name, name, location: '' })),
      },
      subjectsOf(one),
    ),
  )!;
  const sum = (of: 'series' | 'patients') =>
    evaluation.perDataset.reduce((total, row) => total + row[of]!, 0);
  expect(evaluation.subjects).toMatchObject({ patients: 40, series: new Set(one.series).size });
  expect(sum('series')).toBe(evaluation.subjects!.series);
  expect(evaluation.subjects!.perClass.map(({ series }) => series)).toEqual(
    [0, 1, 2].map((k) => new Set(one.series.filter((_, i) => one.truth[i] === k)).size),
  );
  const byUnit = evaluation.perDataset.map(({ dataset, interval }) => `${dataset} ${interval?.by}`);
  expect([...new Set(byUnit)].sort()).toEqual(['large patient', 'small series']);
});
