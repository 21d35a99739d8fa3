/** Several voices as one: weights follow how well each knows the labels. */
import { expect, test } from 'vitest';
import { pooled, poolWeights, type Voice } from '../../../src/core/audit/pool.ts';
import { plantedErrors } from './planted.ts';

const CLASSES = 3;

function voiceOf({ judged }: ReturnType<typeof plantedErrors>): Voice {
  return Array.from({ length: judged.label.length }, (_, i) =>
    Float64Array.from(judged.probabilities.subarray(i * CLASSES, (i + 1) * CLASSES), Math.log),
  );
}

const about = { count: 400, classes: CLASSES, share: 0.05, seed: 2 };
const GOOD = plantedErrors({ ...about, sharpness: 4 });
/** It says the same of everything. */
const DULL: Voice = GOOD.truth.length ? Array.from(GOOD.truth, () => Float64Array.of(-1, -1, -1)) : [];
/** It says of each item what another one is. */
const LOST: Voice = voiceOf(plantedErrors({ ...about, seed: 3, sharpness: 4 }));

test('a voice that knows nothing of the labels gets almost no weight', () => {
  const [good, lost] = poolWeights([voiceOf(GOOD), LOST], GOOD.judged.label, CLASSES);
  expect(good).toBeGreaterThan(0.4);
  expect(lost).toBeLessThan(0.1);
});

test('weights make the labels more probable than equal weights do', () => {
  const voices = [voiceOf(GOOD), LOST];
  const loss = (weights: ArrayLike<number>) =>
    Array.from(GOOD.judged.label).reduce(
      (sum, own, i) => sum - Math.log(pooled(voices, weights, i, CLASSES)![own]),
      0,
    );
  const best = poolWeights(voices, GOOD.judged.label, CLASSES);
  expect(loss(best)).toBeLessThan(loss([1, 1]));
  for (const step of [-0.02, 0.02]) expect(loss(best)).toBeLessThan(loss([best[0] + step, best[1]]));
});

test('a voice that says the same of everything changes nothing', () => {
  const voices = [voiceOf(GOOD), DULL];
  const weights = poolWeights(voices, GOOD.judged.label, CLASSES);
  const alone = pooled([voices[0]], weights, 0, CLASSES)!;
  expect([...pooled(voices, weights, 0, CLASSES)!]).toEqual([...alone].map((p) => expect.closeTo(p, 9)));
});

test('with few labels each voice has the weight 1', () => {
  expect([...poolWeights([voiceOf(GOOD).slice(0, 20)], GOOD.judged.label.slice(0, 20), CLASSES)]).toEqual([
    1,
  ]);
});

test('where one voice is silent the other speaks alone, and nobody speaks where both are', () => {
  const said = Float64Array.of(Math.log(0.5), Math.log(0.25), Math.log(0.25));
  expect([...pooled([[null], [said]], [1, 1], 0, CLASSES)!]).toEqual(
    [0.5, 0.25, 0.25].map((p) => expect.closeTo(p, 9)),
  );
  expect(pooled([[null], [null]], [1, 1], 0, CLASSES)).toBeNull();
});
