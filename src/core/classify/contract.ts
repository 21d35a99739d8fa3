/** The messages between the page and the classify worker: plain data, without pixels except thumbnails. */
import type { IngestOptions } from '../dataset/options.ts';
import type { DeviceInfo, DeviceName } from '../engine/devices/types.ts';
import type { FileBatch } from '../files/fileBatch.ts';
import type { JobProgress, SkippedFile } from '../files/progress.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { CallContext } from '../rpc.ts';
import type { SeriesVerdict } from './verdict.ts';

/** A model as the worker needs it; the page alone fetches the starter's file. */
export type AskedModel = { kind: 'run'; id: string } | { kind: 'starter'; file: Uint8Array };

export type ClassifyEvent =
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'skipped'; files: SkippedFile[] }
  | { kind: 'series'; series: SeriesVerdict[] };

export type ClassifySummary = { progress: JobProgress; seconds: number; device: DeviceInfo | null };

/** Served by workers/classify.ts, one job at a time. Stores nothing. */
export type ClassifyService = {
  /** With `more`, further items follow by `feed`. */
  classify(
    args: {
      project: string;
      /** What judges; null: series are listed by their headers alone. */
      model: AskedModel | null;
      /** The project's set that headers are compared with. */
      labelSet: LabelSet;
      batches: FileBatch[];
      options: IngestOptions;
      /** Whether every slice is looked at; else a glance, and more where image and tag leave a doubt. */
      every?: boolean;
      device: 'auto' | DeviceName;
      more?: boolean;
    },
    context: CallContext<ClassifyEvent>,
  ): Promise<ClassifySummary>;
  /** See IngestService. */
  feed(args: { batches: FileBatch[]; more: boolean }): Promise<void>;
};
