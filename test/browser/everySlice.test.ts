/** The Classify page’s switch for every slice. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { looksAtEverySlice } from '../../src/app/everySlice.ts';
import { STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  localStorage.clear();
});
afterEach(leave);

test('the switch is off at first, says what happens without it, and is kept', async () => {
  show(STATES['classify/full']());
  const every = page.getByTestId('every-slice');
  await expect.element(every).not.toBeChecked();
  await expect.element(page.getByTitle(/up to nine slices of each series.*next drop/)).toBeVisible();
  await every.click();
  expect(looksAtEverySlice()).toBe(true);
  leave();
  show(STATES['classify/full']());
  await expect.element(page.getByTestId('every-slice')).toBeChecked();
  await page.getByTestId('every-slice').click();
  expect(looksAtEverySlice()).toBe(false);
});
