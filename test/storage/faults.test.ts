import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { testFaults } from '../harness/faults.ts';

testFaults(async () => {
  globalThis.indexedDB = new IDBFactory();
});
