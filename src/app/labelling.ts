/** Commands of the Label page: the project's series, and labels that are given to them. */
import { labelEdits } from '../core/dataset/labelEdits.ts';
import { seriesAnswers } from '../core/dataset/seriesAnswers.ts';
import type { LabelAct, Span } from '../core/dataset/seriesLabels.ts';
import { NOT_LISTED, placeOf, type SeriesList } from '../core/dataset/seriesList.ts';
import type { ShardIndex } from '../core/dataset/shard.ts';
import type { LabelChange, LabelEdit } from '../core/labels/event.ts';
import {
  type Decision,
  type Disagreement,
  decidedLabels,
  decisionEdits,
} from '../core/labels/exchange/disagreement.ts';
import { classIndex, type LabelSet, NO_CLASS } from '../core/labels/labelSet.ts';
import { classIds, labelSetOf } from '../core/train/labelSetOf.ts';
import { type SliceRef, SPLITS } from '../core/types.ts';
import { attempt, type Context, report } from './context.ts';
import type { DatasetCommands } from './datasets.ts';
import { labellingOf } from './label/board.ts';
import { createDesk } from './label/desk.ts';

export type LabellingActions = {
  /** Keeps `state.labelling` up to date until the returned function is called. */
  watchSeries(): () => void;
  /** Gives a class, by its id, or takes labels away (null). It shows at once; what can't be stored is put back. */
  labelSpans(spans: readonly Span[], to: string | null): void;
  excludeSpans(spans: readonly Span[], exclude: boolean): void;
  /** Decides what two readers disagree on, as one act. */
  decide(of: Disagreement, decision: Decision): void;
  /** Labels a whole dataset, also slices that are added to it later; asks before. */
  labelDataset(dataset: string, to: string): Promise<void>;
  /** @returns the slices that change at once; null if the store has to be asked */
  undoLabel(): readonly Span[] | null;
  redoLabel(): readonly Span[] | null;
  /** Reads what the model of a run says of the series. */
  readAnswers(run: string): Promise<void>;
  /** 224×224 each; null: damaged. */
  slicePictures(refs: SliceRef[]): Promise<(Uint8Array | null)[]>;
};

export type LabellingCommands = LabellingActions & {
  /** Whether presses of this tab are not written yet. */
  unsaved(): boolean;
  /** The datasets, their labels or the label set were read again. */
  sync(): void;
};

/** After the last press, until the figures of the other pages are read again. */
const REST_MS = 1500;

export function createLabellingCommands(
  context: Context,
  datasets: Pick<DatasetCommands, 'loaded' | 'refresh'>,
  restMs = REST_MS,
): LabellingCommands {
  const { get, set, store, ask } = context;
  let watchers = 0;
  let listed: readonly ShardIndex[] | null = null;
  let resting: ReturnType<typeof setTimeout> | null = null;
  /** Changes of labels here, and how many of them what was read last may hold. */
  let changes = 0;
  let read = 0;
  /** Of what is shown: another project may be opened while presses are still being written. */
  const project = () => get().labelling?.project ?? get().project.id;

  const desk = createDesk(
    {
      edit: async (edits) => {
        await store.editLabels(project(), edits, get().reader, Date.now());
      },
      undo: () => store.undoLabels(project(), get().reader, Date.now()),
      redo: () => store.redoLabels(project(), get().reader, Date.now()),
    },
    {
      changed: () => {
        changes++;
        set(({ labelling }) => ({
          labelling: labelling && {
            ...labelling,
            version: labelling.version + 1,
            unsaved: desk.unsaved(),
          },
        }));
      },
      settled: (stale) => {
        set(({ labelling }) => ({ labelling: labelling && { ...labelling, unsaved: 0 } }));
        rest(stale || watchers === 0 ? 0 : restMs);
      },
      failed: (error, lost) => {
        const title =
          lost === 1
            ? 'The last label was not stored. It is put back.'
            : `The last ${lost.toLocaleString('en')} labels were not stored. They are put back.`;
        void report(context, title, error);
        rest(restMs);
      },
    },
  );

  /** Reads the figures of the other pages, and with them the labels, when nothing is pressed any more. */
  function rest(ms: number): void {
    if (resting !== null) clearTimeout(resting);
    resting = setTimeout(() => {
      resting = null;
      read = changes;
      void attempt(context, 'The figures of the datasets were not read again.', datasets.refresh);
    }, ms);
  }

  function sync(): void {
    const { indexes, records, inUse } = datasets.loaded();
    // What was pressed meanwhile is newer than what was read.
    if (watchers === 0 || desk.unsaved() > 0) return;
    const { labelling: before, project } = get();
    if (before?.project === project.id && read !== changes) return;
    const now = labellingOf(before, {
      project: project.id,
      set: activeSet(),
      indexes,
      records,
      aside: inUse.aside,
    });
    listed = indexes;
    if (now === before) return;
    desk.load(now);
    set({ labelling: now });
  }

  const activeSet = (): LabelSet => get().labelSet;

  function press(act: LabelAct, edits: (list: SeriesList) => LabelEdit[]): void {
    const { labelling, readOnly } = get();
    if (!labelling || readOnly || act.spans.length === 0) return;
    if (resting !== null) clearTimeout(resting);
    desk.press(act, edits(labelling.list));
  }

  function labelAct(spans: readonly Span[], to: string | null): { act: LabelAct; change: LabelChange } {
    const set = activeSet();
    const label = to === null ? NO_CLASS : classIndex(set, to);
    return {
      act: { spans, change: { kind: 'label', label } },
      change: { kind: 'label', set: set.id, class: to, source: 'user' },
    };
  }

  return {
    sync: () => {
      if (datasets.loaded().indexes !== listed) sync();
    },
    watchSeries: () => {
      watchers++;
      sync();
      return () => {
        watchers--;
        // Other pages show the figures now.
        if (read !== changes && desk.unsaved() === 0) rest(0);
      };
    },

    labelSpans: (spans, to) => {
      const { act, change } = labelAct(spans, to);
      press(act, (list) => labelEdits(list, spans, change));
    },

    excludeSpans: (spans, exclude) => {
      const change = { kind: 'exclude', exclude } as const;
      press({ spans, change }, (list) => labelEdits(list, spans, change));
    },

    decide: (of, decision) => {
      const { labelling, readOnly } = get();
      if (!labelling || readOnly) return;
      const set = activeSet();
      const { shard, row } = of.places;
      const labels = decidedLabels(of, set, decision).map((to) =>
        to === null ? NO_CLASS : classIndex(set, to),
      );
      // Slices that were removed meanwhile are not shown.
      const shown = Array.from(shard, (at, i) => [
        placeOf(labelling.list, { shard: at, row: row[i] }),
        labels[i],
      ]).filter(([place]) => place !== NOT_LISTED);
      const act: LabelAct = {
        spans: shown.map(([place]) => [place, place + 1]),
        change: { kind: 'each', labels: shown.map(([, label]) => label) },
      };
      press(act, () => decisionEdits(of, set, decision));
      context.set(({ disagreements }) => ({
        disagreements: disagreements && {
          ...disagreements,
          left: disagreements.left.filter((one) => one !== of),
        },
      }));
    },

    labelDataset: async (dataset, to) => {
      const { labelling, datasets: rows } = get();
      const name = rows.find(({ id }) => id === dataset)?.name;
      const given = labelling?.set.classes.find(({ id }) => id === to);
      const span = labelling && spanOfDataset(labelling.list, dataset);
      if (!name || !given || !span) return;
      const sure = await ask({
        title: `Label all of “${name}” as ${given.name}?`,
        lines: [
          `${(span[1] - span[0]).toLocaleString('en')} slices get this label, also those that you labelled before.`,
          'Slices that are added to this dataset later get it, too. Undo takes it back.',
        ],
        yes: `Label as ${given.name}`,
        no: 'Leave them as they are',
        danger: false,
      });
      if (!sure) return;
      const { act, change } = labelAct([span], to);
      press(act, () => [{ target: { kind: 'dataset', dataset }, change }]);
    },

    undoLabel: () => (get().readOnly ? null : desk.undo()),
    redoLabel: () => (get().readOnly ? null : desk.redo()),

    readAnswers: async (run) => {
      await attempt(context, 'What the model says could not be read.', async () => {
        const records = await Promise.all(SPLITS.map((split) => store.predictions(run, split)));
        const { labelling } = get();
        if (!labelling) return;
        const found = records.filter((record) => record !== null);
        const ids = classIds(labelSetOf(get().runs.find(({ id }) => id === run) ?? {}));
        const columns = ids.map((id) => classIndex(labelling.set, id));
        const answers = seriesAnswers(labelling.list, found, labelling.set.classes.length, columns);
        set({ labelling: { ...labelling, answers: { ...answers, run } } });
      });
    },

    slicePictures: (refs) => store.slicePixels(refs),
    unsaved: () => desk.unsaved() > 0,
  };
}

/** Its series lie side by side. */
function spanOfDataset({ datasets, dataset, start }: SeriesList, id: string): Span | null {
  const at = datasets.indexOf(id);
  const [first, last] = [dataset.indexOf(at), dataset.lastIndexOf(at)];
  return at < 0 || first < 0 ? null : [start[first], start[last + 1]];
}
