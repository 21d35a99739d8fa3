/** Every state of a batch in the decode pool, and what each event makes of it. */
import { describe, expect, test } from 'vitest';
import { answered, asked, type JobState, newJob, workerEnded } from '../../../src/core/files/jobState.ts';

/** Of three files, unless said otherwise. */
const state = (phase: JobState['phase'], ended: number, partial = false, files = 3): JobState => ({
  phase,
  files,
  ended,
  partial,
});
const OVER = { done: true };
const MORE = { done: false };

describe('an answer', () => {
  test.each([
    ['of no file’s end', state('decoding', 0), [MORE], state('answered', 0, true)],
    ['of one file', state('decoding', 0), [OVER], state('answered', 1)],
    [
      'of one file and the beginning of the next',
      state('decoding', 0),
      [OVER, MORE],
      state('answered', 1, true),
    ],
    ['of the rest of a file', state('decoding', 1, true), [OVER], state('answered', 2)],
    ['of more of the same file', state('decoding', 1, true), [MORE], state('answered', 1, true)],
    ['of several batches of one file', state('decoding', 1, true), [MORE, MORE, OVER], state('answered', 2)],
    ['of the last file', state('decoding', 2), [OVER], state('complete', 3)],
    ['of all files', state('decoding', 0), [OVER, OVER, OVER], state('complete', 3)],
    ['of nothing', state('decoding', 1), [], state('answered', 1)],
  ])('%s', (_, before, batches, after) => {
    expect(answered(before, batches)).toEqual(after);
  });
});

test('a question for more goes to a worker that has answered', () => {
  expect(asked(state('answered', 1, true))).toEqual(state('decoding', 1, true));
});

describe('the end of its worker', () => {
  test.each([
    [
      'before any answer splits the job: any file may be at fault',
      state('decoding', 0),
      state('split', 0),
      false,
    ],
    ['after a whole file splits the rest', state('decoding', 1), state('split', 1), false],
    ['amid a file loses that file', state('decoding', 1, true), state('split', 2), true],
    ['while it waits to be asked, too', state('answered', 1, true), state('split', 2), true],
    ['at the only file that is left loses it', state('decoding', 2), state('complete', 3), true],
    ['amid the last file loses it', state('answered', 2, true), state('complete', 3), true],
    ['at a single file loses it', newJob(1), state('complete', 1, false, 1), true],
  ])('%s', (_, before, after, lost) => {
    expect(workerEnded(before)).toEqual({ state: after, lost });
  });
});

describe('no event fits', () => {
  const events = {
    answer: (one: JobState) => answered(one, [OVER]),
    question: asked,
    end: (one: JobState) => workerEnded(one),
  };
  test.each([
    ['answer', 'answered'],
    ['answer', 'split'],
    ['answer', 'complete'],
    ['question', 'decoding'],
    ['question', 'split'],
    ['question', 'complete'],
    ['end', 'split'],
    ['end', 'complete'],
  ] as const)('%s in a job that is %s', (event, phase) => {
    expect(() => events[event](state(phase, 1))).toThrow(`A job that is ${phase}`);
  });
});
