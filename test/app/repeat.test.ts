/** Repeating a recorded run: its datasets are found, its splits taken, and nothing is trained on other data. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createRepeatCommands } from '../../src/app/repeat.ts';
import type { Notice, Question, State } from '../../src/app/state.ts';
import type { TrainActions } from '../../src/app/train.ts';
import type { Caps } from '../../src/core/dataset/caps.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import type { Fold } from '../../src/core/dataset/protocols/protocol.ts';
import { type RunFacts, runManifest } from '../../src/core/export/manifest.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import type { Contents } from '../../src/core/train/contents.ts';
import type { DatasetRecord } from '../../src/storage/port.ts';
import { makeFrozenDataset, makeRunFacts } from '../builders/runFacts.ts';
import { makeDataset } from '../builders/storage.ts';
import { EMPTY } from '../fakes/state.ts';

const FACTS: RunFacts = (() => {
  const facts = makeRunFacts();
  const datasets = [
    makeFrozenDataset('a', 'train'),
    makeFrozenDataset('t', 'test', { exclude: ['localizer'] }),
  ];
  return { ...facts, frozen: { ...facts.frozen!, datasets } };
})();
/** By id: in this project, those of the record. */
const PRINTS: Record<string, string> = { x: '00000000000000aa', y: '00000000000000bb' };

let records: DatasetRecord[];
let prints: Record<string, string>;
let sets: LabelSet[];
let caps: Caps | null;
let answer: boolean;
let asked: Question[];
let notices: Omit<Notice, 'id'>[];
let started: Parameters<TrainActions['startRun']>[];
let state: State;

beforeEach(() => {
  records = [
    { ...makeDataset('x', 'p'), name: 'name of a' },
    { ...makeDataset('y', 'p'), name: 'name of t' },
  ];
  prints = { ...PRINTS };
  sets = [DEFAULT_SET];
  caps = null;
  answer = true;
  asked = [];
  notices = [];
  started = [];
  state = { ...EMPTY, project: { id: 'p', name: 'P', options: DEFAULT_OPTIONS } };
});

async function repeat(content: string | object = runManifest(FACTS)) {
  const context = {
    get: () => ({ ...state, labelSets: sets, caps }),
    set: () => {},
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    ask: async (question: Question) => {
      asked.push(question);
      return answer;
    },
    store: {
      datasets: async () => structuredClone(records),
      putDatasets: async (changed: DatasetRecord[]) => {
        records = records.map((record) => changed.find(({ id }) => id === record.id) ?? record);
      },
      setCaps: async (_: string, now: Caps | null) => {
        caps = now;
      },
      putLabelSet: async (_: string, set: LabelSet) => {
        sets = [...sets.filter(({ id }) => id !== set.id), set];
      },
    },
  } as unknown as Context;
  const of = (split: string) =>
    Object.fromEntries(records.filter((one) => one.split === split).map(({ id }) => [id, prints[id]]));
  const commands = createRepeatCommands(context, {
    startRun: async (...args) => void started.push(args),
    refresh: async () => {},
    contents: async (): Promise<Contents> => ({
      datasets: { train: of('train'), validate: of('validate'), test: of('test') },
      order: { train: '0000000a', validate: '00000000', test: '0000000b' },
    }),
  });
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await commands.repeatRun(new File([text], 'run.json'));
}

describe('a recorded run', () => {
  test('is trained with its settings, on its device, once its splits are taken over', async () => {
    await repeat();
    expect(notices).toEqual([]);
    expect(asked[0].lines[0]).toContain('1 dataset gets the split and the kinds left out');
    expect(records).toMatchObject([
      { id: 'x', split: 'train', exclude: [] },
      { id: 'y', split: 'test', exclude: ['localizer'], settled: true },
    ]);
    const [config, more] = started[0];
    expect(config).toEqual({ ...FACTS.config, device: 'simd' });
    expect(more?.repeats).toMatchObject({
      started: FACTS.started,
      sameOrder: true,
      weights: '0a1b2c3d',
      evaluation: { test: { n: 2, perDataset: [{ id: 'y', modality: 'CT', n: 2, correct: 1 }] } },
    });
    // The names of datasets are the project's, and may be withdrawn from it.
    expect(JSON.stringify(more?.repeats)).not.toContain('name of');
  });

  test('takes over the caps of the record, and none of a record from before there were any', async () => {
    const recorded = { seed: 7, slices: { CT: 500 } };
    await repeat(runManifest({ ...FACTS, frozen: { ...FACTS.frozen!, caps: recorded } }));
    expect(asked[0].lines).toContain('Caps: Each dataset gives at most 500 CT slices, drawn with seed 7.');
    expect(caps).toEqual(recorded);
    await repeat();
    expect(asked[1].lines).toEqual([
      'Caps: Every dataset gives all its slices.',
      'Runs that are stored keep what they were made of.',
    ]);
    expect(caps).toBeNull();
    expect(started).toHaveLength(2);
  });

  test('of other caps that is not trained leaves the caps of the project', async () => {
    caps = { seed: 1, slices: { MR: 9 } };
    prints.x = 'other';
    await repeat(
      runManifest({ ...FACTS, frozen: { ...FACTS.frozen!, caps: { seed: 7, slices: { CT: 5 } } } }),
    );
    expect(started).toEqual([]);
    expect(caps).toEqual({ seed: 1, slices: { MR: 9 } });
  });

  test('of a fold over datasets is repeated by its splits, one over patients by its fold', async () => {
    const fold = { protocol: 'datasets', folds: 5, fold: 2, seed: 1 } as const;
    const withFold = (protocol: Fold['protocol']) =>
      runManifest({ ...FACTS, config: { ...FACTS.config, fold: { ...fold, protocol } } });
    await repeat(withFold('datasets'));
    expect(records.map(({ split }) => split)).toEqual(['train', 'test']);
    expect(started[0][0].fold).toBeUndefined();
    await repeat(withFold('patients'));
    expect(started[1][0].fold).toEqual({ ...fold, protocol: 'patients' });
  });

  test('asks nothing where all is arranged already, and knows a renamed dataset by its pixels', async () => {
    records[1] = { ...records[1], name: 'called otherwise', split: 'test', exclude: ['localizer'] };
    await repeat();
    expect(asked).toEqual([]);
    expect(started).toHaveLength(1);
  });

  test('takes over the split of a renamed dataset, too', async () => {
    records[1] = { ...records[1], name: 'called otherwise', exclude: ['localizer'] };
    await repeat();
    expect(asked).toHaveLength(1);
    expect(records[1].split).toBe('test');
    expect(started).toHaveLength(1);
  });

  test('changes and trains nothing where that is declined', async () => {
    answer = false;
    const before = structuredClone(records);
    await repeat();
    expect([records, started, notices]).toEqual([before, [], []]);
  });

  test.each([
    [
      'other slices',
      () => (prints.x = 'ffffffffffffffff'),
      '“name of a” has other slices, labels or options: train 00000000000000aa in the record, train ffffffffffffffff here.',
    ],
    [
      'a dataset more',
      () => {
        records.push({ ...makeDataset('z', 'p'), name: 'of another drop' });
        prints.z = '1111111111111111';
      },
      '“of another drop” (train 1111111111111111) is not in the record.',
    ],
    [
      'a dataset fewer',
      () => (records = records.slice(0, 1)),
      '“name of t” (test 00000000000000bb) is missing.',
    ],
  ])(
    'with %s here is not trained: the data are named by fingerprint, and splits are as before',
    async (_, change, words) => {
      change();
      const before = structuredClone(records);
      await repeat();
      expect(started).toEqual([]);
      expect(notices[0]).toMatchObject({ tone: 'error', title: 'The run was not repeated.' });
      expect(notices[0].detail).toContain('so nothing was trained');
      expect(notices[0].detail).toContain(words);
      expect(notices[0].next).toContain('exactly the recorded files');
      expect(records).toEqual(before);
    },
  );

  test('names six datasets that differ, and counts the others', async () => {
    const more = Array.from({ length: 9 }, (_, i) => ({ ...makeDataset(`n${i}`, 'p'), name: `new ${i}` }));
    records.push(...more);
    for (const { id } of more) prints[id] = '2222222222222222';
    await repeat();
    expect(notices[0].detail).toContain('And 3 more.');
  });

  test('read with other options says which to set, before anything is asked', async () => {
    state.project.options = { antialias: true, padding: 'include' };
    await repeat();
    expect([asked, started]).toEqual([[], []]);
    expect(notices[0].detail).toContain('other options than this project’s. Nothing was changed.');
    expect(notices[0].next).toContain('turn “Smooth when shrinking” off');
    expect(notices[0].next).toContain('“Leave DICOM’s padding values out of min-max” on');
  });

  test('on another set of labels brings that set, and on other rules of a set asks for them', async () => {
    const own: LabelSet = { ...DEFAULT_SET, id: 'own', name: 'Own' };
    await repeat(runManifest({ ...FACTS, labelSet: own }));
    expect(sets).toContainEqual(own);
    expect(started[0][1]?.labelSet).toEqual(own);
    sets = [{ ...own, name: 'Mine' }];
    await repeat(runManifest({ ...FACTS, labelSet: own }));
    expect(asked.at(-1)?.lines).toContain('The label set “Mine” gets the rules of the record.');
    expect(sets).toEqual([own]);
  });

  test('that is no record is refused with cause and next step, and so is one that is too large', async () => {
    await repeat('{"format":7}');
    expect(notices[0].detail).toContain('“format” is not one of modality-lab-run. Nothing was trained.');
    expect(notices[0].next).toContain('Choose a run manifest or a report');
    await repeat(' '.repeat(64_000_001));
    expect(notices[1].detail).toContain('larger than any record of a run');
    expect(started).toEqual([]);
  });

  test('waits for a training and for doubts', async () => {
    state = { ...state, job: { kind: 'ingest' } as State['job'] };
    await repeat();
    expect(notices[0].detail).toBe('Files are being read.');
    expect(started).toEqual([]);
  });
});
