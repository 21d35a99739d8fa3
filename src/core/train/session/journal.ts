/** The record of a run in progress: the only place where it changes, each time to a new object. */
import type { RunRecord } from '../record.ts';
import type { SessionStore } from './port.ts';

export type Journal = {
  /** The current record, immutable. */
  readonly run: RunRecord;
  /** Changes it in memory; stored with the next `store`. */
  change(patch: Partial<RunRecord>): void;
  /** Changes and stores it. */
  store(patch?: Partial<RunRecord>): Promise<void>;
};

export function createJournal(record: RunRecord, store: Pick<SessionStore, 'putRun'>): Journal {
  let run = record;
  const change = (patch: Partial<RunRecord>) => {
    run = { ...run, ...patch };
  };
  return {
    get run() {
      return run;
    },
    change,
    store: async (patch = {}) => {
      change(patch);
      await store.putRun(run);
    },
  };
}
