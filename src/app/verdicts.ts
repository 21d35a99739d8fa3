/** Commands that correct the verdicts of classified series, and take corrected series into the project. */
import type { JudgedSeries } from '../core/classify/judge.ts';
import { labelEdits } from '../core/dataset/labelEdits.ts';
import type { Span } from '../core/dataset/seriesLabels.ts';
import { listSeries } from '../core/dataset/seriesList.ts';
import type { WalkedFile } from '../core/files/fileBatch.ts';
import { headerPaths } from '../core/files/pairName.ts';
import type { LabelEdit } from '../core/labels/event.ts';
import { attempt, type Context } from './context.ts';
import type { WalkResult } from './drop.ts';
import { createOriginalReader } from './exchange/originalReader.ts';
import type { IngestCommands } from './ingest.ts';
import type { DroppedFiles } from './originals.ts';
import type { State } from './state.ts';

export type VerdictActions = {
  /** Says of a classified series which class it is, by its id; null: none of them. */
  correctVerdict(series: string, to: string | null): void;
  /** Takes the last correction back, or makes it again. @returns the series; null if there is none */
  undoVerdict(): string | null;
  redoVerdict(): string | null;
  /** Stores the corrected series in the project, with what the user said of them as their labels: one act. */
  takeCorrected(): Promise<void>;
};

type Parts = Pick<IngestCommands, 'addBatches'> & {
  /** The files of the shown classification. */
  files(): DroppedFiles | null;
  refresh(): Promise<void>;
};

type Correction = JudgedSeries['correction'];
type Made = { series: string; before: Correction; after: Correction };

/** The folder that the files are read from: nothing of the dropped folders' names is in it. */
const FOLDER = 'Taken from Classify';
/** Files that are read together. */
const BATCH = 32;

export function createVerdictCommands(context: Context, parts: Parts): VerdictActions {
  const { get, set, store, notify } = context;
  let done: Made[] = [];
  let undone: Made[] = [];

  const give = (key: string, correction: Correction) =>
    set(({ classify }) => ({
      classify: {
        ...classify,
        series: classify.series.map((one) => (one.key === key ? { ...one, correction } : one)),
      },
    }));

  /** Series that were cleared since are passed over. */
  function step(from: Made[], to: Made[], name: 'before' | 'after'): string | null {
    for (let made = from.pop(); made; made = from.pop()) {
      const { series } = made;
      if (!get().classify.series.some(({ key }) => key === series)) continue;
      to.push(made);
      give(series, made[name]);
      return series;
    }
    return null;
  }

  async function label(corrected: readonly JudgedSeries[]): Promise<void> {
    const { project } = get();
    const sets = new Set(corrected.map(({ labelSet }) => labelSet.id));
    const edits: LabelEdit[] = [];
    const found = new Set<string>();
    for (const id of sets) {
      const ofSet = corrected.filter(({ labelSet }) => labelSet.id === id);
      const list = listSeries(await store.shardIndexes(project.id, id));
      const spans = new Map<string | null, Span[]>();
      const wanted = new Map(ofSet.map(({ key, correction }) => [key, correction!.class]));
      for (let series = 0; series < list.count; series++) {
        const to = wanted.get(list.keys[series]);
        if (to === undefined) continue;
        found.add(list.keys[series]);
        const span: Span = [list.start[series], list.start[series + 1]];
        const own = spans.get(to) ?? [];
        spans.set(to, own);
        own.push(span);
      }
      for (const [to, of] of spans) {
        edits.push(...labelEdits(list, of, { kind: 'label', set: id, class: to, source: 'user' }));
      }
    }
    if (edits.length > 0) await store.editLabels(project.id, edits, get().reader, Date.now());
    await parts.refresh();
    const missing = corrected.length - found.size;
    notify({
      tone: missing === 0 ? 'success' : 'info',
      title: `${seriesWords(found.size)} labelled in the project.`,
      detail:
        missing === 0
          ? 'Undo on the Label page takes all these labels back at once.'
          : `${seriesWords(missing)} not stored: the files were not read, or are no longer where they were.`,
      next: '',
      action: null,
    });
  }

  return {
    correctVerdict: (key, to) => {
      const series = get().classify.series.find((one) => one.key === key);
      if (!series) return;
      const after = { class: to };
      done.push({ series: key, before: series.correction, after });
      undone = [];
      give(key, after);
    },
    undoVerdict: () => step(done, undone, 'before'),
    redoVerdict: () => step(undone, done, 'after'),

    takeCorrected: async () => {
      const corrected = takeable(get());
      const files = parts.files();
      if (corrected.length === 0 || !files) return;
      const begun = await parts.addBatches((signal) => filesOf(corrected, files, signal));
      // Files that were read before a stop are stored: their series get their labels, too.
      if (!begun && get().job) return;
      await attempt(context, 'The labels were not stored.', () => label(corrected));
      done = [];
      undone = [];
    },
  };
}

/** Corrected series whose label set the project has. */
export function takeable({ classify, labelSets }: Pick<State, 'classify' | 'labelSets'>): JudgedSeries[] {
  const sets = new Set(labelSets.map(({ id }) => id));
  return classify.series.filter(
    ({ correction, labelSet }) => correction !== undefined && sets.has(labelSet.id),
  );
}

/** The files of some series, each once, under names that say nothing of where they lay. */
async function* filesOf(
  series: readonly JudgedSeries[],
  files: DroppedFiles,
  signal: AbortSignal,
): AsyncGenerator<WalkResult> {
  const reader = createOriginalReader();
  const folders = new Map<string, number>();
  const neutral = (path: string) => {
    const cut = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(0, cut));
    if (!folders.has(folder)) folders.set(folder, folders.size + 1);
    return `${FOLDER}/${folders.get(folder)}/${path.slice(cut + 1)}`;
  };
  const read = async (path: string): Promise<WalkedFile | null> => {
    const original = files.at(path);
    const file = original && (await reader.read(original));
    return file && { path: neutral(path), file };
  };
  const paths = [...new Set(series.flatMap(({ slices }) => slices.map(({ path }) => path)))];
  for (let at = 0; at < paths.length; at += BATCH) {
    signal.throwIfAborted();
    const result: WalkResult = { items: [], unreadable: [] };
    for (const path of paths.slice(at, at + BATCH)) {
      const file = await read(path);
      if (!file) {
        result.unreadable.push(neutral(path));
        continue;
      }
      for (const header of headerPaths(path)) {
        const beside = await read(header);
        if (beside) result.items.push(beside);
      }
      result.items.push(file);
    }
    yield result;
  }
}

function seriesWords(series: number): string {
  return series === 1 ? '1 series is' : `${series.toLocaleString('en')} series are`;
}
