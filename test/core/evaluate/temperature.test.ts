/** Temperature scaling and reliability against SciPy, and what holds for any predictions. */
import { describe, expect, test } from 'vitest';
import type { Predictions } from '../../../src/core/evaluate/confusion.ts';
import { BINS, calibrationErrorOf, reliability } from '../../../src/core/evaluate/reliability.ts';
import { COLDEST, fitTemperature, withTemperature } from '../../../src/core/evaluate/temperature.ts';
import golden from '../../golden/evaluate/temperature.json' with { type: 'json' };

/** Predictions of two classes: the probability of the first, and whether it is right. */
function answers(...rows: [number, boolean][]): Predictions {
  return {
    classes: 2,
    truth: Uint8Array.from(rows, ([, right]) => (right ? 0 : 1)),
    probabilities: Float32Array.from(rows.flatMap(([p]) => [p, 1 - p])),
  };
}

describe('the temperature of least loss', () => {
  test.each(golden.cases)('is SciPy’s: $name', (one) => {
    const predictions = {
      classes: one.classes,
      truth: Uint8Array.from(one.truth),
      probabilities: Float32Array.from(one.probabilities),
    };
    const found = fitTemperature(predictions, one.weights ?? undefined)!;
    expect(found / one.temperature).toBeCloseTo(1, 5);
  });

  test('lowers the calibration error of a network that is too sure', () => {
    const one = golden.cases[0];
    const { classes } = one;
    const truth = Uint8Array.from(one.truth);
    const raw = Float32Array.from(one.probabilities);
    const scaled = withTemperature(raw, classes, one.temperature);
    const error = (probabilities: Float32Array) =>
      calibrationErrorOf(reliability({ classes, truth, probabilities }))!;
    expect(error(scaled)).toBeLessThan(error(raw) / 2);
  });

  test('stays within bounds where every answer is right', () => {
    expect(fitTemperature(answers([0.9, true], [0.8, true]))).toBeCloseTo(COLDEST, 6);
  });

  test('does not exist without predictions', () => {
    expect(fitTemperature(answers())).toBeNull();
    expect(calibrationErrorOf(reliability(answers()))).toBeNull();
  });
});

describe('scaled probabilities', () => {
  test('are p^(1/T), made to sum to 1', () => {
    const [a, b] = withTemperature(Float32Array.of(0.8, 0.2), 2, 2);
    expect(a).toBeCloseTo(Math.sqrt(0.8) / (Math.sqrt(0.8) + Math.sqrt(0.2)), 6);
    expect(a + b).toBeCloseTo(1, 6);
  });

  test('keep a class of probability 0 below the others', () => {
    const [a, b] = withTemperature(Float32Array.of(1, 0), 2, 4);
    expect(b).toBeGreaterThan(0);
    expect(b).toBeLessThan(a);
  });
});

describe('the reliability diagram', () => {
  test('counts an answer in the bin whose upper bound it does not pass', () => {
    const bins = reliability(answers([10 / BINS, true], [0.99, true], [0.97, false]));
    expect(bins).toHaveLength(BINS);
    expect(bins[9]).toMatchObject({ n: 1, accuracy: 1 });
    expect(bins[BINS - 1]).toMatchObject({ n: 2, accuracy: 0.5 });
    expect(bins[BINS - 1].confidence).toBeCloseTo(0.98, 6);
  });

  test('has an error of nothing where the share that is right is the probability', () => {
    const rows = Array.from({ length: 4 }, (_, i): [number, boolean] => [0.75, i > 0]);
    expect(calibrationErrorOf(reliability(answers(...rows)))).toBeCloseTo(0, 6);
  });
});
