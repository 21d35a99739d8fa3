/** What an audit found, stored: one record for each label set of a project. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeAudit, makeLeakRecord } from '../builders/storage.ts';

let store: Store;
let id: string;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  ({ id } = await store.createProject('First'));
});

test('comes back as it was, for its own set', async () => {
  await store.putAudit(makeAudit(id));
  expect(await store.audit(id, 'modality')).toEqual(makeAudit(id));
  expect(await store.audit(id, 'other')).toBeNull();
});

test('is replaced by the next one, and counted once', async () => {
  await store.putAudit(makeAudit(id));
  const bytes = await store.storedBytes();
  await store.putAudit({ ...makeAudit(id), judgedMs: 9 });
  expect((await store.audit(id, 'modality'))?.judgedMs).toBe(9);
  expect(await store.storedBytes()).toBe(bytes);
  expect(bytes).toBe(2 + 16 + 16 + 64 + 32);
});

test('is not stored for a project that is gone', async () => {
  await expect(store.putAudit(makeAudit('gone'))).rejects.toMatchObject({ code: 'project-missing' });
});

test('what is known of copies is of no label set, and is replaced by the next check', async () => {
  await store.putAudit(makeAudit(id));
  const bytes = await store.storedBytes();
  expect(await store.leakRecord(id)).toBeNull();
  await store.putLeakRecord(makeLeakRecord(id));
  await store.putLeakRecord(makeLeakRecord(id, { checkedMs: 9 }));
  expect(await store.leakRecord(id)).toEqual(makeLeakRecord(id, { checkedMs: 9 }));
  expect(await store.audit(id, 'modality')).toEqual(makeAudit(id));
  expect(await store.storedBytes()).toBe(bytes + 8 + 4 + 4);
});

test('is deleted with its project', async () => {
  const bytes = await store.storedBytes();
  await store.putAudit(makeAudit(id));
  await store.putLeakRecord(makeLeakRecord(id));
  await store.deleteProject(id);
  expect(await store.leakRecord(id)).toBeNull();
  expect(await store.storedBytes()).toBe(bytes);
});
