/** The commands of the Label page without a store: labels are given in the state, and taken back from it. */
import type { StoreApi } from 'zustand/vanilla';
import { createDesk } from '../../src/app/label/desk.ts';
import type { Labelling } from '../../src/app/label/state.ts';
import type { LabellingActions } from '../../src/app/labelling.ts';
import type { State } from '../../src/app/state.ts';
import type { LabelAct } from '../../src/core/dataset/seriesLabels.ts';
import { classIndex, NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { fakeAnswers, fakeLabelling, fakePictures } from './labelling.ts';

export function fakeLabellingActions(state: StoreApi<State>): LabellingActions {
  const { getState: get, setState: set } = state;
  const change = (patch: (now: Labelling) => Partial<Labelling>) =>
    set(({ labelling }) => ({ labelling: labelling && { ...labelling, ...patch(labelling) } }));
  const yes = () => Promise.resolve(true);
  const desk = createDesk(
    { edit: async () => undefined, undo: yes, redo: yes },
    {
      changed: () => change(({ version }) => ({ version: version + 1, unsaved: desk.unsaved() })),
      settled: () => change(() => ({ unsaved: 0 })),
      failed: () => undefined,
    },
  );
  const press = (act: LabelAct) => {
    // What is stored of it is of no interest here, but that there is something.
    if (!get().readOnly) desk.press(act, [{ target: { kind: 'series', series: [] }, change: EXCLUDE }]);
  };
  return {
    watchSeries: () => {
      const { project, datasets, labelling, labelSet } = get();
      const now = labelling ?? fakeLabelling(project.id, datasets, labelSet);
      desk.load(now);
      set({ labelling: now });
      return () => undefined;
    },
    decide: (of) =>
      set(({ disagreements }) => ({
        disagreements: disagreements && {
          ...disagreements,
          left: disagreements.left.filter((one) => one !== of),
        },
      })),
    labelSpans: (spans, to) => {
      const { labelling } = get();
      if (!labelling) return;
      const label = to === null ? NO_CLASS : classIndex(labelling.set, to);
      press({ spans, change: { kind: 'label', label } });
    },
    excludeSpans: (spans, exclude) => press({ spans, change: { kind: 'exclude', exclude } }),
    labelDataset: () => Promise.resolve(),
    undoLabel: desk.undo,
    redoLabel: desk.redo,
    readAnswers: async (run) => change((now) => ({ answers: fakeAnswers(now, run) })),
    slicePictures: (refs) => Promise.resolve(fakePictures(refs)),
  };
}

const EXCLUDE = { kind: 'exclude', exclude: true } as const;
