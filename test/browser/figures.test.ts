/** The intervals of figures on the Results page, and what they take as independent. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

const tables = () => page.getByTestId('figure-tables');

test('every figure has its interval, over all classes and for each, with n, series and patients', async () => {
  show(STATES['results/full']());
  await expect.element(page.getByTestId('headline')).toHaveTextContent('by 212 patients');
  await tables().getByRole('heading').click();
  await expect
    .element(tables())
    .toHaveTextContent('95 % intervals by bootstrap: 2,000 resamples by 212 patients');
  const classes = page.getByTestId('class-table');
  await expect.element(classes.getByRole('columnheader', { name: 'Specificity' })).toBeVisible();
  await expect.element(classes.getByRole('row', { name: 'CT' })).toHaveTextContent('16070');
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('a run of an earlier version says that its intervals take slices as independent', async () => {
  const full = STATES['results/full']();
  const runs = full.runs.map((run) => {
    const test = run.evaluation?.test;
    if (!test) return run;
    const { intervals: _, subjects: __, ...older } = test;
    return { ...run, evaluation: { ...run.evaluation!, test: older } };
  });
  show({ ...full, runs });
  await expect.element(tables()).toHaveTextContent('as if slices were independent');
  await expect.element(page.getByTestId('headline')).not.toHaveTextContent('patients');
});

test('the table is made by any fact, and its rows by series say so', async () => {
  show(STATES['results/full']());
  const table = page.getByTestId('per-dataset-table');
  await expect.element(table.getByRole('columnheader', { name: 'Dataset' })).toBeVisible();
  await page.getByTestId('facet').selectOptions('manufacturer');
  await expect.element(table.getByRole('columnheader', { name: 'Manufacturer' })).toBeVisible();
  await expect.element(table).toHaveTextContent('SIEMENS');
  await expect.element(table).toHaveTextContent('not stated');
  await page.getByTestId('facet').selectOptions('format');
  await expect.element(table).toHaveTextContent('DICOM');
  await page.getByTestId('unit').getByText('Series').click();
  await expect.element(page.getByTestId('unit-says')).toHaveTextContent('as one');
  await expect.element(page.getByTestId('headline')).toHaveTextContent('series');
});

test('where the predictions are gone, that is said', async () => {
  show(STATES['results/full'](), () => ({ breakdown: async () => null }));
  await page.getByTestId('unit').getByText('Series').click();
  await expect.element(page.getByTestId('unit-says')).toHaveTextContent('can’t be made');
});

test('the confusion matrix has shares of the true and of the predicted class', async () => {
  show(STATES['results/full']());
  const cell = page.getByTestId('cell-CT-CT');
  await expect.element(cell).toBeVisible();
  const ofTrue = cell.element().textContent;
  await page.getByTestId('confusion-shares').getByText('% of predicted').click();
  await expect.poll(() => cell.element().textContent).not.toBe(ofTrue);
});

test('beside a run that it is compared with stand the change, its interval and each cell’s difference', async () => {
  show(STATES['results/full']());
  await page.getByTestId('run-compare').first().click();
  const pair = page.getByTestId('run-pair').first();
  await expect.element(pair).toHaveTextContent('−0.2 to +6.1');
  await expect.element(pair).toHaveTextContent('resamples 40 patients');
  await expect.element(page.getByTestId('difference-matrix').first()).toHaveTextContent('+7');
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

/** The full state, its run with two classes of each of 300 datasets. */
function ofManyDatasets() {
  const full = STATES['results/full']();
  const [first, ...others] = full.runs;
  const { test, ...splits } = first.evaluation!;
  const perDataset = Array.from({ length: 600 }, (_, i) => ({
    ...test!.perDataset[i % 6],
    ...{ id: `${i >> 1}`, dataset: `dataset ${i >> 1}`, location: 'head', modality: i % 2 ? 'MR' : 'CT' },
  }));
  const run = { ...first, evaluation: { ...splits, test: { ...test!, perDataset } } };
  return { ...full, runs: [run, ...others], detail: run.id };
}

const rows = () => page.getByTestId('per-dataset-row').elements();

test('of 300 datasets the rows in sight are drawn, each with its place among all, and the last is reached by End', async () => {
  show(ofManyDatasets());
  const table = page.getByTestId('per-dataset-table');
  await expect.element(table).toHaveAttribute('aria-rowcount', '601');
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  expect(rows().length).toBeLessThan(60);
  expect(rows()[0].getAttribute('aria-rowindex')).toBe('2');
  (rows()[0].querySelector('button') as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await expect.poll(() => document.activeElement?.textContent).toBe('dataset 299');
  expect(document.activeElement?.closest('tr')?.getAttribute('aria-rowindex')).toBe('601');
});

test('a long table is searched by the words of a dataset and its class', async () => {
  show(ofManyDatasets());
  await page.getByTestId('scores-search').fill('mr 17');
  // 17, 117, 170 to 179 and 217.
  await expect.element(page.getByText('13 of 600')).toBeVisible();
  await expect.poll(() => rows().length).toBe(13);
  await page.getByTestId('scores-search').fill('ultrasound');
  await expect.element(page.getByText('No row has these words.')).toBeVisible();
});

test('of 300 datasets every row is printed, whatever is searched', async () => {
  show(ofManyDatasets());
  await page.getByTestId('scores-search').fill('mr 17');
  await expect.poll(() => rows().length).toBe(13);
  window.dispatchEvent(new Event('beforeprint'));
  expect(rows().length).toBe(600);
  window.dispatchEvent(new Event('afterprint'));
  expect(rows().length).toBe(13);
});
