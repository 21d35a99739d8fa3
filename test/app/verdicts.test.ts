/** Verdicts that the user corrects, and corrected series that are taken into the project. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createDrop } from '../../src/app/originals.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { createVerdictCommands, takeable } from '../../src/app/verdicts.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { seriesKey } from '../../src/core/series.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeFacts, makeShard } from '../builders/storage.ts';
import { FULL, verdicts } from '../fakes/state.ts';

/** Series of datasets a and b, as `makeShard` stores them. */
const KEYS = ['a', 'b', 'c'].map((id) => seriesKey(makeFacts(`series ${id}`, '')));

let store: Store;
let state: State;
let notices: Omit<Notice, 'id'>[];
let read: string[];
let refreshed: number;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  notices = [];
  read = [];
  refreshed = 0;
  const series = verdicts(3).map((one, i) => ({
    ...one,
    key: KEYS[i],
    slices: one.slices.slice(0, 1).map((slice) => ({ ...slice, path: `Doe^Jane/CT/${i}.dcm` })),
  }));
  state = {
    ...FULL,
    project: { ...FULL.project, id: 'p' },
    job: null,
    classify: { ...FULL.classify, series },
  };
  return () => store.close();
});

/** @param stored the series that reading the files stores */
function commands(stored: readonly string[] = ['a', 'b'], whole = true) {
  const files = createDrop('classify');
  files.add([0, 1, 2].map((i) => ({ path: `Doe^Jane/CT/${i}.dcm`, file: new Blob([String(i)]) })));
  const context = {
    get: () => state,
    set: (patch: (now: State) => Partial<State>) => {
      state = { ...state, ...patch(state) };
    },
    store,
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
  } as unknown as Context;
  return createVerdictCommands(context, {
    files: () => files,
    refresh: async () => void refreshed++,
    addBatches: async (make) => {
      for await (const { items, unreadable } of make(new AbortController().signal)) {
        read.push(...items.map(({ path }) => path), ...unreadable.map((path) => `lost ${path}`));
      }
      if (stored.length > 0) {
        await store.commitShard(
          makeShard('p', [...stored]),
          stored.map((id) => makeDataset(id, 'p')),
        );
      }
      return whole;
    },
  });
}

const corrections = () => state.classify.series.map(({ correction }) => correction?.class);
const labels = async () => {
  const [index] = await store.shardIndexes('p');
  return [...index.label].map((label) => DEFAULT_SET.classes[label]?.id ?? null);
};

describe('a verdict', () => {
  test('is corrected, taken back and corrected again, in the order of the presses', () => {
    const { correctVerdicts, undoVerdict, redoVerdict } = commands();
    expect([undoVerdict(), redoVerdict()]).toEqual([null, null]);
    correctVerdicts([KEYS[0]], 'MR');
    correctVerdicts([KEYS[1]], null);
    correctVerdicts([KEYS[0]], 'XR');
    expect(corrections()).toEqual(['XR', null, undefined]);
    expect([undoVerdict(), undoVerdict()]).toEqual([[KEYS[0]], [KEYS[1]]]);
    expect(corrections()).toEqual(['MR', undefined, undefined]);
    expect(redoVerdict()).toEqual([KEYS[1]]);
    expect(corrections()).toEqual(['MR', null, undefined]);
    correctVerdicts(['not there'], 'CT');
    expect(undoVerdict()).toEqual([KEYS[1]]);
  });

  test('of several series is given in one act, and taken back in one', () => {
    const { correctVerdicts, undoVerdict } = commands();
    correctVerdicts([KEYS[2]], 'XR');
    correctVerdicts(KEYS, 'MR');
    expect(corrections()).toEqual(['MR', 'MR', 'MR']);
    expect(undoVerdict()).toEqual(KEYS);
    expect(corrections()).toEqual([undefined, undefined, 'XR']);
  });

  test('that was corrected long ago is as the model said once more, and that is undone, too', () => {
    const { correctVerdicts, undoVerdict } = commands();
    correctVerdicts([KEYS[0]], 'MR');
    correctVerdicts([KEYS[1]], 'CT');
    correctVerdicts([KEYS[0], KEYS[2]], undefined);
    expect(state.classify.series.map(({ correction }) => correction)).toEqual([
      undefined,
      { class: 'CT' },
      undefined,
    ]);
    expect(undoVerdict()).toEqual([KEYS[0]]);
    expect(corrections()).toEqual(['MR', 'CT', undefined]);
  });

  test('of a label set without the class is left as it is', () => {
    const [first, ...others] = state.classify.series;
    const { classes } = first.labelSet;
    const labelSet = { ...first.labelSet, classes: classes.filter(({ id }) => id !== 'MR') };
    state = { ...state, classify: { ...state.classify, series: [{ ...first, labelSet }, ...others] } };
    commands().correctVerdicts(KEYS, 'MR');
    expect(corrections()).toEqual([undefined, 'MR', 'MR']);
  });

  test('of a series that was cleared since is passed over', () => {
    const { correctVerdicts, undoVerdict } = commands();
    correctVerdicts([KEYS[0]], 'MR');
    correctVerdicts([KEYS[1]], 'MR');
    state = { ...state, classify: { ...state.classify, series: state.classify.series.slice(0, 1) } };
    expect(undoVerdict()).toEqual([KEYS[0]]);
  });
});

describe('corrected series', () => {
  test('are read under neutral names and labelled by the user in one act', async () => {
    const { correctVerdicts, takeCorrected, undoVerdict } = commands();
    correctVerdicts([KEYS[0]], 'MR');
    correctVerdicts([KEYS[1]], null);
    await takeCorrected();
    expect(read).toEqual(['Taken from Classify/1/0.dcm', 'Taken from Classify/1/1.dcm']);
    expect(await labels()).toEqual(['MR', null]);
    const events = await store.labelEvents('p');
    expect(new Set(events.map((event) => event.act)).size).toBe(1);
    expect(events.map((event) => event.kind === 'edit' && event.change)).toEqual([
      { kind: 'label', set: DEFAULT_SET.id, class: 'MR', source: 'user' },
      { kind: 'label', set: DEFAULT_SET.id, class: null, source: 'user' },
    ]);
    expect(refreshed).toBe(1);
    expect(notices).toMatchObject([{ tone: 'success', title: '2 series are labelled in the project.' }]);
    expect(undoVerdict()).toBeNull();
  });

  test('that were taken in are not offered again, until they are corrected once more', async () => {
    const { correctVerdicts, takeCorrected } = commands();
    correctVerdicts(KEYS.slice(0, 2), 'MR');
    await takeCorrected();
    expect(takeable(state)).toEqual([]);
    expect(corrections()).toEqual(['MR', 'MR', undefined]);
    correctVerdicts([KEYS[0]], 'XR');
    expect(takeable(state).map(({ key }) => key)).toEqual([KEYS[0]]);
  });

  test('that are stored already get the label alone', async () => {
    await store.commitShard(makeShard('p', ['a', 'b']), [makeDataset('a', 'p'), makeDataset('b', 'p')]);
    const { correctVerdicts, takeCorrected } = commands([]);
    correctVerdicts([KEYS[0]], 'XR');
    await takeCorrected();
    expect(await labels()).toEqual(['XR', 'CT']);
  });

  test('whose files are gone are told of; what was read before a stop is labelled', async () => {
    const { correctVerdicts, takeCorrected } = commands(['a'], false);
    state.classify.series[2].slices[0].path = 'Doe^Jane/gone.dcm';
    correctVerdicts([KEYS[0]], 'MR');
    correctVerdicts([KEYS[2]], 'MR');
    await takeCorrected();
    expect(read).toEqual(['Taken from Classify/1/0.dcm', 'lost Taken from Classify/2/gone.dcm']);
    expect(await labels()).toEqual(['MR']);
    expect(notices).toMatchObject([
      {
        title: '1 series is labelled in the project.',
        detail: expect.stringContaining('1 series is not stored'),
      },
    ]);
  });

  test('are not taken where the project lacks their label set, or other files are read', async () => {
    const { correctVerdicts, takeCorrected } = commands();
    await takeCorrected();
    correctVerdicts([KEYS[0]], 'MR');
    state = { ...state, labelSets: [] };
    await takeCorrected();
    expect(read).toEqual([]);
    expect(notices).toEqual([]);
  });

  test('whose labels could not be stored say so', async () => {
    const { correctVerdicts, takeCorrected } = commands();
    correctVerdicts([KEYS[0]], 'MR');
    store.editLabels = () => Promise.reject(new Error('no'));
    await takeCorrected();
    expect(notices).toMatchObject([{ title: 'The labels were not stored.' }]);
  });
});
