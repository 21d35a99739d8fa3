/** What Results says of the epoch that its figures are of, and what the form says of the choice. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { RunRow } from '../../../src/app/state.ts';
import { presetConfig } from '../../../src/core/train/presets.ts';
import type { EpochRecord } from '../../../src/core/train/run.ts';
import { EvaluationNote } from '../../../src/ui/results/EvaluationNote.tsx';
import { Advanced } from '../../../src/ui/train/Advanced.tsx';
import { run } from '../../fakes/state.ts';

const EVALUATED = { atMs: 0, step: 1, weights: '0', complete: true, datasets: null };

function note(change: Partial<RunRow['config']>, reached: number[], epoch: number): string {
  const history = reached.map(
    (validateBalancedAccuracy, i) => ({ epoch: i + 1, validateBalancedAccuracy }) as EpochRecord,
  );
  const config = { ...presetConfig('quick'), epochs: 4, ...change };
  const row = run('r', { config, history, evaluated: { ...EVALUATED, epoch } });
  return renderToStaticMarkup(createElement(EvaluationNote, { run: row })).replace(/<[^>]*>/g, ' ');
}

test('figures of an epoch chosen in validation say which, and what that does to those of validate', () => {
  const words = note({ epochBy: 'validate' }, [0.5, 0.9, 0.7, 0.8], 2);
  expect(words).toContain('These are the figures of epoch 2 of 4.');
  expect(words).toMatch(/Its balanced accuracy in validation was the highest, 90\.0/);
  expect(words).toContain('the figures of validate are a little too good; those of test are not.');
});

test('a training that ended early says after which epoch, and why', () => {
  const words = note({ patience: 2 }, [0.9, 0.8, 0.7], 3);
  expect(words).toContain('The training ended after epoch 3 of 4.');
  expect(words).toContain('No later epoch was better in validation for as long as its patience says.');
});

test('the last epoch of all needs no words, and an older state that nobody chose is damaged', () => {
  expect(note({}, [0.5, 0.9, 0.7, 0.8], 4)).toBe('');
  expect(note({}, [0.5, 0.9, 0.7, 0.8], 2)).toContain('older state');
  expect(note({ epochBy: 'validate' }, [0.5, 0.9, 0.7, 0.8], 3)).toContain('older state');
});

test('the form says which epoch is kept, and when the training ends', () => {
  const form = (change: Partial<RunRow['config']>) =>
    renderToStaticMarkup(
      createElement(Advanced, { config: { ...presetConfig('paper'), ...change }, onChange: () => {} }),
    );
  expect(form({})).toContain('The model is what the last epoch made of it.');
  expect(form({})).toContain('The last, as the paper');
  expect(form({ epochBy: 'validate' })).toContain(
    'The model is that of the epoch with the highest balanced accuracy in validation.',
  );
  expect(form({})).toContain('Ends the training after so many epochs that were not the best; 0 for never.');
});
