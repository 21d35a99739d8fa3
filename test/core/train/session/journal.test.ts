/** The record of a run in progress changes by values. */
import { expect, test } from 'vitest';
import type { RunRecord } from '../../../../src/core/train/record.ts';
import { createJournal } from '../../../../src/core/train/session/journal.ts';
import { makeRun } from '../../../builders/storage.ts';

test('whoever holds a record keeps it as it was', async () => {
  const stored: RunRecord[] = [];
  const first = makeRun('r', 'p');
  const journal = createJournal(first, { putRun: async (record) => void stored.push(record) });
  journal.change({ note: 'changed' });
  expect(first.note).toBe('');
  expect(journal.run.note).toBe('changed');
  expect(stored).toEqual([]);
  await journal.store({ title: 'stored' });
  expect(stored).toEqual([{ ...first, note: 'changed', title: 'stored' }]);
});
