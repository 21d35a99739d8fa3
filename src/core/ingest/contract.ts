/** The messages between the page and the ingest worker. */
import type { FolderName } from '../dataset/naming.ts';
import type { IngestOptions } from '../dataset/options.ts';
import type { FileBatch } from '../files/fileBatch.ts';
import type { JobProgress, RemarkedFile, SkippedFile } from '../files/progress.ts';
import type { SliceSources } from '../files/sources.ts';
import type { CallContext } from '../rpc.ts';
import type { Fence } from '../types.ts';

export type IngestEvent =
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'skipped'; files: SkippedFile[] }
  | { kind: 'remarks'; files: RemarkedFile[] }
  /** Source files of slices decoded since the last such event, also of known ones: for the page's memory only. */
  | { kind: 'sources'; sources: SliceSources }
  /** Folder name of a dataset with a neutral name: for the page's memory only, until the user decides. */
  | { kind: 'folder'; name: FolderName }
  /** A shard and its rows are committed: dataset figures have changed. */
  | { kind: 'committed'; slices: number };

/** `healed`: stored but damaged slices whose pixels were restored. */
export type IngestSummary = { progress: JobProgress; seconds: number; datasets: string[]; healed: number };

/** Served by workers/ingest.ts, one job at a time. Signals and events travel beside each call (core/rpc.ts). */
export type IngestService = {
  /** With `more`, further items follow by `feed`. If cancelled, it keeps the decoded slices and rejects. */
  ingest(
    args: {
      project: string;
      fence: Fence | null;
      batches: FileBatch[];
      options: IngestOptions;
      more?: boolean;
    },
    context: CallContext<IngestEvent>,
  ): Promise<IngestSummary>;
  /** Adds further files; resolves when the job has room for more. The last one says `more: false`. */
  feed(args: { batches: FileBatch[]; more: boolean }): Promise<void>;
};
