/** Questions: one at a time, each with one answer. */
import { expect, test } from 'vitest';
import { createAsking } from '../../src/app/question.ts';
import type { Question, State } from '../../src/app/state.ts';

const question = (title: string): Question => ({ title, lines: [], yes: 'Yes', no: 'No', danger: false });

test('is shown until it is answered, and one that nobody answered is a no', async () => {
  let shown: Question | null = null;
  const { ask, answer } = createAsking((patch) => {
    shown = (patch as Partial<State>).question ?? null;
  });
  const first = ask(question('first'));
  expect(shown).toMatchObject({ title: 'first' });
  const second = ask(question('second'));
  expect(await first).toBe(false);
  expect(shown).toMatchObject({ title: 'second' });
  answer(true);
  expect(shown).toBeNull();
  expect(await second).toBe(true);
  answer(true);
  const third = ask(question('third'));
  answer(false);
  expect(await third).toBe(false);
});
