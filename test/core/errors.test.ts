/** Every error names its cause, what happened to the data, and the next step. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LabError, toErrorRecord } from '../../src/core/errors.ts';
import { REMARK_CODES } from '../../src/core/remarks.ts';
import { SKIP_CODES } from '../../src/core/skip.ts';

const SENTENCE = /^[\p{Lu}“].*[.!?”)]$/su;

describe('what is said of a file', () => {
  test.each([...Object.entries(SKIP_CODES), ...Object.entries(REMARK_CODES)])(
    '%s is a cause and a next step, in sentences',
    (_, { reason, next }) => {
      expect(reason).toMatch(SENTENCE);
      expect(next).toMatch(SENTENCE);
    },
  );
});

test.each([
  new Error('Anything.'),
  new RangeError(''),
  'text',
  Object.assign(new Error(), { name: 'AbortError' }),
])('what nobody foresaw (%s) has an outcome and a next step all the same', (thrown) => {
  const { outcome, next } = toErrorRecord(thrown);
  expect(outcome).toMatch(SENTENCE);
  expect(next).toMatch(SENTENCE);
});

test('an error keeps its three sentences over a worker’s boundary', () => {
  const record = toErrorRecord(new LabError('code', 'Cause.', 'Outcome.', 'Next.'));
  expect(record).toEqual({ code: 'code', message: 'Cause.', outcome: 'Outcome.', next: 'Next.' });
});

test('no error of the code leaves one of its sentences empty', () => {
  const files = ['src', 'workers'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(root, path)),
  );
  const calls = files.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('new LabError(')
      .slice(1)
      .map((rest) => ({ path, head: rest.slice(0, rest.search(/\);|\)\n/) + 1) })),
  );
  expect(calls.length).toBeGreaterThan(40);
  expect(calls.filter(({ head }) => /(?<![\w'"`])(''|""|``)\s*[,)]/.test(head))).toEqual([]);
});
