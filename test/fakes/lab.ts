/** A lab without workers or storage: actions change the fake state at once. */

import { createStore } from 'zustand/vanilla';
import type { Actions } from '../../src/app/actions.ts';
import type { RunPair } from '../../src/app/corrections.ts';
import type { Lab } from '../../src/app/lab.ts';
import { NO_CLASSIFICATION } from '../../src/app/noClassification.ts';
import type { SliceCard, SliceQuery, State } from '../../src/app/state.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { readDatasetsTable } from '../../src/core/dataset/table.ts';
import { withFact } from '../../src/core/files/datasetFacts.ts';
import { histogram } from '../../src/core/image/histogram.ts';
import type { LabelChanges } from '../../src/core/labels/labelChanges.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { MODALITIES, type Modality } from '../builders/modalities.ts';
import { phantom } from '../builders/phantom.ts';
import { fakeAudit } from './audit.ts';
import { fakeBreakdown } from './breakdown.ts';
import { fakeExchange } from './exchange.ts';
import { fakeExplained, fakeInside, fakeOccluded } from './explain.ts';
import { fakeGuard } from './guard.ts';
import { fakeHeader, fakeInspection, fakeStack } from './inspection.ts';
import { fakeLabellingActions } from './labellingActions.ts';
import { fakeTrial } from './labelSets.ts';
import { FAKE_RELIABILITY } from './reliability.ts';

const done = () => Promise.resolve();

const FAKE_PAIRED: RunPair = {
  n: 312,
  both: 280,
  onlyFirst: 6,
  onlySecond: 15,
  neither: 11,
  accuracy: [286 / 312, 295 / 312],
  balancedAccuracy: [0.9, 0.93],
  p: 0.07835388183593749,
  perClass: [
    { n: 100, first: 95, second: 97 },
    { n: 120, first: 110, second: 117 },
    { n: 42, first: 40, second: 40 },
    { n: 50, first: 41, second: 41 },
  ],
  labels: DEFAULT_SET.classes,
  confusion: [
    [
      [95, 5, 0, 0],
      [8, 110, 2, 0],
      [1, 1, 40, 0],
      [4, 3, 2, 41],
    ],
    [
      [97, 3, 0, 0],
      [3, 117, 0, 0],
      [1, 1, 40, 0],
      [6, 2, 1, 41],
    ],
  ],
  difference: {
    accuracy: {
      ...{ low: -0.002, high: 0.061, clusters: 40, resamples: 2000 },
      ...{ method: 'bootstrap', by: 'patient' },
    },
    balancedAccuracy: null,
  },
};

const FAKE_CHANGES: LabelChanges = {
  train: { after: { relabelled: 7, excluded: 0, by: { user: 7 } }, before: {} },
  validate: null,
  test: { after: { relabelled: 4, excluded: 2, by: { user: 3, import: 1 } }, before: { user: 12 } },
};

/** Pictures at once: what they show follows from the order. */
const fakeGlimpses: Actions['glimpses'] = () => ({
  make: async ({ modality, patientSeed }) => {
    const pixels = Uint8Array.from(phantom(modality, patientSeed % 1000, 224));
    const frame = { index: 0, rows: 224, columns: 224, values: pixels, slope: 1, intercept: 0 };
    return {
      modality,
      pixels,
      histogram: histogram({ ...frame, instanceNumber: null }),
      unit: modality === 'CT' ? 'HU' : 'signal',
      rows: 224,
      columns: 224,
      pixel: 1.5,
    };
  },
  end: () => undefined,
});

export function createFakeLab(initial: State): Lab & { calls: unknown[][] } {
  const state = createStore<State>(() => initial);
  const set = state.setState;
  const calls: unknown[][] = [];

  const changeDataset = (id: string, patch: Partial<State['datasets'][number]>) => {
    set(({ datasets }) => ({
      datasets: datasets.map((row) => (row.id === id ? { ...row, ...patch } : row)),
    }));
    return done();
  };

  const patchRun = (id: string, patch: Partial<State['runs'][number]>) => {
    set(({ runs }) => ({ runs: runs.map((run) => (run.id === id ? { ...run, ...patch } : run)) }));
    return done();
  };

  const actions: Actions = {
    makeBaselines: async () => set({ baselines: { key: 'baseline-features-knn', done: 60, total: 100 } }),
    cancelBaselines: () => set({ baselines: null }),
    go: (page, detail = null, view = {}) => set({ page, detail, view, known: true }),
    look: (patch) => set(({ view }) => ({ view: { ...view, ...patch } as State['view'] })),
    setCaps: async (caps) => set({ caps }),
    setTheme: (theme) => set({ theme }),
    setReader: (reader) => set({ reader }),
    dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    openProject: (id) => {
      set(({ projects }) => ({ project: projects.find((project) => project.id === id)! }));
      return done();
    },
    createProject: (name) => {
      const project = { id: name, name, options: DEFAULT_OPTIONS };
      set(({ projects }) => ({ projects: [...projects, project], project }));
      return done();
    },
    renameProject: (name) => {
      set(({ project }) => ({ project: { ...project, name } }));
      return done();
    },
    setOptions: (options) => {
      set(({ project }) => ({ project: { ...project, options } }));
      return done();
    },
    labelByTags: done,
    useLabelSet: (id) => {
      set(({ labelSets }) => ({ labelSet: labelSets.find((one) => one.id === id) ?? labelSets[0] }));
      return done();
    },
    putLabelSet: (changed) => {
      set(({ labelSets, labelSet }) => ({
        labelSets: labelSets.some(({ id }) => id === changed.id)
          ? labelSets.map((one) => (one.id === changed.id ? changed : one))
          : [...labelSets, changed],
        labelSet: labelSet.id === changed.id ? changed : labelSet,
      }));
      return done();
    },
    deleteLabelSet: (id) => {
      set(({ labelSets }) => ({ labelSets: labelSets.filter((one) => one.id !== id) }));
      return done();
    },
    tryLabelSets: () => fakeTrial(state.getState().labelSets),
    ...fakeExchange(set),
    ...fakeGuard(set),
    ...fakeLabellingActions(state),
    answer: () => set({ question: null }),
    deleteProject: done,
    deleteEverything: done,
    takeOver: () => {
      set({ readOnly: false });
      return done();
    },
    openPractice: done,
    addPractice: done,
    remakePractice: done,
    zipPractice: done,
    glimpses: fakeGlimpses,
    addFiles: done,
    cancelJob: () => set({ job: null }),
    renameDataset: (id, name) => changeDataset(id, { name }),
    setLocation: (id, location) => changeDataset(id, { location }),
    nameDatasets: async (choices) => {
      for (const { dataset, name } of choices)
        await changeDataset(dataset, name === null ? { nameFrom: 'user' } : { name, nameFrom: 'folder' });
    },
    setFact: async (id, fact, text) => {
      const row = state.getState().datasets.find((one) => one.id === id);
      if (row) await changeDataset(id, { facts: withFact(row.facts, fact, text) });
    },
    readDatasetsFile: async (file) => readDatasetsTable(await file.text()),
    importDatasets: done,
    takeAppendix: done,
    proposeSplits: done,
    setSplits: async (ids, split) => {
      for (const id of ids) await changeDataset(id, { split, splitFrom: 'user' });
    },
    undo: done,
    redo: done,
    setSplit: (id, split) => changeDataset(id, { split, splitFrom: 'user' }),
    setLeaveOut: (ids, exclude) => {
      for (const row of state.getState().datasets.filter(({ id }) => ids.includes(id))) {
        const excluded = exclude.reduce((sum, kind) => sum + row.kinds[kind], 0);
        void changeDataset(row.id, { exclude, excluded });
      }
      return done();
    },
    removeDataset: (id) => {
      set(({ datasets }) => ({ datasets: datasets.filter((row) => row.id !== id) }));
      return done();
    },
    clearSkipped: () => set({ drops: [] }),
    startRun: done,
    loadModel: done,
    repeatRun: done,
    pauseRun: done,
    proceedRun: done,
    stopRun: (evaluate) => {
      set(({ live }) => ({ live: live && { ...live, stopping: evaluate ? 'evaluate' : 'model' } }));
      return done();
    },
    evaluateRun: done,
    lookAtTest: done,
    findRate: done,
    closeFinding: () => set({ finding: null }),
    evaluateAltered: async (id, split) =>
      state.getState().runs.find((run) => run.id === id)?.evaluation?.[split] ?? null,
    renameRun: done,
    noteRun: (id, note) => patchRun(id, { note }),
    tagRun: (id, tags) => patchRun(id, { tags: [...tags] }),
    queueRuns: done,
    moveQueued: async (id, by) => {
      const { runs } = state.getState();
      const moved = runs.find((run) => run.id === id);
      const other = runs.find(({ queue }) => queue?.place === (moved?.queue?.place ?? 0) + by);
      if (!moved?.queue || !other?.queue) return;
      await patchRun(id, { queue: other.queue });
      await patchRun(other.id, { queue: moved.queue });
    },
    unqueueRun: (id) => {
      set(({ runs }) => ({ runs: runs.filter((run) => run.id !== id) }));
      return done();
    },
    goOnQueue: () => set({ queueGoes: true }),
    pauseQueue: () => set({ queueGoes: false }),
    changesSince: async (id) =>
      id === 'changed'
        ? ['“mednist” was moved from train to test.', '“sts_sarcoma” (train, 1,577 slices) was removed.']
        : [],
    correctVerdicts: (keys, to) =>
      set(({ classify }) => ({
        classify: {
          ...classify,
          series: classify.series.map((one) =>
            keys.includes(one.key)
              ? { ...one, correction: to === undefined ? undefined : { class: to } }
              : one,
          ),
        },
      })),
    undoVerdict: () => null,
    redoVerdict: () => null,
    takeCorrected: done,
    trainAgain: done,
    predicted: async () =>
      Array.from({ length: 5 }, (_, i) => ({
        shard: 1,
        row: 40 - i,
        predicted: 'MR',
        confidence: 0.9 - i / 10,
      })),
    correctSlices: async () => 1,
    undoCorrection: async () => true,
    redoCorrection: async () => true,
    compareWithParent: async () => FAKE_PAIRED,
    compareRuns: async () => FAKE_PAIRED,
    reliability: async () => FAKE_RELIABILITY,
    breakdown: async (id, split, _, facet) => fakeBreakdown(state.getState(), id, split, facet),
    labelChanges: async (id) => (id === 'changed' ? FAKE_CHANGES : null),
    resumeRun: done,
    deleteRun: (id) => {
      set(({ runs }) => ({ runs: runs.filter((run) => run.id !== id) }));
      return done();
    },
    slices: (query) => Promise.resolve(slices(state.getState(), query)),
    stack: (target) => fakeStack(target),
    seriesHeading: async ({ row }) =>
      Math.floor(row / 24) % 2 === 0 ? { number: 1 + Math.floor(row / 24), description: 'Thorax 5.0' } : null,
    header: async (target) => fakeHeader(target),
    explain: (run, slice) => fakeExplained(run, slice),
    occlude: (run, slice, options) => fakeOccluded(run, slice, options),
    lookInside: (run, slice) => fakeInside(run, slice),
    inspect: (target) => Promise.resolve(fakeInspection(state.getState(), target)),
    classifyFiles: done,
    classifyAgain: done,
    readOtherModels: async () => undefined,
    renew: done,
    setVerdictRule: (change) => set(({ verdictRule }) => ({ verdictRule: { ...verdictRule, ...change } })),
    clearClassify: () => set({ classify: NO_CLASSIFICATION }),
    download: done,
    ...fakeAudit(set),
  };

  return { state, actions: recorded(actions, calls), calls };
}

/** Every call is remembered, name first. */
function recorded(actions: Actions, calls: unknown[][]): Actions {
  return Object.fromEntries(
    Object.entries(actions).map(([name, act]) => [
      name,
      (...args: unknown[]) => {
        calls.push([name, ...args]);
        return (act as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as Actions;
}

function slices(state: State, query: SliceQuery): { cards: SliceCard[]; total: number } {
  const row = state.datasets.find(({ id, name }) => [id, name].includes(query.dataset ?? ''));
  const total = query.kind === 'dataset' ? (row?.kinds[query.only ?? 'all'] ?? 0) : 37;
  const limit = Math.max(0, Math.min(query.limit, total - query.offset));
  const cards = Array.from({ length: limit }, (_, i): SliceCard => {
    const index = query.offset + i;
    const own = MODALITIES.filter((modality) => (row ? row.counts[modality] > 0 : true));
    const held = own.length > 0 ? own : MODALITIES;
    const asked = query.kind === 'predictions' ? ((query.truth ?? 'CT') as Modality) : null;
    const truth = asked ?? held[index % held.length];
    return {
      key: String(index),
      shard: 0,
      row: index,
      label: truth,
      source: 'tag',
      modality: null,
      imageType: 'original',
      series: 1 + Math.floor(index / 24),
      number: index + 1,
      excluded: false,
      dataset: row?.name ?? state.datasets[index % state.datasets.length].name,
      // Of a dataset with damaged slices every fourth is.
      pixels: row?.damaged && index % 4 === 1 ? null : phantom(truth, index, 224),
      predicted: query.kind === 'predictions' ? (query.predicted ?? truth) : null,
      confidence: query.kind === 'predictions' ? Math.max(0.3, 0.99 - index * 0.013) : null,
    };
  });
  return { cards, total };
}
