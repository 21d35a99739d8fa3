/** What compared runs differ in, as Results shows it. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { RunRow } from '../../../src/app/state.ts';
import { LabContext } from '../../../src/ui/context.ts';
import { RunComparison } from '../../../src/ui/results/RunComparison.tsx';
import { createFakeLab } from '../../fakes/lab.ts';
import { BASELINE_RUNS, RUNS, run, STATES } from '../../fakes/state.ts';

const markupOf = (runs: RunRow[]) =>
  renderToStaticMarkup(
    createElement(
      LabContext,
      { value: createFakeLab(STATES['results/full']()) },
      createElement(RunComparison, { runs }),
    ),
  );
const shown = (runs: RunRow[]) =>
  markupOf(runs)
    .replace(/<[^>]*>/g, '|')
    .replace(/\|+/g, '|');

test('only settings that differ are listed, one column for each run', () => {
  const words = shown([run('a'), { ...RUNS[0], id: 'b', config: { ...RUNS[0].config, seed: 7 } }]);
  expect(words).toContain('|Seed|1|7|');
  expect(words).not.toContain('|Batch|');
});

test('of equal runs it says that nothing differs', () => {
  expect(shown([run('a'), run('b')])).toContain('These runs have the same settings and the same data.');
});

test('what was not trained here has no settings and no curve to compare', () => {
  expect(shown([RUNS[0], BASELINE_RUNS[0]])).toBe('');
});

test('runs without a curve say so; the chart says its ends in words', () => {
  const bare = (id: string) => run(id, { points: [], history: [] });
  expect(shown([bare('a'), bare('b')])).toContain('None of these runs has a curve.');
  const markup = markupOf(RUNS.slice(0, 2));
  expect(markup).toMatch(/aria-label="Loss at the end\. A, [^"]+: train [\d.]+, validate [\d.]+; B, /);
  expect(markup).toContain('Lines: train, smoothed. Dashed with dots: validate after each epoch.');
});
