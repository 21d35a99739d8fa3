/** Commands that read dropped files into the open project. */
import { placeOf } from '../core/dataset/naming.ts';
import { packLots } from '../core/ingest/lot.ts';
import { createPace } from '../core/ingest/pace.ts';
import { skippedFile } from '../core/ingest/reporter.ts';
import type { IngestEvent, IngestService, IngestSummary, JobProgress } from '../core/protocol.ts';
import type { Remote } from '../core/rpc.ts';
import { attempt, type Context } from './context.ts';
import { type DropBatch, walkDrop } from './drop.ts';
import type { DroppedFiles, Originals } from './originals.ts';
import type { Actions, Job } from './state.ts';
import { ingestWorker } from './workers.ts';

/** Figures are read anew while files come in, but not at every shard: a large project takes a second. */
const REFRESH_MS = 4000;

export type IngestCommands = Pick<Actions, 'addFiles' | 'cancelJob' | 'clearSkipped'>;

/**
 * @param refresh reads the project's datasets and figures anew
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

  async function run(batches: AsyncGenerator<DropBatch>, signal: AbortSignal): Promise<IngestSummary> {
    const { call } = worker;
    const pace = createPace();
    const files = originals.open();
    let refreshed = performance.now();

    const onEvent = (event: IngestEvent) => {
      if (event.kind === 'progress') {
        const { progress } = event;
        set({ job: toJob(progress, pace(performance.now(), progress)) });
      } else if (event.kind === 'skipped') {
        set(({ skipped }) => ({ skipped: [...skipped, ...event.files] }));
      } else if (event.kind === 'origins') {
        files.note(event.origins);
      } else if (performance.now() - refreshed > REFRESH_MS) {
        refreshed = performance.now();
        void refresh();
      }
    };
    const job = call.ingest(
      { project: get().project.id, lots: [], options: get().project.options, more: true },
      { signal, onEvent },
    );
    let over = false;
    const fed = feed(call, batches, files, () => over).catch((error: unknown) => error);
    try {
      const summary = await job;
      const failure = await fed;
      if (failure) throw failure;
      return summary;
    } finally {
      over = true;
    }
  }

  /** Hands over what the walk finds until it, or the job, is over. */
  async function feed(
    call: Remote<IngestService>,
    batches: AsyncGenerator<DropBatch>,
    dropped: DroppedFiles,
    isOver: () => boolean,
  ): Promise<void> {
    try {
      for await (const { items, unreadable } of batches) {
        if (isOver()) return;
        if (unreadable.length > 0) {
          const files = unreadable.map((path) => skippedFile(path, placeOf(path).dataset, 'unreadable'));
          set(({ skipped }) => ({ skipped: [...skipped, ...files] }));
        }
        dropped.add(items);
        await call.feed({ lots: packLots(items), more: true });
      }
    } finally {
      await call.feed({ lots: [], more: false });
    }
  }

  return {
    addFiles: async (source) => {
      const { job, readOnly } = get();
      const mine = new AbortController();
      // At once: a drop can't be read after its event.
      const batches = walkDrop(source, mine.signal);
      if (job || readOnly) {
        notify({
          tone: 'error',
          title: 'The files were not added.',
          detail: job ? 'Other files are being read.' : 'Another tab is working on this project.',
          next: job ? 'Drop them again when that is done.' : 'Take over here, then drop them again.',
          action: null,
        });
        return;
      }
      controller = mine;
      set({ job: toJob(NOTHING, { rate: null, secondsLeft: null }) });
      // Asks the browser to keep the data when the disk runs low; a refusal changes nothing here.
      void navigator.storage?.persist?.();
      try {
        const summary = await attempt(context, 'Not all files were added.', () => run(batches, mine.signal));
        await attempt(context, 'The figures could not be read.', refresh);
        const stopped = get().job;
        if (summary) {
          const { progress, seconds, datasets } = summary;
          set({ ingest: { files: progress.files, slices: progress.slices, seconds } });
          notify({ tone: 'success', ...added(progress, datasets.length), next: '', action: null });
        } else if (mine.signal.aborted && stopped) {
          notify({
            tone: 'info',
            title: 'Stopped.',
            detail: `${count(stopped.slices, 'new slice')} that had been read ${stopped.slices === 1 ? 'is' : 'are'} kept.`,
            next: '',
            action: null,
          });
        }
      } finally {
        controller = null;
        set({ job: null });
      }
    },

    cancelJob: () => controller?.abort(),

    clearSkipped: () => set({ skipped: [] }),
  };
}

const NOTHING: JobProgress = {
  files: 0,
  filesTotal: 0,
  bytes: 0,
  bytesTotal: 0,
  slices: 0,
  known: 0,
  skipped: 0,
};

function toJob(progress: JobProgress, pace: Pick<Job, 'rate' | 'secondsLeft'>): Job {
  const { files, filesTotal, slices, skipped } = progress;
  return { kind: 'ingest', done: files, total: filesTotal, unit: 'files', slices, skipped, ...pace };
}

function added({ slices, known, skipped }: JobProgress, datasets: number) {
  const title =
    slices > 0
      ? `Added ${count(slices, 'slice')} to ${count(datasets, 'dataset')}.`
      : known > 0
        ? 'Nothing new: these slices are in the project already.'
        : 'No slice was found in these files.';
  const notes = [
    slices > 0 && known > 0 ? `${count(known, 'slice')} had been added before.` : '',
    skipped > 0 ? `${count(skipped, 'line')} in the list of skipped files.` : '',
  ];
  return { title, detail: notes.filter(Boolean).join(' ') };
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}
