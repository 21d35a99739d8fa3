/** Prepares a session: the data, frozen when the run begins, and the run's record. */
import { fingerprint } from '../checkpoint.ts';
import { classIds, labelSetOf } from '../labelSetOf.ts';
import { freezeDatasets, frozenCaps } from '../manifest.ts';
import { stepsPerEpoch } from '../plan.ts';
import type { Journal } from './journal.ts';
import type { SessionPort } from './port.ts';
import { readTables, type Tables } from './tables.ts';

export type Session = SessionPort & {
  readonly journal: Journal;
  readonly data: Tables;
  /** Fingerprint of data and configuration, which a checkpoint must match. */
  readonly fingerprint: string;
  readonly stepsPerEpoch: number;
  /** Whether the run resumes after an interruption: then the time to its first point is not measured. */
  readonly resumed: boolean;
};

export async function prepare(journal: Journal, resumed: boolean, port: SessionPort): Promise<Session> {
  const { project, config, frozen } = journal.run;
  const labelSet = labelSetOf(journal.run);
  const data = await readTables(port.store, project, labelSet, config.fold, config.share);
  if (frozen && frozen.datasets.length === 0) {
    const datasets = freezeDatasets(
      data.datasets,
      data.stored,
      classIds(labelSet),
      config.fold,
      config.share,
    );
    journal.change({ frozen: { ...frozen, caps: frozenCaps(data.datasets), datasets } });
    // An interrupted drop may be repeated later: fix the splits now, so that it does not change those in use.
    const open = data.datasets.filter(({ settled }) => !settled);
    if (open.length > 0) await port.store.putDatasets(open.map((record) => ({ ...record, settled: true })));
  }
  return {
    ...port,
    journal,
    data,
    fingerprint: fingerprint(config, labelSet, data.tables.train, data.indexes),
    stepsPerEpoch: Math.max(1, stepsPerEpoch(data.tables.train.count, config)),
    resumed,
  };
}
