/** Splits on the Data page: a proposal is seen before it is taken. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RunConfig } from '../../src/core/train/run.ts';
import { FULL, STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

async function seriousFaults() {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

const dialog = () => page.getByTestId('propose-dialog');

test('a proposal says what it would change and why, and changes nothing before it is taken', async () => {
  const { calls } = show({ ...STATES['data/propose'](), view: {} });
  await expect
    .element(page.getByTestId('propose-splits'))
    .toHaveAttribute('title', 'See what a proposal would change, and why');
  await page.getByTestId('propose-splits').click();
  await expect
    .element(dialog())
    .toHaveTextContent('Whole datasets go to train, validate and test, about 70 to 15 to 15.');
  await expect
    .element(dialog())
    .toHaveTextContent(
      'First each class gets a dataset in every split, then two body locations in every split, then these shares. Among equal splits the seed chooses.',
    );
  await expect
    .element(page.getByTestId('propose-figures'))
    .toHaveTextContent(/of 14 datasets would change sides\./);
  await expect.element(dialog()).toHaveTextContent('What no split gives here');
  await expect
    .element(dialog())
    .toHaveTextContent('One of three datasets of PT, of which each split gets one.');
  expect(await seriousFaults()).toEqual([]);
  expect(calls.filter(([name]) => name === 'proposeSplits')).toEqual([]);
  await page.getByTestId('propose-another').click();
  await expect.element(page.getByTestId('propose-seed')).toHaveValue(2);
  await page.getByTestId('propose-take').click();
  expect(calls.filter(([name]) => name === 'proposeSplits')).toEqual([
    ['proposeSplits', { seed: 2, all: false }],
  ]);
  await expect.element(dialog()).not.toBeInTheDocument();
});

test('splits that somebody decided stay, unless they are to move, too', async () => {
  show(STATES['data/propose-none']());
  await expect
    .element(page.getByTestId('propose-figures'))
    .toHaveTextContent('This proposal changes nothing.');
  await expect.element(dialog()).toHaveTextContent('14 datasets set by you or by a datasets.json stay.');
  await expect.element(page.getByTestId('propose-take')).toBeDisabled();
  await page.getByText('Also move the 14 set by you or by a datasets.json').click();
  await expect.element(page.getByTestId('propose-figures')).toHaveTextContent(/would change sides/);
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog()).not.toBeInTheDocument();
});

test('a line says what to know about the splits, and opens the counts by location', async () => {
  show(FULL);
  await expect.element(page.getByTestId('split-note')).toHaveTextContent(/remarks on the splits/);
  await expect
    .element(page.getByTestId('split-note'))
    .toHaveAttribute('title', 'Slices by class, body location and split');
  await page.getByTestId('split-note').click();
  const heat = page.getByTestId('split-heat');
  await expect
    .element(page.getByTestId('split-warnings'))
    .toHaveTextContent('All PT in validate is of “pt_nema_phantom”');
  await expect
    .element(heat)
    .toHaveTextContent('Slices, and in brackets datasets, by class, body location and split');
  await expect
    .element(heat)
    .toHaveTextContent(
      'A dataset whose text names several locations counts in each of them: “head, chest (CT); breast (MR)” names two for CT and one for MR. Without a text, the body parts of the DICOM headers count.',
    );
  expect(page.getByTestId('heat-class').all()).toHaveLength(4);
  expect(page.getByTestId('heat-location').all().length).toBeGreaterThan(4);
  expect(await seriousFaults()).toEqual([]);
  await page.getByTestId('heat-places').click();
  expect(page.getByTestId('heat-location').all()).toHaveLength(0);
});

test('what is said of a dataset is edited beside it, and an address is no link', async () => {
  const { calls } = show({ ...FULL, view: { dataset: 'id-ct_lidc_chest' } });
  const facts = page.getByTestId('dataset-facts');
  await facts.getByText('Has source, licence').click();
  await expect.element(page.getByLabelText('Licence of ct_lidc_chest')).toHaveValue('CC BY 3.0');
  await page.getByLabelText('Note of ct_lidc_chest').fill('thin slices');
  await userEvent.keyboard('{Enter}');
  expect(calls.filter(([name]) => name === 'setFact')).toEqual([
    ['setFact', 'id-ct_lidc_chest', 'note', 'thin slices'],
  ]);
  expect(facts.element().querySelector('a')).toBeNull();
  leave();
  show({ ...FULL, view: { dataset: 'id-mednist' } });
  await page.getByText('Source, licence, citation, note').click();
  for (const [label, hint] of [
    ['Source', 'where it comes from, or its address'],
    ['Citation', 'how its authors ask to be cited'],
    ['Note', 'anything else, but no patient’s name'],
  ])
    await expect.element(page.getByLabelText(`${label} of mednist`)).toHaveAttribute('placeholder', hint);
});

test('the table is exported, and an import is seen before it is taken', async () => {
  const { calls } = show(FULL);
  await page.getByTestId('dataset-menu').click();
  await expect
    .element(page.getByTestId('open-table'))
    .toHaveTextContent('Export, import, and the datasets of the paper');
  await page.getByTestId('open-table').click();
  const dialog = page.getByTestId('table-dialog');
  await expect
    .element(dialog)
    .toHaveTextContent('Names, splits, body locations and what you say of each dataset.');
  await expect
    .element(dialog)
    .toHaveTextContent(
      'CSV or JSON with a column “name”; the names say which dataset a row is of. Empty cells change nothing.',
    );
  await page.getByTestId('table-csv').click();
  expect(calls).toContainEqual(['download', { kind: 'datasets-csv' }]);
  const file = new File(
    ['name,split,licence\nmednist,test,CC0\nct_lidc_chest,train,\nnone,train,\nmr_nih_epi,x,\n'],
    't.csv',
  );
  await userEvent.upload(page.getByTestId('table-import'), file);
  await expect
    .element(page.getByTestId('table-changes'))
    .toHaveTextContent('1 dataset would change, 1 would not, 1 name of the file is not here.');
  await expect.element(page.getByTestId('table-changes')).toHaveTextContent('mednist: to test, licence');
  await expect
    .element(page.getByTestId('table-faults'))
    .toHaveTextContent('The split of row 5 is none of train, validate, test.');
  expect(await seriousFaults()).toEqual([]);
  await page.getByTestId('table-take').click();
  expect(calls.filter(([name]) => name === 'importDatasets')).toHaveLength(1);
});

test('the paper’s datasets that are missing are listed with their addresses', async () => {
  show(STATES['data/table']());
  const appendix = page.getByTestId('appendix');
  await expect
    .element(appendix)
    .toHaveTextContent(
      '1 of 103 datasets of the paper’s appendix are here, found by the names of their folders.',
    );
  await expect.element(appendix).toHaveTextContent('LIDC-IDRI: ct_lidc_chest');
  await appendix.getByText('102 missing, with their addresses').click();
  await expect.element(appendix.getByText('ACRIN-DSC-MR-Brain')).toBeVisible();
  expect(appendix.element().querySelector('a')).toBeNull();
  leave();
  const datasets = FULL.datasets.map((row, i) => (i === 0 ? { ...row, name: 'acrin dsc mr brain' } : row));
  const { calls } = show({ ...STATES['data/table'](), datasets });
  await page.getByText('Give them the paper’s splits').click();
  expect(calls.map(([name]) => name)).toContain('takeAppendix');
});

test('splits without a remark are said to have none', async () => {
  show({
    ...FULL,
    datasets: [
      {
        ...FULL.datasets[0],
        counts: { ...FULL.datasets[0].counts, CT: 0, MR: 0, PT: 0, XR: 0, other: 5 },
        mix: [],
      },
    ],
  });
  await expect.element(page.getByTestId('split-note')).toHaveTextContent('No remark on the splits.');
});

test('a search shows the datasets that have its words, also while one of them is edited', async () => {
  show(FULL);
  await page.getByTestId('datasets-search').fill('chest train');
  await expect.element(page.getByTestId('datasets-found')).toHaveTextContent('3 of 14 datasets');
  await page.getByTestId('dataset-split').first().selectOptions('test');
  expect(page.getByTestId('dataset-row').all()).toHaveLength(3);
  await page.getByTestId('datasets-search').fill('nothing like it');
  await expect.element(page.getByText('No dataset has these words.')).toBeVisible();
});

test('several datasets are chosen with Shift or by key and moved together', async () => {
  const { calls } = show(FULL);
  await expect.element(page.getByText('Choose several with Ctrl or Shift and a click')).toBeVisible();
  await page.getByTestId('choose-dataset').nth(0).click();
  await page
    .getByTestId('choose-dataset')
    .nth(2)
    .click({ modifiers: ['Shift'] });
  await expect.element(page.getByTestId('datasets-chosen')).toHaveTextContent('3 chosen');
  expect(await seriousFaults()).toEqual([]);
  const names = page
    .getByTestId('dataset-row')
    .all()
    .slice(0, 3)
    .map((row) => row.element().getAttribute('aria-label'));
  expect(names.every((name) => name?.endsWith(', chosen'))).toBe(true);
  await page.getByTestId('chosen-split').selectOptions('validate');
  const ids = FULL.datasets.filter(({ name }) => names.includes(`${name}, chosen`)).map(({ id }) => id);
  const [[, moved, split]] = calls.filter(([name]) => name === 'setSplits') as [string, string[], string][];
  expect([[...moved].sort(), split]).toEqual([ids.sort(), 'validate']);
  await page.getByTestId('chosen-clear').click();
  (page.getByTestId('dataset-row').nth(1).element() as HTMLElement).focus();
  await userEvent.keyboard(' {Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  await expect.element(page.getByTestId('datasets-chosen')).toHaveTextContent('3 chosen');
  await userEvent.keyboard('{Control>}a{/Control}');
  await expect.element(page.getByTestId('datasets-chosen')).toHaveTextContent('14 chosen');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByTestId('datasets-chosen')).not.toBeInTheDocument();
});

test('a run may have the splits of a fold: what it tests, and its caution, are said before it begins', async () => {
  const { calls } = show({ ...FULL, page: 'train', detail: 'new' });
  const choice = page.getByTestId('train-protocol');
  await expect.element(page.getByText('As on the Data page')).toBeInTheDocument();
  await expect
    .element(
      page.getByText(
        'One split by whole dataset, as the paper has it: the figures are of these test datasets, and other splits would give others.',
      ),
    )
    .toBeVisible();
  await choice.selectOptions('leave-one-out');
  await expect.element(page.getByText(/^Each test is one source/)).toBeVisible();
  await expect.element(page.getByTestId('fold-datasets')).toHaveTextContent(/^Test: \w+\. Validate: \w+\.$/);
  await page.getByTestId('train-fold').fill('3');
  expect(await seriousFaults()).toEqual([]);
  await page.getByTestId('train-start').click();
  const [[, config]] = calls.filter(([name]) => name === 'startRun') as [string, RunConfig][];
  expect(config.fold).toEqual({ protocol: 'leave-one-out', folds: FULL.datasets.length, fold: 2, seed: 1 });
});
