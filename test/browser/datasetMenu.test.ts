/** The menu of the Data page: what is rarely done, each with a line on it; by pointer and by key. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FULL, STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
});

afterEach(leave);

const menu = () => page.getByTestId('dataset-menu');
const panel = () => page.getByTestId('dataset-menu-panel');

test('an act of the menu closes it, and the focus is on its button again', async () => {
  const { calls } = show(FULL);
  await menu().click();
  await expect.element(panel()).toHaveTextContent('Simulated patients, beside these datasets');
  await page.getByTestId('download-datasets').click();
  expect(calls.filter(([name]) => name === 'download')).toEqual([['download', { kind: 'datasets' }]]);
  await expect.element(panel()).not.toBeVisible();
  await expect.element(menu()).toHaveFocus();
});

test('a dialog that was opened from the menu gives the focus back to its button', async () => {
  show(FULL);
  await expect.element(menu()).toBeVisible();
  menu().element().focus();
  await userEvent.keyboard('{Enter}{Tab}{Enter}');
  await expect.element(page.getByTestId('caps-dialog')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(menu()).toHaveFocus();
});

test('in a project that only one tab may change, another tab has the table and the manifest', async () => {
  show(STATES['data/readonly']());
  await menu().click();
  for (const id of ['open-caps', 'choose-practice'])
    await expect.element(page.getByTestId(id)).toBeDisabled();
  for (const id of ['open-table', 'download-datasets'])
    await expect.element(page.getByTestId(id)).toBeEnabled();
});

test('the header is one line in a window of 1366 pixels, with what the last drop left', async () => {
  show(STATES['data/full']());
  await expect.element(page.getByTestId('skipped-why')).toBeVisible();
  const middle = (element: Element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return Math.round((top + bottom) / 2);
  };
  const heading = middle(page.getByRole('heading', { name: 'Data', level: 1 }).element());
  expect(Math.abs(middle(menu().element()) - heading)).toBeLessThan(8);
});
