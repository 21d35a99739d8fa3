/** Confident learning and label scores against an independent implementation, and what holds for any predictions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confidentJoint, offDiagonal } from '../../../src/core/audit/confident.ts';
import { QUALITY_SCORES, type QualityScore, rankLabels } from '../../../src/core/audit/quality.ts';
import { random } from '../../../src/core/random.ts';
import golden from '../../golden/audit/confident.json' with { type: 'json' };
import { plantedErrors } from './planted.ts';

const SCORES = Object.keys(QUALITY_SCORES) as QualityScore[];

describe.each(golden.cases)('$name', (one) => {
  const judged = { ...one, probabilities: Float32Array.from(one.probabilities) };
  const found = confidentJoint(judged);

  test('has the thresholds, counts, joint distribution and noise of the paper’s equations', () => {
    const thresholds = one.thresholds.map((value) => value ?? Number.POSITIVE_INFINITY);
    for (const [c, value] of thresholds.entries()) expect(found.thresholds[c]).toBeCloseTo(value, 9);
    expect([...found.confident]).toEqual(one.confident);
    for (const [at, value] of one.joint.entries()) expect(found.joint[at]).toBeCloseTo(value, 9);
    expect(found.noise).toBeCloseTo(one.noise, 9);
  });

  test('has the same labels off the diagonal', () => {
    expect([...offDiagonal(judged, found)]).toEqual(one.offDiagonal);
  });

  test.each(SCORES)('has the same %s', (score) => {
    expect(one).toHaveProperty(score);
    for (const [i, value] of one[score].entries())
      expect(QUALITY_SCORES[score](judged, i)).toBeCloseTo(value, 6);
  });

  test('is ranked alike: off the diagonal first, each part by its margin', () => {
    const off = offDiagonal(judged, found);
    const order = [...rankLabels(judged, 'normalisedMargin')];
    expect([...order.filter((i) => off[i]), ...order.filter((i) => !off[i])]).toEqual(one.ranking);
  });
});

test.each(SCORES)('%s rises when the model agrees more with the label', (score) => {
  const confidence = fc.double({ min: 0.01, max: 0.98, noNaN: true });
  fc.assert(
    fc.property(confidence, fc.integer({ min: 2, max: 9 }), (p, classes) => {
      const with_ = (own: number) => ({
        classes,
        label: [0],
        probabilities: Float32Array.from({ length: classes }, (_, c) =>
          c === 0 ? own : (1 - own) / (classes - 1),
        ),
      });
      expect(QUALITY_SCORES[score](with_(p + 0.01), 0)).toBeGreaterThan(QUALITY_SCORES[score](with_(p), 0));
    }),
  );
});

test.each(SCORES)('%s lies between 0 and 1 for any probabilities', (score) => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 }),
      (raw) => {
        const sum = raw.reduce((a, b) => a + b, 0) || 1;
        const probabilities = Float32Array.from(raw, (value) => value / sum);
        const value = QUALITY_SCORES[score]({ classes: raw.length, label: [0], probabilities }, 0);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('planted errors are off the diagonal, and the noise is about their share', () => {
  const { judged, isWrong } = plantedErrors({ count: 2000, classes: 4, share: 0.08, sharpness: 6, seed: 3 });
  const joint = confidentJoint(judged);
  const off = offDiagonal(judged, joint);
  const found = isWrong.filter((wrong, i) => wrong && off[i]).length;
  expect(found / isWrong.filter(Boolean).length).toBeGreaterThan(0.9);
  expect(joint.noise).toBeGreaterThan(0.06);
  expect(joint.noise).toBeLessThan(0.1);
});

test('without a single label there is no noise', () => {
  const joint = confidentJoint({ classes: 3, label: [], probabilities: new Float32Array(0) });
  expect(joint.noise).toBe(0);
});

test('the order of the labels does not change the joint', () => {
  const { judged } = plantedErrors({ count: 300, classes: 3, share: 0.1, sharpness: 2, seed: 5 });
  const order = random(1).shuffle(Uint32Array.from({ length: 300 }, (_, i) => i));
  const label = Uint8Array.from(order, (i) => judged.label[i]);
  const probabilities = new Float32Array(judged.probabilities.length);
  order.forEach((from, to) => {
    probabilities.set(judged.probabilities.subarray(from * 3, from * 3 + 3), to * 3);
  });
  expect(confidentJoint({ classes: 3, label, probabilities }).confident).toEqual(
    confidentJoint(judged).confident,
  );
});
