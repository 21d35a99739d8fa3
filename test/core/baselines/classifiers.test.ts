/** The classifiers of the baselines against scikit-learn. */
import { describe, expect, test } from 'vitest';
import { NEIGHBOURS, neighbourVotes } from '../../../src/core/baselines/neighbours.ts';
import { fitScaling } from '../../../src/core/baselines/scaling.ts';
import { decisions, fitSvm } from '../../../src/core/baselines/svm.ts';
import golden from '../../golden/baselines/classifiers.json' with { type: 'json' };

const CASES = golden.cases.map((one) => ({
  ...one,
  name: `${one.classes} classes`,
  features: { dimensions: one.dimensions, values: Float32Array.from(one.values) },
  examples: {
    classes: one.classes,
    label: Uint8Array.from(one.label),
    weight: Float64Array.from(one.weight),
  },
  questions: Array.from({ length: one.asked.length / one.dimensions }, (_, i) =>
    Float32Array.from(one.asked.slice(i * one.dimensions, (i + 1) * one.dimensions)),
  ),
}));
const noPause = async () => undefined;

describe.each(CASES)('with $name', ({ features, examples, questions, classes, dimensions, ...wanted }) => {
  test('the weights and biases of the linear SVM are scikit-learn’s', async () => {
    const options = { cost: golden.cost, tolerance: 1e-9, rounds: 20_000 };
    const { weights } = await fitSvm(examples, features, noPause, options);
    wanted.svm.flat().forEach((value, at) => {
      expect(weights[at]).toBeCloseTo(value, 4);
    });
  });

  test('five neighbours vote as scikit-learn’s', () => {
    expect(NEIGHBOURS).toBe(5);
    const votes = neighbourVotes(features, examples.label, classes);
    questions.forEach((asked, i) => {
      wanted.votes[i].forEach((share, k) => {
        expect(votes(asked)[k]).toBeCloseTo(share, 9);
      });
    });
  });

  test('features are standardised as scikit-learn’s, a family of four to half of that', () => {
    const families = dimensions === 8 ? [4, 4] : [1, 1, 1];
    const scaled = fitScaling(features, families)(Float32Array.from(wanted.asked));
    wanted.scaled.forEach((value, at) => {
      expect(scaled[at]).toBeCloseTo(value / Math.sqrt(families[0]), 4);
    });
  });
});

test('an SVM decides for the class whose examples lie on that side', async () => {
  const features = { dimensions: 1, values: Float32Array.of(-2, -1, 1, 2) };
  const examples = { classes: 2, label: Uint8Array.of(1, 1, 0, 0), weight: new Float64Array(4).fill(1) };
  const svm = await fitSvm(examples, features, noPause);
  const [first, second] = decisions(svm, Float32Array.of(1.5));
  expect(first).toBeGreaterThan(second);
});

test('an SVM stops between two rounds once the work is cancelled', async () => {
  const { examples, features } = CASES[1];
  let rounds = 0;
  const pause = async () => {
    if (++rounds === 3) throw new Error('cancelled');
  };
  await expect(fitSvm(examples, features, pause)).rejects.toThrow('cancelled');
  expect(rounds).toBe(3);
});

test('a feature that never changes in training says nothing', () => {
  const scale = fitScaling({ dimensions: 2, values: Float32Array.of(1, 7, 3, 7) }, [2]);
  expect(scale(Float32Array.of(2, 900))).toEqual(Float32Array.of(0, 0));
});

test('fewer examples than neighbours all vote', () => {
  const votes = neighbourVotes({ dimensions: 1, values: Float32Array.of(0, 1) }, Uint8Array.of(0, 2), 3);
  expect([...votes(Float32Array.of(5))]).toEqual([0.5, 0, 0.5]);
});
