/** What Results says of a test split: closed, looked at once, or looked at with several runs. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Actions } from '../../../src/app/actions.ts';
import type { RunRow, State } from '../../../src/app/state.ts';
import { testKeyOf } from '../../../src/core/train/looks.ts';
import { LabContext } from '../../../src/ui/context.ts';
import { TestNote } from '../../../src/ui/results/TestNote.tsx';
import { FULL, recorded } from '../../fakes/state.ts';

const RUN = recorded('r');
const CLOSED: RunRow = {
  ...RUN,
  config: { ...RUN.config, testOnDemand: true },
  evaluation: { ...RUN.evaluation!, test: null },
};

function note(
  run: RunRow,
  runs: readonly string[],
  split: 'test' | 'validate' = 'test',
  readOnly = false,
): string {
  const data = testKeyOf(run)!;
  const testLooks = runs.map((id, evaluatedMs) => ({ data, run: id, evaluatedMs, atMs: 0 }));
  const state = createStore<State>()(() => ({ ...FULL, testLooks, readOnly }));
  const value = { state, actions: {} as Actions };
  const element = createElement(TestNote, { run, split });
  return renderToStaticMarkup(createElement(LabContext.Provider, { value }, element)).replace(
    /<[^>]*>/g,
    ' ',
  );
}

test('a closed split says why it is closed, who has looked, and how it is opened', () => {
  const words = note(CLOSED, [], 'validate');
  expect(words).toContain('Test is closed for this run.');
  expect(words).toContain('A test split that steers choices is no test any more');
  expect(words).toContain('Nobody has looked at this test split.');
  expect(words).toContain('Evaluate test');
  expect(note(CLOSED, ['a', 'b'], 'validate')).toContain(
    'This test split was looked at 2 times, with 2 runs.',
  );
});

test('figures of test say how often they were looked at, and what follows from it', () => {
  expect(note(RUN, ['a'])).toContain('Test was looked at once, with 1 run.');
  expect(note(RUN, ['a'])).toContain('honest as long as nothing is chosen by them');
  const several = note(RUN, ['a', 'a', 'b']);
  expect(several).toContain('Test was looked at 3 times, with 2 runs.');
  expect(several).toContain('The best of them on test is partly lucky');
});

test('beside the figures of validate nothing is said of test', () => {
  expect(note(RUN, ['a'], 'validate')).toBe('');
});

test('says what is not counted: lists show no figure before a look, and a tab that only shows the project notes none', () => {
  expect(note(RUN, ['a'])).toContain('Lists of runs show them only after a look, which counts once.');
  expect(note(RUN, ['a'])).not.toContain('not counted');
  const says = 'This tab only shows the project: what is read in it is not counted.';
  expect(note(RUN, ['a'], 'test', true)).toContain(says);
  expect(note(RUN, [], 'test', true)).toContain(says);
  expect(note(RUN, [], 'validate', true)).toBe('');
});
