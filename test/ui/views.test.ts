/** The small decisions behind the pages: what blocks a training, where a drop goes, how tables are ordered. */

import { describe, expect, test } from 'vitest';
import type { RunRow, State } from '../../src/app/state.ts';
import { baselineConfig } from '../../src/core/baselines/meta.ts';
import { assess, DEFAULT_RULE, DOUBTS } from '../../src/core/classify/assess.ts';
import { runChoice, STARTER } from '../../src/core/classify/choice.ts';
import { totalsOf } from '../../src/core/classify/totals.ts';
import type { SplitEvaluation } from '../../src/core/evaluate/evaluation.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import {
  FIRST_VIEW,
  type Filter,
  filterSeries,
  foldersOf,
  searchSeries,
  shownSeries,
} from '../../src/ui/classify/filters.ts';
import {
  chosenJudging,
  chosenModel,
  heldOut,
  judging,
  models,
  ruleWords,
} from '../../src/ui/classify/model.ts';
import { sortDatasets } from '../../src/ui/data/sort.ts';
import * as format from '../../src/ui/format.ts';
import { savedSentence } from '../../src/ui/runs.ts';
import { destination } from '../../src/ui/shell/destination.ts';
import { blockers, hints, splitSlices } from '../../src/ui/train/readiness.ts';
import { makeAuditState } from '../fakes/audit.ts';
import { createFakeLab } from '../fakes/lab.ts';
import { DATASETS, FULL, RUNS, run, STARTER_FACTS, STATES, verdicts } from '../fakes/state.ts';

describe('before a training', () => {
  const situation = {
    labelSet: DEFAULT_SET,
    datasets: DATASETS,
    readOnly: false,
    audit: null,
    active: null,
    shown: null,
  };

  test('nothing stands in the way of a full project', () => {
    expect(blockers(situation)).toEqual([]);
    expect(hints(DATASETS, DEFAULT_SET)).toEqual([]);
  });

  test('what is missing is said, with where to go', () => {
    const [none] = blockers({ ...situation, datasets: [] });
    expect(none.step?.page).toBe('data');
    const testOnly = DATASETS.filter(({ split }) => split === 'test');
    expect(blockers({ ...situation, datasets: testOnly })[0].text).toContain('train split');
    const onlyCt = DATASETS.filter(({ name }) => name === 'ct_lidc_chest');
    expect(blockers({ ...situation, datasets: onlyCt })[0].text).toContain('only CT');
  });

  test('another run in progress blocks, and is shown', () => {
    const active = run('other', { status: 'running' });
    expect(blockers({ ...situation, active })[0].step?.detail).toBe('other');
    expect(blockers({ ...situation, active, shown: active })).toEqual([]);
  });

  test('a look for doubts blocks, and is shown', () => {
    const audit = makeAuditState({ progress: { doing: 'reading', done: 0, total: 9 } });
    const [taken, ...others] = blockers({ ...situation, audit });
    expect(taken.text).toBe(
      'Doubts about labels are being looked for, and both would share the device. Wait until that has ended, or cancel it on the Label page.',
    );
    expect(taken.step?.page).toBe('label');
    expect(others).toEqual([]);
    expect(blockers({ ...situation, audit: makeAuditState() })).toEqual([]);
  });

  test('baselines that are being made block', () => {
    const baselines = { key: 'baseline-tag', done: 0, total: 1 };
    expect(blockers({ ...situation, baselines })).toEqual([
      {
        text: 'Baselines are being made, and both would share the device. Wait until they are made, or cancel it on the Train page.',
        step: null,
      },
    ]);
  });

  test('a modality that only validate and test hold is pointed out', () => {
    const noPt = DATASETS.filter(({ split, counts }) => split !== 'train' || counts.PT === 0);
    expect(hints(noPt, DEFAULT_SET).map(({ text }) => text)).toEqual([
      'There is no PT in train: the model cannot learn it.',
    ]);
  });

  test('an empty validate or test is pointed out', () => {
    const without = (gone: string) =>
      hints(
        DATASETS.filter(({ split }) => split !== gone),
        DEFAULT_SET,
      );
    expect(without('validate').map(({ text }) => text)).toEqual([
      'Nothing is in validate: the curves show training alone.',
    ]);
    expect(without('test').map(({ text, step }) => [text, step?.page])).toEqual([
      ['Nothing is in test: there will be no result on unseen data.', 'data'],
    ]);
  });

  test('slices labelled other are not learned from', () => {
    const [xr] = DATASETS.filter(({ counts }) => counts.other > 0);
    expect(splitSlices([xr]).train).toBe(xr.slices - xr.counts.other);
  });
});

test('an interrupted run says what a resume begins from', () => {
  const words = (saved: RunRow['saved']) => savedSentence(run('x', { status: 'interrupted', saved }));
  expect(words(null)).toMatch(/^Nothing was saved yet/);
  expect(words({ epoch: 4, step: 24, steps: 64 })).toMatch(/^Saved at epoch 4, step 24 of 64/);
  expect(words({ epoch: 8, step: 63, steps: 64 })).toMatch(/^Saved at epoch 8/);
  expect(words({ epoch: 8, step: 64, steps: 64 })).toMatch(/^The trained model is saved/);
});

describe('a drop', () => {
  const files = [new File(['x'], 'x.dcm')];
  function dropOn(state: State): unknown[] | undefined {
    const lab = createFakeLab(state);
    destination(state).take?.(files, lab.actions);
    return lab.calls[0];
  }

  test('is added to the project on every page but Classify', () => {
    for (const page of ['data', 'train', 'results', 'settings'] as const) {
      expect(dropOn({ ...FULL, page })).toEqual(['addFiles', files]);
    }
    expect(destination(FULL).title).toBe('Add to “Practice project”');
  });

  test('is classified with the chosen model on Classify', () => {
    expect(dropOn({ ...FULL, page: 'classify', detail: 'r3' })).toEqual([
      'classifyFiles',
      files,
      runChoice('r3'),
    ]);
  });

  test('without a run is classified with the starter, where the app has one', () => {
    const state: State = { ...FULL, page: 'classify', runs: [], starter: STARTER_FACTS };
    expect(dropOn(state)).toEqual(['classifyFiles', files, STARTER]);
  });

  test('without a model is listed by its headers', () => {
    expect(dropOn({ ...FULL, page: 'classify', runs: [] })).toEqual(['classifyFiles', files, null]);
  });

  test('is refused, with the reason, where it can go nowhere', () => {
    for (const state of [{ ...FULL, readOnly: true }, STATES['data/ingesting'](), STATES['data/loading']()]) {
      expect(destination(state).take).toBeNull();
      expect(destination(state).detail).not.toBe('');
    }
  });
});

describe('tables', () => {
  test('of datasets sort by split, then name', () => {
    const sorted = sortDatasets(DATASETS, { key: 'split', ascending: true });
    expect(sorted.map(({ split }) => split)).toEqual([
      ...Array(5).fill('train'),
      ...Array(4).fill('validate'),
      ...Array(5).fill('test'),
    ]);
    expect(sorted[0].name).toBe('ct_lidc_chest');
  });

  test('of datasets sort by numbers, both ways', () => {
    const slices = (ascending: boolean) =>
      sortDatasets(DATASETS, { key: 'slices', ascending }).map((dataset) => dataset.slices);
    expect(slices(true)).toEqual(slices(false).reverse());
    expect(slices(false)[0]).toBe(2397);
  });

  test('of datasets sort numbered names as numbers', () => {
    const rows = [10, 2, 1].map((n) => ({ ...DATASETS[0], name: `Dataset ${n}` }));
    for (const key of ['name', 'split'] as const)
      expect(sortDatasets(rows, { key, ascending: true }).map(({ name }) => name)).toEqual([
        'Dataset 1',
        'Dataset 2',
        'Dataset 10',
      ]);
  });

  test('of series filter by what people look for, and begin with the most doubtful', () => {
    const series = verdicts(100);
    const filtered = (filter: Filter) => filterSeries(series, filter, DEFAULT_RULE);
    expect(filtered('all')).toHaveLength(100);
    const foreign = filtered('none-of-the-four');
    expect(foreign.map(({ modality }) => modality)).toEqual(Array(foreign.length).fill('US'));
    expect(foreign.length).toBeGreaterThan(0);
    const shown = shownSeries(series, FIRST_VIEW, DEFAULT_RULE);
    const doubts = shown.map((one) => assess(one).doubt ?? 'none');
    expect(doubts).toEqual([...DOUBTS, 'none'].flatMap((doubt) => doubts.filter((one) => one === doubt)));
    expect(doubts[0]).toBe('unknown');
  });

  test('of series are those of one total, or of one folder', () => {
    const series = verdicts(60);
    for (const { id, series: n } of totalsOf(series, DEFAULT_SET))
      expect(shownSeries(series, { ...FIRST_VIEW, group: id }, DEFAULT_RULE)).toHaveLength(n);
    const folders = foldersOf(series);
    expect(folders.length).toBeGreaterThan(1);
    const shown = folders.map((folder) => shownSeries(series, { ...FIRST_VIEW, folder }, DEFAULT_RULE));
    expect(shown.flat()).toHaveLength(60);
    expect(foldersOf(series.slice(0, 1))).toEqual([]);
  });
});

describe('a search among series', () => {
  const [a, b, c] = verdicts(3).map((one, i) => ({
    ...one,
    sourcePath: `disk/PAT${i}/SE${i}`,
    number: i === 2 ? null : 10 + i,
    modality: ['CT', 'US', null][i],
    kind: 'original' as const,
    key: `${'abc'[i].repeat(16)} `,
  }));
  const found = (text: string) => searchSeries([a, b, c], text).map(({ sourcePath }) => sourcePath.at(-1));

  test('finds folders, tags, ids and series numbers, all words at once', () => {
    expect(found('pat1')).toEqual(['1']);
    expect(found('US')).toEqual(['1']);
    expect(found('cccc')).toEqual(['2']);
    expect(found('#10')).toEqual(['0']);
    expect(found('#1')).toEqual([]);
    expect(found('pat us')).toEqual(['1']);
    expect(found(' ')).toEqual(['0', '1', '2']);
  });

  test('finds nothing by the dropped folder, whose name no row shows', () => {
    const dropped = [a, b, c].map((one) => ({
      ...one,
      sourcePath: one.sourcePath.replace('disk', 'MUSTERMANN'),
      slices: one.slices.map((slice) => ({ ...slice, path: `MUSTERMANN/${slice.path}` })),
    }));
    const places = (text: string) =>
      shownSeries(dropped, { ...FIRST_VIEW, text }, DEFAULT_RULE).map(({ sourcePath }) => sourcePath);
    expect(places('us')).toEqual(['MUSTERMANN/PAT1/SE1']);
    expect(places('mustermann')).toEqual([]);
  });

  test('and a filter and an order come together; what has no value is last either way', () => {
    const view = { ...FIRST_VIEW, text: 'disk' };
    const order = (ascending: boolean) =>
      shownSeries([c, b, a], { ...view, sort: { key: 'number', ascending } }, DEFAULT_RULE).map(
        ({ number }) => number,
      );
    expect(order(true)).toEqual([10, 11, null]);
    expect(order(false)).toEqual([11, 10, null]);
    const corrected = [
      { ...a, correction: { class: 'CT' } },
      { ...b, correction: { class: 'PT' } },
    ];
    const alike = shownSeries(corrected, { ...view, group: 'PT' }, DEFAULT_RULE);
    expect(alike.map(({ sourcePath }) => sourcePath)).toEqual([b.sourcePath]);
  });
});

describe('the model that classifies', () => {
  test('is never a baseline, which has no weights', () => {
    const baseline = run('b', { config: baselineConfig('tag') }, 1);
    expect(chosenModel([...RUNS, baseline], 'b', 'b')?.id).toBe('r2');
  });

  test('is the one asked for, else the last used, else the best of those that finished', () => {
    expect(chosenModel(RUNS, 'r3', 'r2')?.id).toBe('r3');
    expect(chosenModel(RUNS, null, 'r2')?.id).toBe('r2');
    // r2 has the best figures of the finished ones; r1 is newer.
    expect(chosenModel(RUNS, null, null)?.id).toBe('r2');
    expect(models(RUNS.map((row) => ({ ...row, evaluation: null }))).map(({ id }) => id)).toEqual([
      'r1',
      'r2',
      'r3',
    ]);
  });

  test('is the starter where no run was trained or where it is asked for, and comes before the runs', () => {
    const state = { ...FULL, starter: STARTER_FACTS };
    expect(judging(state).map(({ title }) => title)).toEqual([
      'Starter',
      ...models(RUNS).map(({ title }) => title),
    ]);
    expect(chosenJudging(state)?.choice).toEqual(runChoice('r2'));
    expect(chosenJudging({ ...state, detail: 'starter' })?.choice).toEqual(STARTER);
    const last = { ...state.classify, model: STARTER };
    expect(chosenJudging({ ...state, classify: last })?.choice).toEqual(STARTER);
    expect(chosenJudging({ ...state, runs: [] })).toMatchObject({ choice: STARTER, heldOut: 0.93 });
    expect(chosenJudging({ ...state, runs: [], starter: null })).toBeNull();
  });

  test('may be of another project, and is then named with it', () => {
    const other = { project: 'p2', name: 'Archive', runs: [run('far')] };
    const state = { ...FULL, otherModels: [other] };
    expect(judging(state).at(-1)).toMatchObject({ choice: runChoice('far'), project: 'Archive' });
    expect(chosenJudging(state)?.choice).toEqual(runChoice('r2'));
    expect(chosenJudging({ ...state, detail: 'far' })?.project).toBe('Archive');
    expect(chosenJudging({ ...state, runs: [] })?.choice).toEqual(runChoice('far'));
  });

  test('is compared on validate and test together, each modality counting the same', () => {
    const of = (confusion: number[][]) => ({ labels: ['CT', 'MR'], confusion }) as SplitEvaluation;
    const evaluation = {
      train: of([
        [9, 0],
        [9, 0],
      ]),
      validate: of([
        [1, 1],
        [0, 0],
      ]),
      test: of([
        [1, 1],
        [1, 3],
      ]),
    };
    // CT: 2 of 4, MR: 3 of 4.
    const both = ['validate', 'test'] as const;
    expect(heldOut({ evaluation }, both)).toBeCloseTo((2 / 4 + 3 / 4) / 2, 12);
    expect(heldOut({ evaluation: { ...evaluation, validate: null } }, both)).toBeCloseTo(
      (1 / 2 + 3 / 4) / 2,
      12,
    );
    expect(heldOut({ evaluation: { ...evaluation, validate: null, test: null } }, both)).toBeNull();
    expect(heldOut({ evaluation: { ...evaluation, validate: null } }, ['validate'])).toBeNull();
  });

  test('is compared on validate alone as soon as one run keeps test closed', () => {
    const open = RUNS.find(({ id }) => id === 'r2')!;
    const closed: RunRow = {
      ...open,
      id: 'closed',
      config: { ...open.config, testOnDemand: true },
      evaluation: { ...open.evaluation!, test: null },
    };
    expect(ruleWords(RUNS)).toContain('on validate and test together');
    expect(judging({ ...FULL, starter: null, runs: RUNS })[0].heldOutOn).toEqual(['validate', 'test']);
    const runs = [...RUNS, closed];
    expect(ruleWords(runs)).toContain('on validate alone is chosen first: test is closed for a run here.');
    const figures = judging({ ...FULL, starter: null, otherModels: [], runs }).map((one) => [
      one.heldOutOn?.join(),
      one.heldOut,
    ]);
    expect(figures).toEqual(models(runs).map((run) => ['validate', heldOut(run, ['validate'])]));
    // What waits or failed judges nothing, and closes nothing.
    const queued: RunRow = { ...closed, status: 'queued', evaluation: null };
    expect(ruleWords([...RUNS, queued])).toContain('on validate and test together');
  });

  test('is never one whose training is not over', () => {
    expect(
      chosenModel([run('x', { status: 'interrupted' }), run('y', { status: 'failed' })], 'x', null),
    ).toBeNull();
  });
});

describe('numbers', () => {
  test('are written as people read them', () => {
    expect(format.count(12340)).toBe('12,340');
    expect(format.plural(1, 'slice')).toBe('1 slice');
    expect(format.plural(2, 'series', 'series')).toBe('2 series');
    expect(format.percent(0.9416)).toBe('94.2\u202f%');
    expect(format.bytes(620_400_000)).toBe('620 MB');
    expect(format.duration(200)).toBe('3 min 20 s');
    expect(format.duration(3900)).toBe('1 h 05 min');
    expect(format.duration(59.7)).toBe('1 min 00 s');
    expect(format.remaining(0.2)).toBe('1 s');
    expect(format.learningRate(3.2e-7)).toBe('3.2e-7');
    expect(format.learningRate(0.05)).toBe('0.05');
  });

  test('along an axis of shares name half steps as they are', () => {
    expect([0.9, 0.925, 1].map(format.tickPercent)).toEqual(['90\u202f%', '92.5\u202f%', '100\u202f%']);
  });

  test('never round an error away', () => {
    expect(format.roughPercent(0.0004)).toBe('<1\u202f%');
    expect(format.roughPercent(0.999)).toBe('>99\u202f%');
    expect(format.roughPercent(1)).toBe('100\u202f%');
    expect(format.percent(0.9997)).toBe('>99.9\u202f%');
    expect(format.percent(1)).toBe('100.0\u202f%');
  });
});
