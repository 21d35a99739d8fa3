/** Commands that read dropped files into the open project. */

import { createEta, type Eta } from '../core/files/eta.ts';
import type { JobProgress } from '../core/files/progress.ts';
import { noProgress } from '../core/files/reporter.ts';
import type { IngestEvent, IngestService, IngestSummary } from '../core/ingest/contract.ts';
import type { Remote } from '../core/rpc.ts';
import { added } from './added.ts';
import { attempt, type Context } from './context.ts';
import { type DropSource, type WalkResult, walkDrop } from './drop.ts';
import { type DropLog, openDrop } from './drops.ts';
import type { Originals } from './originals.ts';
import { paced } from './paced.ts';
import { removePreference, writePreference } from './preferences.ts';
import { feedJob, jobState } from './readJob.ts';
import type { Job } from './state.ts';
import { ingestWorker } from './workers.ts';

/** Figures are reloaded while files come in, but not at every shard: a large project takes a second (paced.ts). */
const REFRESH_MS = 4000;

export type IngestActions = {
  addFiles(source: DropSource): Promise<void>;
  /** Ends the job that reads files. */
  cancelJob(): void;
  clearSkipped(): void;
};

export type IngestCommands = IngestActions & {
  /**
   * Reads the files from `make`, which is called at once; its generator starts only if files are accepted. Resolves to
   * whether all were read.
   */
  addBatches(
    make: (signal: AbortSignal) => AsyncGenerator<WalkResult>,
    expected?: ExpectedFiles,
  ): Promise<boolean>;
  /** Stops reading files; files already read are kept. Resolves when it has stopped. */
  suspend(): Promise<void>;
};

/** For generated files: their number, and the estimated time. */
export type ExpectedFiles = { files: number; eta(ms: number, files: number): Eta };

/**
 * @param refresh reloads the project's datasets and figures
 * @param originals keeps the dropped files for the inspector
 */
export function createIngestCommands(
  context: Context,
  refresh: () => Promise<void>,
  originals: Pick<Originals, 'open'>,
  worker: { readonly call: Remote<IngestService> } = ingestWorker,
): IngestCommands {
  const { get, set, notify } = context;
  let controller: AbortController | null = null;
  const showFiles = () => context.go('data', null, { files: 'unused' });
  let ended: Promise<unknown> = Promise.resolve();

  async function run(
    walk: AsyncGenerator<WalkResult>,
    drop: DropLog,
    signal: AbortSignal,
    expected: ExpectedFiles | null,
  ): Promise<IngestSummary> {
    const measured = createEta();
    const eta = (progress: JobProgress) =>
      expected ? expected.eta(performance.now(), progress.files) : measured(performance.now(), progress);
    const files = originals.open();
    const refreshNow = paced(refresh, REFRESH_MS, () => performance.now());

    const onEvent = (event: IngestEvent) => {
      switch (event.kind) {
        case 'progress': {
          drop.count(event.progress);
          const filesTotal = Math.max(event.progress.filesTotal, expected?.files ?? 0);
          const progress = { ...event.progress, filesTotal };
          set({ job: readJob(progress, drop.lost(), eta(progress), expected !== null) });
          break;
        }
        case 'skipped':
          drop.skip(event.files);
          break;
        case 'remarks':
          drop.remark(event.files);
          break;
        case 'folder': {
          const { name } = event;
          set(({ folderNames }) => ({
            folderNames: [...folderNames.filter(({ dataset }) => dataset !== name.dataset), name],
          }));
          break;
        }
        case 'sources':
          files.note(event.sources);
          break;
        case 'committed':
          refreshNow();
          break;
        default:
          event satisfies never;
      }
    };
    const job = worker.call.ingest(
      {
        project: get().project.id,
        fence: context.store.fence(),
        batches: [],
        options: get().project.options,
        more: true,
      },
      { signal, onEvent },
    );
    const summary = await feedJob(job, worker.call.feed, walk, { found: files.add, lost: drop.lose });
    drop.count(summary.progress);
    return summary;
  }

  async function addBatches(
    make: (signal: AbortSignal) => AsyncGenerator<WalkResult>,
    expected: ExpectedFiles | null = null,
  ): Promise<boolean> {
    const { job, readOnly } = get();
    const aborter = new AbortController();
    const walk = make(aborter.signal);
    if (job || readOnly) {
      notify({
        tone: 'error',
        title: 'The files were not added.',
        detail: job ? 'Other files are being read.' : 'Another tab is working on this project.',
        next: job ? 'Drop them again when that is done.' : 'Take over here, then drop them again.',
        action: null,
      });
      return false;
    }
    controller = aborter;
    const filesTotal = expected?.files ?? 0;
    const unknown = { rate: null, secondsLeft: null };
    set({ job: readJob({ ...noProgress(), filesTotal }, 0, unknown, expected !== null) });
    const drop = openDrop(set);
    const mark = `reading:${get().project.id}` as const;
    writePreference(mark, 'yes');
    // Ask the browser to keep the data when the disk runs low; a refusal changes nothing here.
    void navigator.storage?.persist?.();
    try {
      const running = attempt(context, 'Not all files were added.', () =>
        run(walk, drop, aborter.signal, expected),
      );
      ended = running;
      const summary = await running;
      await attempt(context, 'The figures could not be read.', refresh);
      const stopped = get().job;
      if (summary) {
        const { progress, seconds, datasets } = summary;
        const figures = drop.figures();
        const { files, ...outcomes } = figures;
        const { startedMs } = drop;
        set({ ingest: { startedMs, files, slices: progress.slices, seconds, outcomes } });
        notify(added({ ...progress, ...figures }, datasets.length, showFiles));
        if (summary.healed > 0) {
          notify({
            tone: 'success',
            title: `Healed ${summary.healed.toLocaleString('en')} damaged slice${summary.healed === 1 ? '' : 's'}.`,
            detail: 'What is stored is again what was written.',
            next: '',
            action: null,
          });
        }
      } else if (aborter.signal.aborted && stopped) {
        notify({
          tone: 'info',
          title: 'Stopped.',
          detail: `${stopped.slices.toLocaleString('en')} new ${stopped.slices === 1 ? 'slice that had been read is' : 'slices that had been read are'} kept.`,
          next: '',
          action: null,
          about: 'drop',
        });
      }
      return summary !== null;
    } finally {
      controller = null;
      removePreference(mark);
      set({ job: null });
    }
  }

  return {
    // Walk at once: a drop can't be read after its event.
    addFiles: async (source) => {
      await addBatches((signal) => walkDrop(source, signal));
    },
    addBatches,

    cancelJob: () => controller?.abort(),

    suspend: async () => {
      controller?.abort();
      await ended;
    },

    clearSkipped: () => set({ drops: [] }),
  };
}

/**
 * @param lost files that the walk could not open: the worker does not get them
 * @param making the files are generated meanwhile
 */
function readJob(progress: JobProgress, lost: number, eta: Eta, making: boolean): Job {
  const { files, filesTotal, skipped } = progress;
  const counted = {
    ...progress,
    files: files + lost,
    filesTotal: filesTotal + lost,
    skipped: skipped + lost,
  };
  return { ...jobState('ingest', counted, eta), ...(making && { making: true as const }) };
}
