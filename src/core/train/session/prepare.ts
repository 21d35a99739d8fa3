/** What a session works with from its beginning to its end: the data, frozen where the run begins, and its record. */
import { fingerprint } from '../checkpoint.ts';
import { freezeDatasets } from '../manifest.ts';
import { stepsPerEpoch } from '../plan.ts';
import type { Journal } from './journal.ts';
import type { SessionPort } from './port.ts';
import { readTables, type Tables } from './tables.ts';

export type Session = SessionPort & {
  readonly journal: Journal;
  readonly data: Tables;
  /** Of the data and the configuration: what a checkpoint must have been made of. */
  readonly fingerprint: string;
  readonly stepsPerEpoch: number;
  /** Whether the run goes on after an interruption: then its first point says nothing of how fast it began. */
  readonly resumed: boolean;
};

export async function prepare(journal: Journal, resumed: boolean, port: SessionPort): Promise<Session> {
  const { project, config, frozen } = journal.run;
  const data = await readTables(port.store, project);
  if (frozen && frozen.datasets.length === 0) {
    journal.change({ frozen: { ...frozen, datasets: freezeDatasets(data.datasets, data.stored) } });
    // A drop that was interrupted before may go on after: it proposes no other split for what is learned from now.
    const open = data.datasets.filter(({ settled }) => !settled);
    if (open.length > 0) await port.store.putDatasets(open.map((record) => ({ ...record, settled: true })));
  }
  return {
    ...port,
    journal,
    data,
    fingerprint: fingerprint(config, data.tables.train, data.indexes),
    stepsPerEpoch: Math.max(1, stepsPerEpoch(data.tables.train.count, config)),
    resumed,
  };
}
