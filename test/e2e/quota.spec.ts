/** A browser that has no room left: a training that can't save itself says so, and goes on once there is room. */
import { expect, test } from '@playwright/test';
import { addFolder, configure, open, waitForRun } from '../../scripts/driver.js';
import { SMALL_PRACTICE } from '../builders/practice.ts';

const MB = 2 ** 20;

test('a training that has no room for its next checkpoint keeps the last, says what to free, and resumes when there is room', async ({
  page,
  baseURL,
}) => {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(baseURL!).origin;
  const allow = (quotaSize: number) => session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  await allow(2000 * MB);
  await open(page, baseURL!);
  await addFolder(page, SMALL_PRACTICE);
  await configure(page, { size: '64', epochs: '2', seed: '1' });
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('run-figures')).toContainText(/Images\/s\d/, { timeout: 60_000 });
  // A pause saves the state.
  await page.getByTestId('train-pause').click();
  const status = page.getByTestId('run-status');
  await expect(status).toHaveAttribute('data-status', 'paused', { timeout: 60_000 });

  // Less than is stored: not even the run's record of what ended it finds room.
  await allow(MB);
  // Chromium asks for the room that is left again after half a minute.
  await page.waitForTimeout(32_000);
  await page.getByTestId('train-proceed').click();
  await expect(status).toHaveAttribute('data-status', 'interrupted', { timeout: 120_000 });
  const interrupted = page.getByTestId('run-interrupted');
  await expect(interrupted).toContainText('no room left');
  await expect(interrupted).toContainText(/Saved at epoch \d+, step \d+/);
  await expect(interrupted).toContainText('Delete runs or datasets');

  // A reload knows only that it was interrupted, and the project opens all the same.
  await page.reload();
  await expect(page.getByTestId('notice').filter({ hasText: 'no room left' })).toBeVisible();
  await expect(interrupted).toContainText(/Saved at epoch \d+, step \d+/);
  await allow(2000 * MB);
  await page.getByTestId('train-resume').click();
  expect(await waitForRun(page)).toBe('finished');
});
