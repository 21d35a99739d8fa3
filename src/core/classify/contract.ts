/** The messages between the page and the classify worker: plain data, without pixels except thumbnails. */
import type { IngestOptions } from '../dataset/options.ts';
import type { DeviceInfo, DeviceName } from '../engine/devices/types.ts';
import type { FileBatch } from '../files/fileBatch.ts';
import type { JobProgress, SkippedFile } from '../files/progress.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { CallContext } from '../rpc.ts';
import type { Label } from '../types.ts';
import type { SeriesVerdict } from './verdict.ts';

export type ClassifyEvent =
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'skipped'; files: SkippedFile[] }
  | { kind: 'series'; series: SeriesVerdict[] };

export type ClassifySummary = { progress: JobProgress; seconds: number; device: DeviceInfo | null };

/** `labelMap`: which DICOM Modality stands for which label; the paper's map without it. */
export type ClassifyOptions = IngestOptions & { labelMap?: Readonly<Record<string, Label>> };

/** Served by workers/classify.ts, one job at a time. Stores nothing. */
export type ClassifyService = {
  /** With `more`, further items follow by `feed`. */
  classify(
    args: {
      project: string;
      /** The run whose model judges; null: series are listed by their headers alone. */
      run: string | null;
      /** The set that headers are compared with if there is no run. */
      labelSet: LabelSet;
      batches: FileBatch[];
      options: ClassifyOptions;
      device: 'auto' | DeviceName;
      more?: boolean;
    },
    context: CallContext<ClassifyEvent>,
  ): Promise<ClassifySummary>;
  /** See IngestService. */
  feed(args: { batches: FileBatch[]; more: boolean }): Promise<void>;
};
