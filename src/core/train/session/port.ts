/** The dependencies of a session: records, a compute device, clocks, and the page that follows it. */
import type { DatasetRecord } from '../../dataset/record.ts';
import type { DeviceInfo } from '../../engine/devices/types.ts';
import type { CallContext } from '../../rpc.ts';
import type { Control } from '../control.ts';
import type { TrainEvent } from '../events.ts';
import type { LabelledStore } from '../labelledShards.ts';
import type { CheckpointRecord, PredictionRecord, RunRecord } from '../record.ts';
import type { RunConfig } from '../run.ts';
import type { YieldToEventLoop } from '../slices.ts';
import type { Trainer } from '../trainer.types.ts';

/** Each method is one transaction: all or nothing. */
export type SessionStore = LabelledStore & {
  run(id: string): Promise<RunRecord | null>;
  putRun(record: RunRecord): Promise<void>;
  datasets(project: string): Promise<DatasetRecord[]>;
  putDatasets(records: DatasetRecord[]): Promise<void>;
  /** Pixels of one shard, SLICE_BYTES per slice. */
  shardPixels(shard: number): Promise<Uint8Array>;
  putCheckpoint(record: CheckpointRecord): Promise<void>;
  latestCheckpoint(run: string): Promise<CheckpointRecord | null>;
  /** Weights of a run beside its checkpoints, one state at a time. */
  putAside(record: CheckpointRecord): Promise<void>;
  aside(run: string): Promise<CheckpointRecord | null>;
  /** Drops data that only training needs. */
  keepWeights(run: string): Promise<void>;
  putPredictions(record: PredictionRecord): Promise<void>;
};

/** A trainer with the device it computes on. */
export type OpenTrainer = { trainer: Trainer; info: DeviceInfo; dispose(): void };

export type SessionPort = {
  store: SessionStore;
  openTrainer(config: RunConfig, outputs: number): Promise<OpenTrainer>;
  control: Control;
  yieldToEventLoop: YieldToEventLoop;
  /** A monotonic clock. */
  nowMs(): number;
  /** The time of day for records, in ms since 1970. */
  dateMs(): number;
  context: CallContext<TrainEvent>;
};
