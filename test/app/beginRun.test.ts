/** What a run records of the leak guard: the copies across its own splits, which a fold deals anew. */
import { expect, test } from 'vitest';
import { beginRun } from '../../src/app/beginRun.ts';
import type { Starter } from '../../src/app/starter.ts';
import type { State } from '../../src/app/state.ts';
import type { Fold } from '../../src/core/dataset/protocols/protocol.ts';
import { findingsOf } from '../../src/core/leaks/findings.ts';
import { slicesKey } from '../../src/core/leaks/record.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeFacts, makeIndex, makeLeakRecord } from '../builders/storage.ts';
import { FULL } from '../fakes/state.ts';

const IDS = ['a', 'b', 'c'];
const project = FULL.project.id;

test('copies of two datasets of train are open where the fold sets these apart', async () => {
  const index = {
    ...makeIndex(project, IDS),
    series: IDS.map((id) => makeFacts(`series ${id}`, `patient ${id}`)),
    seriesOf: Uint16Array.of(0, 1, 2),
    label: new Uint8Array(3),
  };
  const records = IDS.map((id) => makeDataset(id, project, 'train'));
  const record = makeLeakRecord(project, { data: slicesKey([index]), slices: 3, rows: Uint16Array.of(0, 1) });
  const checked = { atMs: 5, slices: 3, data: record.data, isCurrent: true };
  const state: State = {
    ...FULL,
    guard: { progress: null, checked, found: findingsOf(record, [index], records) },
  };
  const store = {
    putRun: async () => undefined,
    leakRecord: async () => record,
    datasets: async () => records,
    shardIndexes: async () => [index],
    labelSets: async () => [FULL.labelSet],
  } as unknown as Store;
  const { fold: _, ...config } = FULL.runs[0].config;
  const guardOf = async (more: { fold?: Fold }) =>
    (await beginRun({ get: () => state, store }, {} as Starter, { ...config, ...more }, {})).frozen?.guard;

  expect(await guardOf({})).toMatchObject({ slices: 3, open: 0, dismissed: 0 });
  const fold: Fold = { protocol: 'leave-one-out', folds: 3, fold: 0, seed: 1 };
  expect(await guardOf({ fold })).toMatchObject({ slices: 3, open: 1, dismissed: 0, isCurrent: true });
});
