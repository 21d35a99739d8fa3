/** A training from its call to its end, over the devices it may lose: what it works with, and where it stands. */

import type { CallContext } from '../../src/core/rpc.ts';
import { fingerprint } from '../../src/core/train/checkpoint.ts';
import type { Control } from '../../src/core/train/control.ts';
import type { TrainEvent } from '../../src/core/train/events.ts';
import { freezeDatasets } from '../../src/core/train/manifest.ts';
import { stepsPerEpoch } from '../../src/core/train/plan.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import type { RunRecord, Store } from '../../src/storage/port.ts';
import type { OpenTrainer } from '../host/device.ts';
import type { State } from './evaluation.ts';
import { readTables, type Tables } from './tables.ts';

export type TrainingParts = {
  store: Store;
  openTrainer(config: RunConfig): Promise<OpenTrainer>;
  control: Control;
  yieldToEventLoop: () => Promise<void>;
  /** A clock that never goes back. */
  nowMs(): number;
  context: CallContext<TrainEvent>;
};

export type Session = TrainingParts & {
  run: RunRecord;
  data: Tables;
  fingerprint: string;
  steps: number;
  /** Whether the run goes on after an interruption: then its first point says nothing of how fast it began. */
  resumed: boolean;
  /** Whether the run's checkpoint is where the next life begins. */
  restoring: boolean;
  /** The state that the last checkpoint holds. */
  state: State | null;
};

/** Reads the run's data, and freezes them where the run begins. */
export async function prepare(run: RunRecord, resumed: boolean, parts: TrainingParts): Promise<Session> {
  const data = await readTables(parts.store, run.project);
  if (run.frozen && run.frozen.datasets.length === 0) {
    run.frozen = { ...run.frozen, datasets: freezeDatasets(data.datasets, data.stored) };
    // A drop that was interrupted before may go on after: it proposes no other split for what is learned from now.
    const open = data.datasets.filter(({ settled }) => !settled);
    if (open.length > 0) await parts.store.putDatasets(open.map((record) => ({ ...record, settled: true })));
  }
  return {
    ...parts,
    run,
    data,
    fingerprint: fingerprint(run.config, data.tables.train, data.indexes),
    steps: Math.max(1, stepsPerEpoch(data.tables.train.count, run.config)),
    resumed,
    restoring: resumed,
    state: null,
  };
}
