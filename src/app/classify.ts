/** Commands that classify dropped files, with a model or by their headers alone; stores nothing of them. */

import { isSameModel, type ModelChoice, runChoice, runIn } from '../core/classify/choice.ts';
import type { AskedModel, ClassifyEvent, ClassifyService } from '../core/classify/contract.ts';
import type { Judge, JudgedSeries } from '../core/classify/judge.ts';
import { thinThumbnails } from '../core/classify/thumbnails.ts';
import type { SeriesVerdict } from '../core/classify/verdict.ts';
import { createEta } from '../core/files/eta.ts';
import type { WalkedFile } from '../core/files/fileBatch.ts';
import type { SkippedFile } from '../core/files/progress.ts';
import { noProgress } from '../core/files/reporter.ts';
import { labelSetOf } from '../core/train/labelSetOf.ts';
import { attempt, type Context } from './context.ts';
import { type DropSource, type WalkResult, walkDrop } from './drop.ts';
import { looksAtEverySlice } from './everySlice.ts';
import { NO_CLASSIFICATION } from './noClassification.ts';
import { createDrop, type DroppedFiles } from './originals.ts';
import { anyRun } from './otherModels.ts';
import { askAhead, readAhead } from './readAhead.ts';
import { feedJob, jobState } from './readJob.ts';
import { createStarter, type Starter } from './starter.ts';
import { starterJudge } from './starterFacts.ts';
import type { ClassifyState, RunRow } from './state.ts';
import { classifyWorker, type WorkerHandle } from './workers.ts';

export type ClassifyActions = {
  /** Without a model the series are listed by their headers. */
  classifyFiles(source: DropSource, model: ModelChoice | null): Promise<void>;
  /** Classifies the current files again with another model. */
  classifyAgain(model: ModelChoice): Promise<void>;
  clearClassify(): void;
};

export type ClassifyCommands = ClassifyActions & {
  /** Ends the job in progress; the series found so far stay. */
  cancelClassify(): void;
  /** Ends and clears it, on leaving its project. Resolves when it has ended. */
  suspend(): Promise<void>;
  /** The files of the shown classification. */
  classifiedFiles(): DroppedFiles | null;
};

/** Maximum files kept for another model; each takes some memory in the browser. */
const MOST_FILES = 200_000;

/** `again`: the files were classified before. */
type How = { every: boolean; again: boolean };

/** The files of a classification. After the drop no other part keeps them. */
type Dropped = { files: DroppedFiles; items: WalkedFile[] };

export function createClassifyCommands(
  context: Context,
  worker: Pick<WorkerHandle<ClassifyService>, 'call'> = classifyWorker,
  starter: Starter = createStarter(),
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
   * @param again the files were classified before: a found series replaces the earlier one only once it is judged and at
   * least as large, so that a cancelled job leaves no partial series
   */
  async function run(
    choice: ModelChoice | null,
    walk: AsyncIterable<WalkResult>,
    { every, again }: How,
    signal: AbortSignal,
  ) {
    const { project, starter: facts } = get();
    const drop = dropped;
    const model = anyRun(get(), runIn(choice));
    const comes = choice?.kind === 'starter' ? facts : null;
    const labelSet = model ? labelSetOf(model) : (comes ?? get()).labelSet;
    const asked = await askedModel(choice, starter);
    const judgedAt = new Date().toISOString();
    const stamp = { judge: model ? judgeOf(model) : comes && starterJudge(comes), labelSet, judgedAt };
    const eta = createEta();
    /** Partial series that were larger before. */
    const partial = new Map<string, JudgedSeries>();

    const onEvent = (event: ClassifyEvent) => {
      // Leave the page of another project, or a cleared one, alone.
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
          const judged = event.series.map((series) => ({
            ...series,
            ...stamp,
            judge: series.verdict === null ? null : stamp.judge,
          }));
          patch(({ series: known }) => {
            const series = merged(known, judged, again ? partial : null);
            thinThumbnails(series);
            return { series };
          });
          break;
        }
        default:
          event satisfies never;
      }
    };
    const job = worker.call.classify(
      {
        project: project.id,
        model: asked,
        // Its rules may have changed since the model learned.
        labelSet: get().labelSets.find((set) => set.id === labelSet.id) ?? labelSet,
        batches: [],
        options: project.options,
        every,
        device: model?.config.device ?? 'auto',
        more: true,
      },
      { signal, onEvent },
    );
    const found = (files: readonly WalkedFile[]) => {
      if (drop && !again) remember(drop, files);
    };
    const summary = await feedJob(job, worker.call.feed, walk, { glance: !every, found, lost: skip });
    // Some files may be gone since then: the remaining part of their series is now the whole series.
    patch(({ series }) => ({ series: merged(series, [...partial.values()], null) }));
    return summary;
  }

  /** Runs a job from the first file to the end and keeps the page's state up to date. */
  async function classify(
    choice: ModelChoice | null,
    walk: AsyncIterable<WalkResult>,
    how: How,
    aborter: AbortController,
  ): Promise<void> {
    const { again } = how;
    controller = aborter;
    set({ job: jobState('classify', noProgress(), { rate: null, secondsLeft: null }) });
    patch(() => ({ model: choice, files: 0, seconds: null, skipped: [], ...(again ? {} : { series: [] }) }));
    try {
      const running = attempt(context, 'Not all files were classified.', () =>
        run(choice, walk, how, aborter.signal),
      );
      ended = running;
      const summary = await running;
      if (summary) patch(() => ({ files: summary.progress.files, seconds: summary.seconds }));
      else if (aborter.signal.aborted && dropped) notify(stopped(get().classify, again));
    } finally {
      if (controller === aborter) controller = null;
      set({ job: null });
    }
  }

  /** Reports why it can't be done now; true if it can. */
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
    classifyFiles: async (source, model) => {
      const aborter = new AbortController();
      const every = looksAtEverySlice();
      // Walk at once: a drop can't be read after its event.
      const walk = walkDrop(source, aborter.signal, !every);
      if (!mayBegin('Drop them again when that is done.')) return;
      dropped = { files: createDrop(`classify ${++drops}`), items: [] };
      await classify(model, walk, { every, again: false }, aborter);
    },

    classifyAgain: async (model) => {
      if (!dropped || get().classify.series.length === 0) return;
      if (!mayBegin('Choose the model again when that is done.')) return;
      const every = looksAtEverySlice();
      const walk = (every ? readAhead : askAhead)([...dropped.items]);
      await classify(model, walk, { every, again: true }, new AbortController());
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

/** Keeps files for the inspector, and for another model. */
function remember({ files, items }: Dropped, found: readonly WalkedFile[]): void {
  files.add(found);
  if (items.length < MOST_FILES) items.push(...found);
}

/** Fetches the starter's file, if it is to judge. */
async function askedModel(choice: ModelChoice | null, starter: Starter): Promise<AskedModel | null> {
  return choice?.kind === 'starter' ? { ...choice, file: await starter.file() } : choice;
}

/** The part of a run that is kept with its results. */
function judgeOf({ id, title, config, createdMs, evaluated, calibration }: RunRow): Judge {
  const { network, inputSize, epochs, seed } = config;
  const weights = evaluated?.weights ?? null;
  return {
    model: runChoice(id),
    title,
    network,
    inputSize,
    epochs,
    seed,
    weights,
    trained: new Date(createdMs).toISOString(),
    calibration: calibration ?? null,
    unknown: calibration?.unknown ?? null,
  };
}

/**
 * A re-sent series replaces its earlier version.
 * @param partial receives the earlier versions that were larger, if given
 */
function merged(
  known: readonly JudgedSeries[],
  sent: readonly JudgedSeries[],
  partial: Map<string, JudgedSeries> | null,
): JudgedSeries[] {
  const byKey = new Map(known.map((series) => [series.key, series]));
  for (const series of sent) {
    const before = byKey.get(series.key);
    const unjudged = series.verdict === null && before?.verdict;
    if (series.slices.length === 0) {
      // No picture of it could be decoded after all.
      partial?.delete(series.key);
      byKey.delete(series.key);
    } else if (partial && (unjudged || series.slices.length < sizeOf(before))) {
      partial.set(series.key, series);
    } else {
      partial?.delete(series.key);
      byKey.set(series.key, withCorrection(series, before));
    }
  }
  return [...byKey.values()];
}

/** What the user said of a series stays, whichever model judges it, unless its classes are other ones. */
function withCorrection(series: JudgedSeries, before: JudgedSeries | undefined): JudgedSeries {
  const correction = before?.correction;
  const known = series.labelSet.classes.some(({ id }) => id === correction?.class);
  return correction && (correction.class === null || known) ? { ...series, correction } : series;
}

function sizeOf(series: SeriesVerdict | undefined): number {
  return series?.slices.length ?? 0;
}

function stopped({ model, series }: ClassifyState, again: boolean) {
  const before = series.filter(({ judge }) => !isSameModel(judge?.model, model)).length;
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
