/** Commands that classify dropped files with a trained model; nothing of them is stored. */
import { placeOf } from '../core/dataset/naming.ts';
import { packLots } from '../core/ingest/lot.ts';
import { createPace } from '../core/ingest/pace.ts';
import { skippedFile } from '../core/ingest/reporter.ts';
import type { ClassifyEvent, ClassifyService, JobProgress, SeriesVerdict } from '../core/protocol.ts';
import { attempt, type Context } from './context.ts';
import { type DropBatch, walkDrop } from './drop.ts';
import { createDrop, type DroppedFiles } from './originals.ts';
import type { Actions, ClassifyState, Job } from './state.ts';
import { classifyWorker, type WorkerHandle } from './workers.ts';

export type ClassifyCommands = Pick<Actions, 'classifyFiles' | 'clearClassify'> & {
  /** Ends the job in progress; the series found so far stay. */
  cancelClassify(): void;
  /** The files of the classification shown. */
  classifiedFiles(): DroppedFiles | null;
};

export function createClassifyCommands(
  context: Context,
  worker: Pick<WorkerHandle<ClassifyService>, 'call'> = classifyWorker,
): ClassifyCommands {
  const { get, set, notify } = context;
  let controller: AbortController | null = null;
  let dropped: DroppedFiles | null = null;
  let drops = 0;

  const patch = (change: (state: ClassifyState) => Partial<ClassifyState>) =>
    set(({ classify }) => ({ classify: { ...classify, ...change(classify) } }));

  async function run(id: string, batches: AsyncGenerator<DropBatch>, signal: AbortSignal) {
    const { call } = worker;
    const pace = createPace();
    const onEvent = (event: ClassifyEvent) => {
      switch (event.kind) {
        case 'progress': {
          const { progress } = event;
          set({ job: toJob(progress, pace(performance.now(), progress)) });
          patch(() => ({ files: progress.files }));
          break;
        }
        case 'skipped':
          patch(({ skipped }) => ({ skipped: [...skipped, ...event.files] }));
          break;
        case 'series':
          patch(({ series }) => ({ series: merged(series, event.series) }));
          break;
        default:
          event satisfies never;
      }
    };
    const config = get().runs.find((row) => row.id === id)?.config;
    const job = call.classify(
      { run: id, lots: [], options: get().project.options, device: config?.device ?? 'auto', more: true },
      { signal, onEvent },
    );
    let over = false;
    const fed = feed(batches, () => over).catch((error: unknown) => error);
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
  async function feed(batches: AsyncGenerator<DropBatch>, isOver: () => boolean): Promise<void> {
    const { call } = worker;
    try {
      for await (const { items, unreadable } of batches) {
        if (isOver()) return;
        const files = unreadable.map((path) => skippedFile(path, placeOf(path).dataset, 'unreadable'));
        if (files.length > 0) patch(({ skipped }) => ({ skipped: [...skipped, ...files] }));
        dropped?.add(items);
        await call.feed({ lots: packLots(items), more: true });
      }
    } finally {
      await call.feed({ lots: [], more: false });
    }
  }

  return {
    classifyFiles: async (source, id) => {
      const mine = new AbortController();
      // At once: a drop can't be read after its event.
      const batches = walkDrop(source, mine.signal);
      if (get().job) {
        notify({
          tone: 'error',
          title: 'The files were not classified.',
          detail: 'Other files are being read.',
          next: 'Drop them again when that is done.',
          action: null,
        });
        return;
      }
      controller = mine;
      dropped = createDrop(`classify ${++drops}`);
      set({
        job: toJob(NOTHING, { rate: null, secondsLeft: null }),
        classify: { run: id, files: 0, seconds: null, series: [], skipped: [] },
      });
      try {
        const summary = await attempt(context, 'Not all files were classified.', () =>
          run(id, batches, mine.signal),
        );
        if (summary) patch(() => ({ files: summary.progress.files, seconds: summary.seconds }));
      } finally {
        controller = null;
        set({ job: null });
      }
    },

    classifiedFiles: () => dropped,

    cancelClassify: () => controller?.abort(),

    clearClassify: () => {
      controller?.abort();
      dropped = null;
      set({ classify: { run: null, files: 0, seconds: null, series: [], skipped: [] } });
    },
  };
}

/** A series that is told again takes the place of what was told before. */
function merged(known: readonly SeriesVerdict[], told: readonly SeriesVerdict[]): SeriesVerdict[] {
  const byKey = new Map(known.map((series) => [series.key, series]));
  for (const series of told) byKey.set(series.key, series);
  return [...byKey.values()];
}

const NOTHING: Pick<JobProgress, 'files' | 'filesTotal' | 'slices' | 'skipped'> = {
  files: 0,
  filesTotal: 0,
  slices: 0,
  skipped: 0,
};

function toJob(
  { files, filesTotal, slices, skipped }: typeof NOTHING,
  pace: Pick<Job, 'rate' | 'secondsLeft'>,
): Job {
  return { kind: 'classify', done: files, total: filesTotal, unit: 'files', slices, skipped, ...pace };
}
