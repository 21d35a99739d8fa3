/** A worker's job that reads files, fed while folders are still walked: shared by ingest and classification. */
import { datasetFolderOf } from '../core/files/datasetFolder.ts';
import type { Eta } from '../core/files/eta.ts';
import { type FileBatch, packFileBatches, type WalkedFile } from '../core/files/fileBatch.ts';
import type { JobProgress, SkippedFile } from '../core/files/progress.ts';
import { skippedFile } from '../core/files/reporter.ts';
import type { WalkResult } from './drop.ts';
import type { Job } from './state.ts';

type Feed = (args: { batches: FileBatch[]; more: boolean }) => Promise<void>;

/** `glance`: files are opened by their headers. Results of the walk: files before they are passed on, and files that could not be opened. */
type OnWalk = {
  glance?: boolean;
  found(files: readonly WalkedFile[]): void;
  lost(files: readonly SkippedFile[]): void;
};

/**
 * Passes on the walk's results until the walk or the job ends. Rejects like the job, or like the walk if the job
 * succeeded without the rest.
 * @param job started with `more`
 */
export async function feedJob<Summary>(
  job: Promise<Summary>,
  feed: Feed,
  walk: AsyncIterable<WalkResult>,
  { found, lost, glance = false }: OnWalk,
): Promise<Summary> {
  let over = false;
  /** Resolves when the job has room: meanwhile the next files are found. */
  let room: Promise<void> = Promise.resolve();
  const handOver = async () => {
    try {
      for await (const { items, unreadable, bytes } of walk) {
        if (over) return;
        if (unreadable.length > 0) {
          lost(unreadable.map((path) => skippedFile(path, datasetFolderOf(path).dataset, 'unreadable')));
        }
        found(items);
        const batches = packFileBatches(items, bytes, glance);
        await room;
        room = feed({ batches, more: true });
        // Its error reaches who waits for it.
        room.catch(() => {});
      }
      await room;
    } finally {
      await room.catch(() => {});
      await feed({ batches: [], more: false });
    }
  };
  const fed = handOver().catch((error: unknown) => ({ error }));
  try {
    const summary = await job;
    const failure = await fed;
    if (failure) throw failure.error;
    return summary;
  } finally {
    over = true;
  }
}

/** The job's state for the page. */
export function jobState(
  kind: Job['kind'],
  { files, filesTotal, slices, skipped }: Pick<JobProgress, 'files' | 'filesTotal' | 'slices' | 'skipped'>,
  { rate, secondsLeft }: Eta,
): Job {
  return { kind, done: files, total: filesTotal, unit: 'files', slices, skipped, rate, secondsLeft };
}
