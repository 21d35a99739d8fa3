/** Caps on the Data page: what they leave is seen before they are set, and that they are set is seen afterwards. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
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

const dialog = () => page.getByTestId('caps-dialog');
const figures = () => page.getByTestId('caps-figures');
const cell = (row: number, column: number) =>
  document.querySelectorAll('[data-testid="caps-class"]')[row].querySelectorAll('td')[column].textContent;
const set = (calls: readonly (readonly unknown[])[]) => calls.filter(([name]) => name === 'setCaps');

test('a cap says what it would leave while it is typed, and changes nothing before it is set', async () => {
  const { calls } = show(FULL);
  await page.getByTestId('dataset-menu').click();
  await expect
    .element(page.getByTestId('open-caps'))
    .toHaveTextContent('The most slices of a class that a dataset gives');
  await page.getByTestId('open-caps').click();
  await expect
    .element(dialog())
    .toHaveTextContent(
      'A cap is the most slices of a class that one dataset gives, in train, validate and test alike, as in the paper. The rest stays stored, but counts nowhere.',
    );
  await expect.element(dialog()).toHaveTextContent('The draw takes equally many slices of each series');
  await expect.element(page.getByTestId('caps-set')).toBeDisabled();
  await page.getByTestId('cap-CT').fill('250');
  expect([cell(0, 1), cell(0, 3)]).toEqual(['527 of 1,523', '368 of 530']);
  await expect
    .element(figures())
    .toHaveTextContent(/^Would be used: [\d,]+ of [\d,]+ slices with a class\.$/);
  await expect.element(dialog()).toHaveTextContent('Over the cap (3)');
  expect(await seriousFaults()).toEqual([]);
  await page.getByTestId('caps-seed').fill('7');
  expect(set(calls)).toEqual([]);
  await page.getByTestId('caps-set').click();
  expect(set(calls)).toEqual([['setCaps', { seed: 7, slices: { CT: 250 } }]]);
  await expect.element(dialog()).not.toBeInTheDocument();
});

test('the paper’s caps are one press', async () => {
  const { calls } = show(STATES['data/caps-new']());
  await page.getByText('As the paper: 50,000 CT, 100,000 MR').click();
  await expect.element(page.getByTestId('cap-CT')).toHaveValue(50_000);
  await expect.element(page.getByTestId('cap-MR')).toHaveValue(100_000);
  await expect.element(page.getByTestId('cap-XR')).toHaveValue(null);
  await page.getByTestId('caps-set').click();
  expect(set(calls)).toEqual([['setCaps', { seed: 1, slices: { CT: 50_000, MR: 100_000 } }]]);
});

test('a number that is no cap is refused in words', async () => {
  show(STATES['data/caps-new']());
  for (const wrong of ['0', '-5', '2.5']) {
    await page.getByTestId('cap-CT').fill(wrong);
    await expect.element(figures()).toHaveTextContent('A cap is a whole number of slices, at least 1.');
    await expect.element(page.getByTestId('cap-CT')).toHaveAttribute('aria-invalid', 'true');
    await expect.element(page.getByTestId('caps-set')).toBeDisabled();
  }
  await page.getByTestId('cap-CT').fill('');
  await expect.element(figures()).toHaveTextContent(/^Set now: /);
});

test('caps that are set are a chip, and each dataset says what is over them', async () => {
  show({ ...STATES['data/capped'](), view: { dataset: 'id-mednist' } });
  const chip = page.getByTestId('caps-chip');
  await expect.element(chip).toHaveTextContent('Caps: 1,506 kept aside');
  await expect
    .element(chip)
    .toHaveAttribute('title', 'Each dataset gives at most 250 CT and 300 MR slices, drawn with seed 1.');
  await expect
    .element(page.getByTestId('dataset-over-cap'))
    .toHaveTextContent('1,247 more slices are over the cap: kept, but not trained on or counted.');
  await expect.element(page.getByText(', 1,247 more over the cap')).toBeInTheDocument();
  expect(await seriousFaults()).toEqual([]);
  await chip.click();
  await expect.element(figures()).toHaveTextContent(/^Set now: /);
});

test('the counts of the splits say what is over a cap', async () => {
  show(STATES['data/caps-heat']());
  await expect
    .element(page.getByTestId('split-heat'))
    .toHaveTextContent('Not counted: 1,506 slices over a cap.');
});

test('caps are removed as they are set', async () => {
  const { calls } = show(STATES['data/caps']());
  await page.getByTestId('caps-none').click();
  await expect.element(page.getByTestId('caps-set')).toHaveTextContent('Remove the caps');
  await page.getByTestId('caps-set').click();
  expect(set(calls)).toEqual([['setCaps', null]]);
});

test('everything is reached by key, and a page that only shows a project sets nothing', async () => {
  show({ ...STATES['data/caps'](), readOnly: true });
  await page.getByTestId('cap-CT').fill('9');
  await expect.element(page.getByTestId('caps-set')).toBeDisabled();
  await expect.element(page.getByTestId('open-caps')).toBeDisabled();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog()).not.toBeInTheDocument();
});
