/** What a page says in some states alone: that it is there where it is so, and nowhere else; and what dialogs name. */

import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RunRow, State } from '../../src/app/state.ts';
import { isAtWork } from '../../src/app/working.ts';
import { baselineOf } from '../../src/core/baselines/meta.ts';
import { runIn } from '../../src/core/classify/choice.ts';
import { differingFigures } from '../../src/core/train/repeat.ts';
import { chosenJudging } from '../../src/ui/classify/model.ts';
import { isEvaluated } from '../../src/ui/runs.ts';
import { FULL, STATES as HARNESS, run } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

const EVALUATED = { atMs: 0, epoch: 8, step: 512, weights: '', complete: true, datasets: null };
const results = (patch: Partial<RunRow>): State => ({
  ...FULL,
  page: 'results',
  detail: 'one',
  runs: [run('one', patch)],
});
const mednist = FULL.datasets.find(({ patientsUnknown }) => patientsUnknown)!.id;

/** Those of the harness, and some that differ in one thing. */
const STATES: Record<string, State> = {
  ...Object.fromEntries(Object.entries(HARNESS).map(([name, make]) => [name, make()])),
  'data/patients': { ...FULL, view: { dataset: mednist } },
  'data/yielding': { ...FULL, readOnly: true, yielding: true },
  'data/taking': { ...FULL, readOnly: true, takingOver: true },
  'results/older': results({ evaluated: { ...EVALUATED, epoch: 5 } }),
  'results/later': results({ evaluated: { ...EVALUATED, datasets: [] } }),
  'results/same': results({ evaluated: EVALUATED }),
  'results/interrupted': results({ status: 'interrupted', evaluation: null }),
  'train/bare': {
    ...FULL,
    page: 'train',
    runs: [run('bare', { status: 'failed', history: [], points: [] })],
  },
  'classify/nothing': {
    ...FULL,
    page: 'classify',
    classify: { ...HARNESS['classify/full']().classify, series: [] },
  },
};

const on = (name: State['page'], holds: (state: State) => boolean) => (state: State) =>
  state.known && state.ready && !state.failure && !isLost(state) && state.page === name && holds(state);
const isLost = ({ detail, runs }: State) =>
  detail !== null && detail !== 'new' && !runs.some(({ id }) => id === detail);
const newest = ({ runs }: State) => runs.toSorted((a, b) => b.createdMs - a.createdMs);
const active = ({ status }: RunRow) => status === 'running' || status === 'paused';
const tellsUnknown = (state: State) =>
  chosenJudging(state)?.tellsUnknown || state.classify.series.some(({ judge }) => judge?.unknown);
/** The Train page lists no baselines. */
const networks = (state: State) => newest(state).filter(({ config }) => !baselineOf(config));
const trained = (state: State): RunRow | undefined =>
  state.detail === 'new'
    ? undefined
    : (networks(state).find(({ id }) => id === state.detail) ??
      networks(state).find(active) ??
      networks(state).find(({ status }) => status === 'interrupted') ??
      // One that waits in the queue is shown only if it is asked for.
      networks(state).find(({ status }) => status !== 'queued'));
const judged = (state: State): RunRow | undefined =>
  newest(state).find(({ id }) => id === state.detail) ?? newest(state).find((one) => one.evaluation);
/** Figures of a run that are others than those of the record which it repeats; null: it repeats none. */
const differing = (state: State) => {
  const run = judged(state);
  return run?.repeats ? (differingFigures({ ...run, repeats: run.repeats })?.length ?? null) : null;
};
const lead = (state: State) =>
  state.datasets.find(({ id }) => id === state.view.dataset) ??
  state.datasets
    .filter(({ split }) => split === 'train')
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))[0];
const noJob = (state: State) => state.job?.kind !== 'ingest' && !state.readOnly;

/** Words, and of which states they are true. */
const SAID: [string, (state: State) => boolean][] = [
  ['Here you can only look.', (state) => state.readOnly && !state.takingOver && !state.yielding],
  ['What is under way here is being saved', ({ yielding }) => yielding],
  ['Waiting for the other tab to save and hand the project over', ({ takingOver }) => takingOver],
  ['Training in another tab: epoch', ({ live }) => live?.elsewhere === true],
  ['This page can’t go on', ({ failure }) => failure !== null],
  ['A new version is ready.', (state) => state.offline.newer && !state.failure],
  [
    'It can be loaded when what is under way here has ended.',
    (state) => state.offline.newer && !state.failure && isAtWork(state),
  ],
  ['This page came without headers of the app', ({ offline }) => offline.lacking.length > 0],
  ['The app needs its server', on('settings', ({ offline }) => offline.copy === 'none')],
  ['The app opens and works without its server', on('settings', ({ offline }) => offline.copy === 'kept')],
  ['Drop folders of medical images here', on('data', (state) => !state.datasets[0] && !state.job)],
  [
    'No slice was found in',
    on('data', (state) => !state.datasets[0] && !state.job && state.drops.length > 0),
  ],
  ['everything stored so far stays', on('data', (state) => !state.datasets[0] && state.job !== null)],
  ['Patients can’t be told apart here', on('data', (state) => lead(state)?.patientsUnknown === true)],
  [
    'These names are only on this screen.',
    on('data', (state) => noJob(state) && state.folderNames.length > 0),
  ],
  [
    'An earlier version took them from your folders',
    on('data', (state) => noJob(state) && state.datasets.some(({ nameFrom }) => nameFrom === 'unasked')),
  ],
  ['There is no data yet.', on('train', ({ datasets, readOnly }) => datasets.length === 0 && !readOnly)],
  [
    'Take over to train here.',
    on('train', (state) => state.readOnly && !(trained(state) && active(trained(state)!))),
  ],
  ['it can be paused and stopped there, or taken over', on('train', ({ live }) => live?.elsewhere === true)],
  [
    'The train split holds only',
    on('train', ({ datasets }) => datasets.length === 1 && datasets[0].split === 'train'),
  ],
  ['Loss and accuracy are drawn here', on('train', (state) => !trained(state))],
  ['This model was loaded, not trained here', on('train', (state) => trained(state)?.config.epochs === 0)],
  [
    'The first point comes after a few steps.',
    on('train', (state) => trained(state)?.status === 'running' && !state.live?.points.length),
  ],
  [
    'No step was recorded.',
    on('train', (state) => trained(state)?.history.length === 0 && trained(state)?.status === 'failed'),
  ],
  [
    'Nothing was saved yet: Resume begins it anew.',
    ({ page, ...state }) =>
      (page === 'train' || page === 'results') &&
      trained({ ...state, page })?.status === 'interrupted' &&
      !trained({ ...state, page })?.saved,
  ],
  ['Saved at epoch 4, step 24 of 64. Resume continues from there.', on('train', (s) => !!trained(s)?.saved)],
  [
    'This run was interrupted.',
    on('train', (s) => trained(s)?.status === 'interrupted' && !trained(s)?.error),
  ],
  ['its accuracy on data it has never seen appears here', on('results', ({ runs }) => runs.length === 0)],
  [
    'The results appear here as soon as the training ends',
    on('results', (state) => judged(state)?.evaluation === null && active(judged(state)!)),
  ],
  [
    'Its model is stored, its evaluation was left for later.',
    on('results', (state) => judged(state)?.evaluation === null && judged(state)?.status === 'stopped'),
  ],
  ['The newest stored state is damaged.', on('results', (s) => (judged(s)?.evaluated?.epoch ?? 8) < 8)],
  ['Every figure is that of the record.', on('results', (state) => differing(state) === 0)],
  ['differ from the record.', on('results', (state) => (differing(state) ?? 0) > 0)],
  ['Not every split was evaluated.', on('results', (s) => judged(s)?.evaluated?.complete === false)],
  [
    'Evaluated on other data than it froze at its start.',
    on('results', (state) => !!judged(state)?.evaluated?.datasets),
  ],
  [
    'This run was stored by an earlier version of the app',
    on('results', (state) => judged(state)?.frozen === null),
  ],
  [
    'The data have changed since this run',
    ({ detail, page }) => detail === 'changed' && (page === 'train' || page === 'results'),
  ],
  [
    'There is no model yet, so every series is listed',
    on('classify', ({ runs, starter, classify }) => !runs[0] && !starter && !classify.series[0]),
  ],
  [
    'Nothing is stored: reloading or closing the tab forgets it.',
    on('classify', ({ classify, job }) => !classify.series[0] && !classify.skipped[0] && !job),
  ],
  [
    'still gets one of them',
    on('classify', (state) => (state.runs.length > 0 || !!state.starter) && !tellsUnknown(state)),
  ],
  ['what is strange to it is called unknown', on('classify', tellsUnknown)],
  [
    'No model yet: only what the headers contain.',
    on('classify', ({ runs, starter }) => !runs[0] && !starter),
  ],
  ['No series was found.', on('classify', ({ classify }) => !classify.series[0] && !!classify.skipped[0])],
  ['series appear as they are finished', on('classify', ({ job }) => job?.kind === 'classify')],
  [
    'did not judge say so.',
    on(
      'classify',
      ({ classify, detail, job, runs }) =>
        runs.length > 0 &&
        !job &&
        classify.series.some(({ judge }) => runIn(judge?.model) !== (detail ?? runIn(classify.model))),
    ),
  ],
];

const texts: Record<string, string> = {};

const called = (lab: ReturnType<typeof show>, name: string) => lab.calls.filter(([one]) => one === name);

afterEach(leave);

describe('a sentence of some states', () => {
  beforeAll(async () => {
    await page.viewport(1366, 768);
    for (const [name, state] of Object.entries(STATES)) {
      show(state);
      await vi.waitFor(() =>
        expect(document.querySelector('[data-testid="page"], [data-testid="failure"]')).not.toBeNull(),
      );
      // What has become of a run's data is asked for, and known a moment later.
      await new Promise((resolve) => setTimeout(resolve, 20));
      texts[name] = document.body.textContent!.replace(/\s+/g, ' ');
    }
    // Every state is drawn: on a machine with other work that takes more than the usual limit.
  }, 180_000);

  test.each(SAID)('is there where it is so, and only there: %s', (words, holds) => {
    const where = Object.keys(STATES).filter((name) => texts[name].includes(words));
    expect(where).toEqual(Object.keys(STATES).filter((name) => holds(STATES[name])));
    expect(where).not.toEqual([]);
  });

  test('each page is guided by its own line, Results where there is something to press', () => {
    for (const [name, state] of Object.entries(STATES)) {
      const { page: shown, known, failure, ready, job, datasets, runs, detail } = state;
      const page = ready && !job && shown === 'data' && datasets.length === 0 ? 'start' : shown;
      const said = Object.values(GUIDES).filter((line) => texts[name].includes(line));
      const hasRows = runs.some((one) => isEvaluated(one) && (!detail || one.id === detail));
      const isGuided = known && !failure && (page !== 'results' || hasRows);
      expect(said, name).toEqual(isGuided ? [GUIDES[page]] : []);
    }
  });
});

const GUIDES: Record<State['page'] | 'start', string> = {
  start: 'Nothing is here yet. Next: a folder of yours, or the practice project.',
  data: 'A dataset is in one split as a whole: test is never trained on. Next: Train.',
  label: 'A digit labels and goes on, U takes it back, ? shows all keys. Next: Train, when nothing is left.',
  train: 'Where the two lines part, the network learns by heart. Next: Results, when it ends.',
  results: 'The worst rows say most: press one to see its images. Next: Classify, with files of your own.',
  classify: 'A model knows its own classes alone: look at what differs or is unsure.',
  lessons: 'Pictures of simulated patients: no real data are needed. Next: the first that you have not done.',
  settings: 'Everything here is kept in this browser alone.',
};

test('says before a start what the estimate comes from', async () => {
  const [last] = FULL.runs;
  const before = async (runs: RunRow[]) => {
    show({ ...FULL, page: 'train', detail: 'new', runs });
    await expect.element(page.getByTestId('train-estimate')).toBeVisible();
    return page.getByTestId('train-estimate').element().textContent;
  };
  expect(await before([])).toContain('(a rough guess: no run was measured here yet)');
  expect(await before([last])).toContain('(measured in an earlier run)');
  const large = { ...last, config: { ...last.config, inputSize: 224 as const } };
  expect(await before([large])).toContain('(reckoned from an earlier run)');
});

describe('a question', () => {
  test('before everything is deleted names what there is, and a training only where one is under way', async () => {
    const lab = show(STATES['settings/full']);
    await userEvent.click(page.getByTestId('delete-everything'));
    const dialog = page.getByTestId('delete-dialog');
    await expect.element(dialog).toBeVisible();
    const { projects, datasets, runs } = FULL;
    const slices = datasets.reduce((sum, { kinds }) => sum + kinds.all, 0).toLocaleString('en');
    for (const words of [
      ...projects.map(({ name }) => `the project “${name}”`),
      `${datasets.length} datasets with ${slices} slices and their labels`,
      `and ${runs.length} runs with trained weights and results`,
      '620 MB in all, this app’s preferences, and its copy that opens without the server',
    ])
      expect(dialog.element().textContent).toContain(words);
    expect(dialog.element().textContent).not.toContain('training is under way');
    await userEvent.click(page.getByTestId('delete-confirm'));
    expect(called(lab, 'deleteEverything')).toHaveLength(1);

    show({ ...STATES['train/running'], page: 'settings' });
    await userEvent.click(page.getByTestId('delete-everything'));
    await expect.element(dialog).toHaveTextContent('A training is under way: it ends');
  });

  test('before a run is deleted names its epochs, and its results only where it has some', async () => {
    const lab = show(STATES['train/full']);
    await userEvent.click(page.getByTestId('run-delete'));
    const dialog = page.getByRole('dialog');
    await expect.element(dialog).toHaveTextContent('8 epochs and its results are lost.');
    expect(called(lab, 'deleteRun')).toEqual([]);
    await userEvent.click(page.getByTestId('run-delete-confirm'));
    expect(called(lab, 'deleteRun')).toEqual([['deleteRun', 'r1']]);
    show({ ...FULL, page: 'train', runs: [run('bare', { evaluation: null })] });
    await userEvent.click(page.getByTestId('run-delete'));
    await expect.element(dialog).toHaveTextContent('8 epochs are lost.');
  });

  test('before a training stops offers to evaluate or not; what is evaluated stops without one', async () => {
    const stops: [string, boolean][] = [
      ['stop-keep', false],
      ['stop-evaluate', true],
    ];
    for (const [button, evaluate] of stops) {
      const lab = show(STATES['train/running']);
      await userEvent.click(page.getByTestId('train-stop'));
      await expect.element(page.getByTestId('stop-dialog')).toHaveTextContent(/takes about \d+ s; the/);
      expect(called(lab, 'stopRun')).toEqual([]);
      await userEvent.click(page.getByTestId(button));
      expect(called(lab, 'stopRun')).toEqual([['stopRun', evaluate]]);
    }
    const lab = show(STATES['train/evaluating']);
    await userEvent.click(page.getByTestId('train-stop'));
    expect(called(lab, 'stopRun')).toEqual([['stopRun', false]]);
  });

  test('what is evaluated is named: every split, or train and validate where test is closed', async () => {
    const closed = (state: State): State => ({
      ...state,
      runs: state.runs.map((run) => ({ ...run, config: { ...run.config, testOnDemand: true } })),
    });
    for (const [close, splits] of [
      [(state: State) => state, 'every split'],
      [closed, 'train and validate'],
    ] as const) {
      show(close(STATES['train/running']));
      await userEvent.click(page.getByTestId('train-stop'));
      await expect
        .element(page.getByTestId('stop-dialog'))
        .toHaveTextContent(`Evaluating it on ${splits} takes about`);
      show(close(STATES['train/evaluating']));
      await expect.element(page.getByTestId('run-phase')).toHaveTextContent(`Evaluating ${splits}`);
    }
  });
});

describe('what a page says of a failure', () => {
  test('slices that could not be judged altered leave the figures as they were', async () => {
    const head = () => page.getByTestId('headline').element().textContent;
    show({ ...STATES['results/altered'], view: { split: 'validate' } });
    await expect.element(page.getByTestId('headline')).toBeVisible();
    const plain = head();
    show(STATES['results/altered'], () => ({ evaluateAltered: async () => null }));
    await expect
      .element(page.getByTestId('altered-says'))
      .toHaveTextContent('These could not be judged; the figures are those of the slices as they are.');
    expect(head()).toBe(plain);
  });

  test('a zip whose worker stopped, and a picture that can’t be made, say so', async () => {
    show(STATES['data/choosing'], () => ({
      zipPractice: () => Promise.reject(new Error('gone')),
      glimpses: () => ({ make: () => Promise.reject(new Error('gone')), end: () => undefined }),
    }));
    await expect.element(page.getByText('No picture could be made.')).toBeVisible();
    await userEvent.click(page.getByTestId('practice-zip'));
    await expect.element(page.getByText('The zip was not made: a worker stopped.')).toBeVisible();
    await expect.element(page.getByTestId('practice-zip')).toBeEnabled();
  });

  test('a stored slice that is damaged shows its original, and asks no model', async () => {
    show(STATES['data/damaged'], ({ inspect }) => ({
      inspect: async (...args) => ({ ...(await inspect(...args)), damaged: true, slice: null }),
    }));
    await userEvent.click(page.getByTestId('slice').nth(0));
    await expect
      .element(page.getByText('The original is shown; the slice is left out of everything.'))
      .toBeVisible();
    await expect.element(page.getByTestId('stage')).toHaveAccessibleName(/original/);
    await userEvent.click(page.getByTestId('inspect-side').getByText('Why?'));
    await expect
      .element(page.getByText('There is no slice that a model could be asked about.'))
      .toBeVisible();
  });
});

describe('of a classification', () => {
  test('a series that was forgotten opens once its files were dropped again', async () => {
    const { classify } = STATES['classify/full'];
    const lab = show({ ...STATES['classify/ready'], view: { series: classify.series[3].key, slice: '0' } });
    await expect.element(page.getByTestId('unknown-series')).toHaveTextContent('the series then opens');
    lab.state.setState({ classify });
    await expect.element(page.getByTestId('slice-drawer')).toBeVisible();
    await expect.element(page.getByTestId('unknown-series')).not.toBeInTheDocument();
  });

  test('a filter that nothing passes says so, and the model can’t be changed while it judges', async () => {
    show(STATES['classify/full']);
    await userEvent.fill(page.getByTestId('classify-search'), 'no such folder');
    await expect.element(page.getByText('No series matches.')).toBeVisible();
    await expect.element(page.getByTestId('classify-model')).toBeEnabled();
    show(STATES['classify/running']);
    await expect.element(page.getByTestId('classify-model')).toBeDisabled();
  });
});

test('one press makes a report of the shown run, or of all that are compared, the shown one first', async () => {
  const lab = show(STATES['results/full']);
  await userEvent.click(page.getByTestId('download-study'));
  await userEvent.click(page.getByTestId('run-compare').first());
  await expect.element(page.getByTestId('download-study')).toHaveTextContent('Report of 2 runs');
  await userEvent.click(page.getByTestId('download-study'));
  await userEvent.click(page.getByTestId('download-study-json'));
  await userEvent.click(page.getByTestId('download-model-card'));
  expect(called(lab, 'download').map(([, what]) => what)).toEqual([
    { kind: 'study', runs: ['r1'] },
    { kind: 'study', runs: ['r1', 'r2'] },
    { kind: 'study-json', runs: ['r1', 'r2'] },
    { kind: 'model-card', run: 'r1' },
  ]);
});

test('a report names files only where its box is ticked', async () => {
  const lab = show(STATES['results/full']);
  await userEvent.click(page.getByTestId('download-report'));
  await userEvent.click(page.getByTestId('include-file-names'));
  await userEvent.click(page.getByTestId('download-report'));
  expect(called(lab, 'download').map(([, , options]) => options)).toEqual([
    { fileNames: false },
    { fileNames: true },
  ]);
});
