/** Every command of the store, in which the n-th write fails, for every n. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { testFaults } from '../harness/faults.ts';

testFaults(async () => {
  globalThis.indexedDB = new IDBFactory();
});
