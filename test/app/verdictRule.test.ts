/** How verdicts are read, changed by the user. */
import { expect, test } from 'vitest';
import type { State } from '../../src/app/state.ts';
import { createVerdictRuleCommands } from '../../src/app/verdictRule.ts';
import { FULL } from '../fakes/state.ts';

test('a choice changes its own part, within what may be chosen', () => {
  let state: State = FULL;
  const { setVerdictRule } = createVerdictRuleCommands({
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
  });
  setVerdictRule({ coverage: 0.9 });
  expect(state.verdictRule).toEqual({ coverage: 0.9, tagErrorRate: 0.01 });
  setVerdictRule({ tagErrorRate: 0.02 });
  expect(state.verdictRule).toEqual({ coverage: 0.9, tagErrorRate: 0.02 });
  setVerdictRule({ coverage: 2, tagErrorRate: 0 });
  expect(state.verdictRule).toEqual({ coverage: 0.99, tagErrorRate: 0.001 });
});
