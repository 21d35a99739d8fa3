/** What a network answers: of the classes, and how strange a picture is to it. */
import { describe, expect, test } from 'vitest';
import '../../harness/arrays.ts';
import { answersOf, hasNone, outputsOf } from '../../../src/core/train/answers.ts';

test('a run that learns from made-up pictures has one output more', () => {
  expect([outputsOf({ outliers: 0.1 }, 4), outputsOf({ outliers: 0 }, 4), outputsOf({}, 4)]).toEqual([
    5, 4, 4,
  ]);
  expect([hasNone({ outliers: 0.1 }), hasNone({})]).toEqual([true, false]);
});

describe('the answers', () => {
  test('of a network without that output are its own', () => {
    const outputs = Float32Array.of(0.5, 0.5, 0.25, 0.75);
    expect(answersOf(outputs, 2, false)).toEqual({ probabilities: outputs, strangeness: null });
  });

  test('are the probabilities given that it is one of the classes, and the log odds of none', () => {
    const { probabilities, strangeness } = answersOf(
      Float32Array.of(0.25, 0.25, 0.5, 0.6, 0.15, 0.25),
      2,
      true,
    );
    expect(probabilities).toBeCloseToAll(Float32Array.of(0.5, 0.5, 0.8, 0.2));
    expect(strangeness).toBeCloseToAll(Float32Array.of(0, Math.log(0.25 / 0.75)));
  });

  test('stay finite where a softmax has lost all of one side', () => {
    const { probabilities, strangeness } = answersOf(Float32Array.of(0, 0, 1, 1, 0, 0), 2, true);
    expect([...probabilities, ...strangeness!].every(Number.isFinite)).toBe(true);
    expect(strangeness![0]).toBeGreaterThan(10);
    expect(strangeness![1]).toBeLessThan(-10);
  });

  test('of no picture are empty', () => {
    expect(answersOf(new Float32Array(), 0, true)).toEqual({
      probabilities: new Float32Array(),
      strangeness: new Float32Array(),
    });
  });
});
