/** Commands that classify dropped files, with a trained model or by their headers alone; nothing of them is stored. */

import type { ClassifyEvent, ClassifyService } from '../core/classify/contract.ts';
import type { Judge, JudgedSeries } from '../core/classify/judge.ts';
import type { SeriesVerdict } from '../core/classify/verdict.ts';
import { createEta } from '../core/files/eta.ts';
import type { WalkedFile } from '../core/files/fileBatch.ts';
import type { SkippedFile } from '../core/files/progress.ts';
import { noProgress } from '../core/files/reporter.ts';
import type { Actions } from './actions.ts';
import { attempt, type Context } from './context.ts';
import { type WalkResult, walkDrop } from './drop.ts';
import { NO_CLASSIFICATION } from './noClassification.ts';
import { createDrop, type DroppedFiles } from './originals.ts';
import { readAhead } from './readAhead.ts';
import { feedJob, jobState } from './readJob.ts';
import type { ClassifyState, RunRow } from './state.ts';
import { classifyWorker, type WorkerHandle } from './workers.ts';

export type ClassifyCommands = Pick<Actions, 'classifyFiles' | 'classifyAgain' | 'clearClassify'> & {
  /** Ends the job in progress; the series found so far stay. */
  cancelClassify(): void;
  /** Ends it and forgets it: its project is left. Resolves when it has ended. */
  suspend(): Promise<void>;
  /** The files of the classification shown. */
  classifiedFiles(): DroppedFiles | null;
};

/** Files remembered for another model; the browser holds something for each of them. */
const MOST_FILES = 200_000;

/** The files of a classification. Nobody else has them once their drop is over. */
type Dropped = { files: DroppedFiles; items: WalkedFile[] };

export function createClassifyCommands(
  context: Context,
  worker: Pick<WorkerHandle<ClassifyService>, 'call'> = classifyWorker,
): ClassifyCommands {
  const { get, set, notify } = context;
  let controller: AbortController | null = null;
  let dropped: Dropped | null = null;
  let drops = 0;
  let ended: Promise<unknown> = Promise.resolve();

  const patch = (change: (state: ClassifyState) => Partial<ClassifyState>) =>
    set(({ classify }) => ({ classify: { ...classify, ...change(classify) } }));
  const skip = (files: readonly SkippedFile[]) =>
    patch(({ skipped }) => ({ skipped: [...skipped, ...files] }));

  /**
   * @param again the files were classified before: a series found so far takes the place of the one before only when it
   * is as large, so that a cancelled job leaves no part of a series
   */
  async function run(
    id: string | null,
    walk: AsyncIterable<WalkResult>,
    signal: AbortSignal,
    again: boolean,
  ) {
    const { project, runs } = get();
    const drop = dropped;
    const model = runs.find((row) => row.id === id);
    const stamp = { judge: model ? judgeOf(model) : null, judgedAt: new Date().toISOString() };
    const eta = createEta();
    /** Parts of series that were larger before. */
    const partial = new Map<string, JudgedSeries>();

    const onEvent = (event: ClassifyEvent) => {
      // What another project's page shows is not this job's, nor is what was cleared.
      if (get().project.id !== project.id || dropped !== drop) return;
      switch (event.kind) {
        case 'progress': {
          const { progress } = event;
          set({ job: jobState('classify', progress, eta(performance.now(), progress)) });
          patch(() => ({ files: progress.files }));
          break;
        }
        case 'skipped':
          skip(event.files);
          break;
        case 'series': {
          const judged = event.series.map((series) => ({ ...series, ...stamp }));
          patch(({ series }) => ({ series: merged(series, judged, again ? partial : null) }));
          break;
        }
        default:
          event satisfies never;
      }
    };
    const job = worker.call.classify(
      {
        project: project.id,
        run: id,
        batches: [],
        options: project.options,
        device: model?.config.device ?? 'auto',
        more: true,
      },
      { signal, onEvent },
    );
    const summary = await feedJob(job, worker.call.feed, walk, { found: () => {}, lost: skip });
    // Some files may be gone since: what is left of their series is the whole of it now.
    patch(({ series }) => ({ series: merged(series, [...partial.values()], null) }));
    return summary;
  }

  /** From the first file to the end, with everything that the page shows of it. */
  async function classify(
    id: string | null,
    walk: AsyncIterable<WalkResult>,
    mine: AbortController,
    again: boolean,
  ): Promise<void> {
    controller = mine;
    set({ job: jobState('classify', noProgress(), { rate: null, secondsLeft: null }) });
    patch(() => ({ run: id, files: 0, seconds: null, skipped: [], ...(again ? {} : { series: [] }) }));
    try {
      const running = attempt(context, 'Not all files were classified.', () =>
        run(id, walk, mine.signal, again),
      );
      ended = running;
      const summary = await running;
      if (summary) patch(() => ({ files: summary.progress.files, seconds: summary.seconds }));
      else if (mine.signal.aborted && dropped) notify(stopped(get().classify, again));
    } finally {
      if (controller === mine) controller = null;
      set({ job: null });
    }
  }

  /** Says why it can't be done now; true where it can. */
  function mayBegin(next: string): boolean {
    if (!get().job) return true;
    notify({
      tone: 'error',
      title: 'The files were not classified.',
      detail: 'Other files are being read.',
      next,
      action: null,
    });
    return false;
  }

  function clearClassify(): void {
    controller?.abort();
    dropped = null;
    set({ classify: NO_CLASSIFICATION });
  }

  return {
    classifyFiles: async (source, id) => {
      const mine = new AbortController();
      // At once: a drop can't be read after its event.
      const walk = walkDrop(source, mine.signal);
      if (!mayBegin('Drop them again when that is done.')) return;
      dropped = { files: createDrop(`classify ${++drops}`), items: [] };
      await classify(id, remembered(walk, dropped), mine, false);
    },

    classifyAgain: async (id) => {
      if (!dropped || get().classify.series.length === 0) return;
      if (!mayBegin('Choose the model again when that is done.')) return;
      await classify(id, readAhead([...dropped.items]), new AbortController(), true);
    },

    classifiedFiles: () => dropped?.files ?? null,

    cancelClassify: () => controller?.abort(),

    clearClassify,

    suspend: async () => {
      clearClassify();
      await ended;
    },
  };
}

async function* remembered(
  walk: AsyncIterable<WalkResult>,
  { files, items }: Dropped,
): AsyncGenerator<WalkResult> {
  for await (const result of walk) {
    files.add(result.items);
    if (items.length < MOST_FILES) items.push(...result.items);
    yield result;
  }
}

/** What is kept of a run beside what it judged. */
function judgeOf({ id, title, config, createdMs, evaluated }: RunRow): Judge {
  const { network, inputSize, epochs, seed } = config;
  const weights = evaluated?.weights ?? null;
  return {
    run: id,
    title,
    network,
    inputSize,
    epochs,
    seed,
    weights,
    trained: new Date(createdMs).toISOString(),
  };
}

/**
 * A series that is sent again replaces what was sent before.
 * @param partial gets those that were larger before, if given
 */
function merged(
  known: readonly JudgedSeries[],
  sent: readonly JudgedSeries[],
  partial: Map<string, JudgedSeries> | null,
): JudgedSeries[] {
  const byKey = new Map(known.map((series) => [series.key, series]));
  for (const series of sent) {
    if (partial && series.slices.length < sizeOf(byKey.get(series.key))) {
      partial.set(series.key, series);
    } else {
      partial?.delete(series.key);
      byKey.set(series.key, series);
    }
  }
  return [...byKey.values()];
}

function sizeOf(series: SeriesVerdict | undefined): number {
  return series?.slices.length ?? 0;
}

function stopped({ run, series }: ClassifyState, again: boolean) {
  const before = series.filter(({ judge }) => (judge?.run ?? null) !== run).length;
  return {
    tone: 'info' as const,
    title: 'Stopped.',
    detail:
      again && before > 0
        ? `${before.toLocaleString('en')} of ${series.length.toLocaleString('en')} series keep the answer of the model before; their rows say so.`
        : `The series found so far stay in the table: ${series.length.toLocaleString('en')}.`,
    next: '',
    action: null,
  };
}
