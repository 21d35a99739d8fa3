/** The record of a run in progress: the one place where it changes, each time to a new value. */
import type { RunRecord } from '../record.ts';
import type { SessionStore } from './port.ts';

export type Journal = {
  /** As it is now. Whoever keeps it keeps this state. */
  readonly run: RunRecord;
  /** Changes it; stored with the next `store`. */
  change(patch: Partial<RunRecord>): void;
  /** Changes it and stores it whole. */
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
