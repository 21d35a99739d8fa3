/** Baselines on the Train page, and beside the networks on the Results page. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { BASELINE_META } from '../../src/core/baselines/meta.ts';
import { BASELINE_RUNS, FULL, STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

const dialog = () => page.getByTestId('baselines');
const note = () => page.getByTestId('baseline-note');

async function seriousFaults() {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

test('the dialog says of each what it proves, makes them, and cancels', async () => {
  const lab = show({ ...FULL, page: 'train' });
  await page.getByTestId('baselines-open').click();
  for (const { label, description, proves } of Object.values(BASELINE_META)) {
    for (const text of [label, description, proves]) await expect.element(dialog()).toHaveTextContent(text);
  }
  await expect.element(dialog()).toHaveTextContent('What simple means reach on the same splits.');
  await expect
    .element(dialog())
    .toHaveTextContent('They take seconds, need no network, and stand beside the networks in Results.');
  expect(await seriousFaults()).toEqual([]);
  await page.getByTestId('baselines-make').click();
  await expect.element(dialog()).toHaveTextContent('60 %');
  await expect.element(page.getByTestId('train-start')).toBeDisabled();
  await page.getByTestId('baselines-cancel').click();
  expect(lab.state.getState().baselines).toBeNull();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog()).not.toBeInTheDocument();
});

test('the button says how far they are, and why; runs to choose from are networks alone', async () => {
  show(STATES['train/baselines']());
  const button = page.getByTestId('baselines-open');
  await expect.element(button).toHaveTextContent('Baselines 60 %');
  await expect.element(button).toHaveAttribute('title', 'What simple means reach on the same splits');
  await expect.element(page.getByTestId('train-run')).not.toHaveTextContent(BASELINE_META.tag.label);
});

test('what was made shows its accuracy, and opens its results', async () => {
  const lab = show({ ...FULL, page: 'train', runs: [...FULL.runs, ...BASELINE_RUNS] });
  await page.getByTestId('baselines-open').click();
  await dialog().getByRole('button', { name: 'Results of Image size and format alone' }).click();
  expect(lab.state.getState()).toMatchObject({ page: 'results', detail: 'b-header' });
});

test('a network is compared with the best baseline that sees no pixel', async () => {
  show(STATES['results/baselines']());
  await expect
    .element(note())
    .toHaveTextContent(/^Image size and format alone reaches [\d.]+ % on test \(balanced/);
  await expect.element(note()).not.toHaveTextContent('it may have learned the image size');
});

test('a network that is no better than image sizes is warned of', async () => {
  const state = STATES['results/baselines']();
  const runs = state.runs.map((run) =>
    run.id === 'r1' ? { ...run, evaluation: BASELINE_RUNS[1].evaluation } : run,
  );
  show({ ...state, runs });
  await expect
    .element(note())
    .toHaveTextContent('That is as good as this run: it may have learned the image size.');
});

test('a baseline says what it is, and offers nothing that takes weights', async () => {
  show(STATES['results/baseline']());
  await expect.element(note()).toHaveTextContent(BASELINE_META.header.proves);
  await expect.element(page.getByTestId('download-report')).toBeVisible();
  for (const id of ['download-weights', 'download-history', 'run-evaluate', 'altered'])
    await expect.element(page.getByTestId(id)).not.toBeInTheDocument();
  await page.getByTestId('run-compare').first().click();
  await expect.element(page.getByTestId('compare-table')).toHaveTextContent('Baseline');
});
