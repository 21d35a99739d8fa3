/** What the page and the ingest worker say to each other. */
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
  /** Files of the slices decoded since the last of these, known ones included: for the page's memory only. */
  | { kind: 'sources'; sources: SliceSources }
  /** Name of a folder whose dataset has a neutral one: for the page's memory only, until the user decides. */
  | { kind: 'folder'; name: FolderName }
  /** A shard and its rows are committed: dataset figures have changed. */
  | { kind: 'committed'; slices: number };

/** `healed`: slices that were stored, but damaged, and got their pixels back. */
export type IngestSummary = { progress: JobProgress; seconds: number; datasets: string[]; healed: number };

/** Served by workers/ingest.ts, one job at a time. Signals and events travel beside each call (core/rpc.ts). */
export type IngestService = {
  /** With `more`, further items follow by `feed`. Cancelled, it keeps what was decoded and rejects. */
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
  /** Files found since; resolves when the job has room for more. The last one says `more: false`. */
  feed(args: { batches: FileBatch[]; more: boolean }): Promise<void>;
};
