/** Splits on the Data page: a proposal is seen before it is taken. */
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
  await expect.element(dialog()).toHaveTextContent('It is the only dataset of PT');
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
