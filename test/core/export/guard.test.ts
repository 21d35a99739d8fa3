/** What the leak guard knew stands in a run's manifest; records of before say nothing of it. */
import { expect, test } from 'vitest';
import { runManifest } from '../../../src/core/export/manifest.ts';
import { makeRunFacts } from '../../builders/runFacts.ts';

const GUARD = { atMs: 5, slices: 2310, data: '2310 0', isCurrent: true, open: 1, dismissed: 0 };

test('a manifest has the state of the leak guard, or null', () => {
  const facts = makeRunFacts();
  expect(runManifest({ ...facts, frozen: { ...facts.frozen!, guard: GUARD } }).guard).toEqual(GUARD);
  expect(runManifest({ ...facts, frozen: { ...facts.frozen!, guard: null } }).guard).toBeNull();
  expect(runManifest(facts).guard).toBeNull();
});
