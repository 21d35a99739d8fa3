/** Settings and curves of compared runs, on the Results page. */
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

test('compared runs show what differs, and their curves along steps, epochs and minutes', async () => {
  show(STATES['results/full']());
  await userEvent.click(page.getByTestId('run-compare').first());
  await userEvent.click(page.getByTestId('run-compare').last());
  const comparison = page.getByTestId('run-comparison');
  await expect.element(comparison.getByText('What these runs differ in, and their curves')).toBeVisible();
  await expect.element(page.getByTestId('differing-settings')).toHaveTextContent('Network');
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  const drawn = () => comparison.element().querySelector('svg path[d^="M"]')?.getAttribute('d');
  await expect.poll(drawn).toBeTruthy();
  const before = drawn();
  await userEvent.click(page.getByTestId('overlay-scale').getByText('Logarithmic'));
  await expect.poll(drawn).not.toBe(before);
  await userEvent.click(page.getByTestId('overlay-x').getByText('Minutes'));
  await userEvent.click(page.getByTestId('overlay-metric').getByText('Balanced accuracy'));
  await expect.element(comparison.getByRole('figure')).toHaveAccessibleName(/^Balanced accuracy at the end/);
});
