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
  /**
   * Says of classified series, by their keys, which class they are, by its id: one act. null: none of them; undefined:
   * what was said is taken back. Series of a label set without that class are passed over.
   */
  correctVerdicts(series: readonly string[], to: string | null | undefined): void;
  /** Takes the last act back, or makes it again. @returns its series; null if there is none */
  undoVerdict(): readonly string[] | null;
  redoVerdict(): readonly string[] | null;
  /** Stores the corrected series in the project, with what the user said of them as their labels: one act. */
  takeCorrected(): Promise<void>;
};

type Parts = Pick<IngestCommands, 'addBatches'> & {
  /** The files of the shown classification. */
  files(): DroppedFiles | null;
  refresh(): Promise<void>;
};

type Correction = JudgedSeries['correction'];
type Corrected = ReadonlyMap<string, Correction>;
type Made = { before: Corrected; after: Corrected };

/** The folder that the files are read from: nothing of the dropped folders' names is in it. */
const FOLDER = 'Taken from Classify';
/** Files that are read together. */
const BATCH = 32;

export function createVerdictCommands(context: Context, parts: Parts): VerdictActions {
  const { get, set, store, notify } = context;
  let done: Made[] = [];
  let undone: Made[] = [];

  const give = (corrections: Corrected) =>
    set(({ classify }) => ({
      classify: {
        ...classify,
        series: classify.series.map((one) =>
          corrections.has(one.key) ? { ...one, correction: corrections.get(one.key) } : one,
        ),
      },
    }));

  /** Series that were cleared since are passed over. */
  function step(from: Made[], to: Made[], name: 'before' | 'after'): readonly string[] | null {
    for (let made = from.pop(); made; made = from.pop()) {
      const { [name]: corrections } = made;
      const found = get().classify.series.filter(({ key }) => corrections.has(key));
      if (found.length === 0) continue;
      to.push(made);
      give(corrections);
      return found.map(({ key }) => key);
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
    const said = new Map(corrected.map(({ key, correction }) => [key, correction]));
    // What was corrected again meanwhile is not stored.
    const taken = get().classify.series.filter(
      ({ key, correction }) => found.has(key) && correction === said.get(key),
    );
    give(new Map(taken.map(({ key, correction }) => [key, { ...correction!, stored: true }])));
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
    correctVerdicts: (keys, to) => {
      const wanted = new Set(keys);
      const series = get().classify.series.filter(
        ({ key, labelSet, correction }) =>
          wanted.has(key) &&
          (to == null ? to === null || correction : labelSet.classes.some(({ id }) => id === to)),
      );
      if (series.length === 0) return;
      const said: Correction = to === undefined ? undefined : { class: to };
      const before = new Map(series.map(({ key, correction }) => [key, correction]));
      const after = new Map(series.map(({ key }) => [key, said]));
      done.push({ before, after });
      undone = [];
      give(after);
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

/** Corrected series whose label set the project has, without those that were taken in. */
export function takeable({ classify, labelSets }: Pick<State, 'classify' | 'labelSets'>): JudgedSeries[] {
  const sets = new Set(labelSets.map(({ id }) => id));
  return classify.series.filter(
    ({ correction, labelSet }) => correction && !correction.stored && sets.has(labelSet.id),
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
