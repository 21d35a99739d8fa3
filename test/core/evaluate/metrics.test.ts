/** Metrics against scikit-learn, and what holds for any predictions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Predictions } from '../../../src/core/evaluate/confusion.ts';
import { confusion } from '../../../src/core/evaluate/confusion.ts';
import { METRICS } from '../../../src/core/evaluate/metrics/index.ts';
import type { Metric } from '../../../src/core/evaluate/metrics/metric.ts';
import golden from '../../golden/evaluate/metrics.json' with { type: 'json' };

function allMetrics(some: Predictions) {
  const counts = confusion(some);
  return Object.fromEntries(
    Object.entries<Metric>(METRICS).map(([name, metric]) => [
      name,
      metric.from === 'confusion' ? metric.compute(counts) : metric.compute(some),
    ]),
  ) as { [Name in MetricName]: ReturnType<(typeof METRICS)[Name]['compute']> };
}

/** Golden values by metric; one without them is not tested, and fails. */
function goldenOf(one: (typeof golden.cases)[number], name: MetricName) {
  expect(one).toHaveProperty(name);
  return one[name];
}

type MetricName = keyof typeof METRICS;

describe('metrics agree with scikit-learn', () => {
  test.each(golden.cases)('$name', (one) => {
    const predictions = {
      classes: one.classes,
      truth: Uint8Array.from(one.truth),
      probabilities: Float32Array.from(one.probabilities),
    };
    expect(confusion(predictions)).toEqual(one.confusion);
    const mine = allMetrics(predictions);
    // scikit-learn scales float32 probabilities to sum to 1 before the log loss.
    for (const name of Object.keys(METRICS) as MetricName[]) {
      const [values, wanted] = [[mine[name]].flat(), [goldenOf(one, name)].flat()];
      expect(values).toHaveLength(wanted.length);
      values.forEach((value, k) => {
        const expected = wanted[k];
        if (expected === null) expect(value).toBeNull();
        else expect(value).toBeCloseTo(expected, METRICS[name].kind === 'overall' ? 7 : 10);
      });
    }
  });
});

const predictions = fc.integer({ min: 2, max: 12 }).chain((classes) => {
  const probability = fc.float({ min: 0, max: 1, noNaN: true });
  const slice = fc.tuple(
    fc.nat(classes - 1),
    fc.array(probability, { minLength: classes, maxLength: classes }),
  );
  return fc.array(slice, { minLength: 1, maxLength: 60 }).map((slices) => ({
    classes,
    truth: Uint8Array.from(slices, ([label]) => label),
    probabilities: Float32Array.from(slices.flatMap(([, values]) => values)),
  }));
});

describe('for any predictions', () => {
  test('every share lies between 0 and 1, or does not exist', () => {
    fc.assert(
      fc.property(predictions, (some) => {
        const { loss, kappa, matthews, ...shares } = allMetrics(some);
        for (const value of Object.values(shares).flat()) {
          if (value === null) continue;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(Number.isFinite(loss)).toBe(true);
        for (const agreement of [kappa, matthews]) expect(Math.abs(agreement ?? 0)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('accuracy is the mean of the recalls weighted by how often each class occurs', () => {
    fc.assert(
      fc.property(predictions, (some) => {
        const counts = confusion(some);
        const { accuracy, recall } = allMetrics(some);
        const sizes = counts.map((row) => row.reduce((a, b) => a + b));
        const weighted = recall.reduce((sum: number, value, k) => sum + (value ?? 0) * sizes[k], 0);
        expect(weighted / some.truth.length).toBeCloseTo(accuracy!, 10);
      }),
    );
  });

  test('a slice that counts several times is as if it were there as often', () => {
    fc.assert(
      fc.property(predictions, fc.infiniteStream(fc.nat(3)), (some, stream) => {
        const { classes, truth, probabilities } = some;
        const weights = Uint16Array.from(truth, () => stream.next().value!);
        const rows = Array.from(weights, (times, i) => new Array<number>(times).fill(i)).flat();
        const repeated = {
          classes,
          truth: Uint8Array.from(rows, (i) => truth[i]),
          probabilities: Float32Array.from(
            rows.flatMap((i) => [...probabilities.subarray(i * classes, (i + 1) * classes)]),
          ),
        };
        for (const metric of Object.values<Metric>(METRICS)) {
          if (metric.from !== 'predictions' || !metric.weighted) continue;
          const values = [metric.weighted(some)(weights)].flat();
          [metric.compute(repeated)].flat().forEach((wanted, k) => {
            if (wanted === null) expect(values[k]).toBeNull();
            else expect(values[k]).toBeCloseTo(wanted, 10);
          });
        }
      }),
    );
  });

  test('the order of the slices does not matter', () => {
    fc.assert(
      fc.property(predictions, (some) => {
        const { classes, truth, probabilities } = some;
        const rows = Array.from(truth, (_, i) => probabilities.subarray(i * classes, (i + 1) * classes));
        const reversed = {
          classes,
          truth: truth.toReversed(),
          probabilities: Float32Array.from(rows.toReversed().flatMap((row) => [...row])),
        };
        const [a, b] = [allMetrics(some), allMetrics(reversed)];
        // Sums of fractions depend on their order by rounding.
        expect({ ...b, loss: 0, calibrationError: 0 }).toEqual({ ...a, loss: 0, calibrationError: 0 });
        expect(b.loss).toBeCloseTo(a.loss!, 10);
        expect(b.calibrationError).toBeCloseTo(a.calibrationError!, 10);
      }),
    );
  });
});

test('of no slice at all no metric exists', () => {
  const none = allMetrics({ classes: 3, truth: new Uint8Array(0), probabilities: new Float32Array(0) });
  expect(new Set(Object.values(none).flat())).toEqual(new Set([null]));
});

test.each(Object.entries(METRICS))('%s says in a sentence what it is', (_, { label, short, description }) => {
  expect(label).toMatch(/^[A-Z]/);
  expect(short).toMatch(/^\S+( \S+)?$/);
  expect(description).toMatch(/^[A-Z].*\.$/);
});
