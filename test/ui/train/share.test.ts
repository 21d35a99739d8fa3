/** A share of the training data in the run's form. */
import { expect, test } from 'vitest';
import { presetConfig } from '../../../src/core/train/presets.ts';
import { firstConfig } from '../../../src/ui/train/TrainPage.tsx';
import { run } from '../../fakes/state.ts';

test('a run on a share says so while it waits, and a new run is not on it', () => {
  const share = { by: 'series', part: 0.25, seed: 3 } as const;
  const config = { ...presetConfig('quick'), share };
  expect(firstConfig(run('r', { config, status: 'queued' })).share).toEqual(share);
  expect(firstConfig(run('r', { config, status: 'finished' }))).not.toHaveProperty('share');
});
