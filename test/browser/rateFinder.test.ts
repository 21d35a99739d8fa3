/** The search for a learning rate in the run's form. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { PRESETS } from '../../src/core/train/presets.ts';
import { makeFinding } from '../fakes/finding.ts';
import { FULL, STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

const dialog = () => page.getByTestId('rate-dialog');

async function seriousFaults() {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

test('is started with the settings of the form, whatever the preset', async () => {
  const lab = show({ ...FULL, page: 'train', detail: 'new' });
  await userEvent.click(page.getByTestId('train-advanced').getByText('Advanced', { exact: true }));
  for (const preset of ['quick', 'paper', 'paper-code'] as const) {
    await userEvent.click(page.getByText(PRESETS[preset].label, { exact: true }));
    await userEvent.click(page.getByTestId('rate-find'));
  }
  const asked = lab.calls.filter(([name]) => name === 'findRate').map(([, config]) => config);
  expect(asked).toMatchObject([{ preset: 'quick' }, { preset: 'paper' }, { preset: 'paper-code' }]);
});

test('says what it does and how far it is, and can be cancelled', async () => {
  show(STATES['train/finding']());
  await expect.element(dialog()).toHaveTextContent('Nothing of this is stored.');
  await expect.element(page.getByTestId('rate-progress')).toHaveTextContent('Step 41 of at most 100');
  expect(await seriousFaults()).toEqual([]);
  await userEvent.click(dialog().getByText('Cancel'));
  await expect.element(dialog()).not.toBeInTheDocument();
});

test('a press takes the suggested rate into the form', async () => {
  show(STATES['train/found']());
  const { found } = makeFinding(88, 'ended');
  await expect.element(page.getByTestId('rate-result')).toHaveTextContent('It fell fastest at');
  await expect
    .poll(() => document.querySelector('[data-chart="rates"] svg'), { timeout: 20_000 })
    .toBeTruthy();
  expect(await seriousFaults()).toEqual([]);
  await userEvent.click(page.getByTestId('rate-steepest'));
  await expect.element(dialog()).not.toBeInTheDocument();
  const field = page.getByTestId('train-rate').element() as HTMLInputElement;
  expect(Number(field.value) / found!.steepest).toBeCloseTo(1, 1);
});

test('a loss that falls nowhere suggests nothing, and says what to look at', async () => {
  show(STATES['train/found-none']());
  await expect.element(page.getByTestId('rate-result')).toHaveTextContent('It fell at no rate');
  await expect.element(page.getByTestId('rate-steepest')).not.toBeInTheDocument();
});
