/** The audit worker in a real browser: it reads a stored project, compares it, begins to learn, and stops when cancelled. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditProgress, AuditService } from '../../src/core/audit/contract.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { type Connection, connect } from '../../src/core/rpc.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeShard } from '../builders/storage.ts';

const DATASETS = ['a', 'b', 'c', 'd'];
let store: Store;
let worker: Worker;
let service: Connection<AuditService>;
let project: string;

beforeEach(async () => {
  const before = await openStore();
  await before.deleteEverything();
  store = await openStore();
  project = (await store.createProject('First')).id;
  store.setFence(await store.takeWriter(project));
  await store.commitShard(
    makeShard(project, DATASETS),
    DATASETS.map((id) => makeDataset(id, project)),
  );
  await store.editLabels(
    project,
    ['a', 'b'].map((dataset) => ({
      target: { kind: 'dataset', dataset },
      change: { kind: 'label', set: DEFAULT_SET.id, class: 'MR', source: 'user' },
    })),
    '',
    1,
  );
  worker = new Worker(new URL('../../workers/audit.ts', import.meta.url), { type: 'module' });
  service = connect<AuditService>(worker);
});

afterEach(async () => {
  service.close();
  worker.terminate();
  await store.deleteEverything();
});

test('ranks a project that was never audited', async () => {
  const found = await service.call.rank({ project, set: DEFAULT_SET.id });
  expect(found).toEqual({ items: [], judgedMs: null, noise: null, slices: 4, judged: 0 });
});

test('reads, compares and learns on a device of this browser, and keeps nothing when it is cancelled', async () => {
  const aborter = new AbortController();
  const seen = new Set<AuditProgress['doing']>();
  const auditing = service.call.audit(
    { project, set: DEFAULT_SET.id, device: 'auto', fence: store.fence() },
    {
      signal: aborter.signal,
      onEvent: ({ doing }) => {
        seen.add(doing);
        if (doing === 'learning') aborter.abort();
      },
    },
  );
  await expect(auditing).rejects.toMatchObject({ name: 'AbortError' });
  expect([...seen]).toEqual(['reading', 'comparing', 'learning']);
  expect(await store.audit(project, DEFAULT_SET.id)).toBeNull();
});

test('a set that is gone is an error with a next step', async () => {
  await expect(service.call.rank({ project, set: 'gone' })).rejects.toMatchObject({
    code: 'label-set-missing',
    next: 'Choose another label set.',
  });
});
