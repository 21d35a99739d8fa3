/** A queue of runs in the built app: reloaded, closed, and handed to another tab. */
import { expect, type Page, test } from '@playwright/test';
import { addFolder, configure, go, open } from '../../scripts/driver.js';
import { SMALL_PRACTICE } from '../builders/practice.ts';
import { type QueuedRow, queuedRows } from '../harness/storedRuns.ts';

const MINUTES = 60_000;

/** The form's settings with so many seeds, which wait. */
async function queue(page: Page, seeds: string, name: string): Promise<void> {
  await page.getByTestId('train-queue').click();
  await page.getByTestId('queue-seeds').fill(seeds);
  await page.getByTestId('queue-name').fill(name);
  await page.getByTestId('queue-add').click();
  await expect(page.getByTestId('queue-panel')).toBeVisible();
}

async function ready(page: Page, url: string, epochs: string): Promise<void> {
  await open(page, url);
  await addFolder(page, SMALL_PRACTICE);
  await configure(page, { network: 'resnet10_half', size: '64', epochs, seed: '1' });
}

/** The run in progress trains, and so much of it is saved that it need not begin anew. */
async function trains(page: Page, title: RegExp): Promise<void> {
  await expect
    .poll(
      async () =>
        (await queuedRows(page)).some(
          (run) => title.test(run.title ?? '') && run.status === 'running' && run.saved,
        ),
      { timeout: 4 * MINUTES },
    )
    .toBe(true);
}

const ended = (page: Page) => page.getByTestId('notice').filter({ hasText: 'The queue has ended.' });
const of = (rows: readonly QueuedRow[], name: string) =>
  rows
    .filter(({ title }) => title?.startsWith(name))
    .map(({ id: _, title, ...rest }) => ({ ...rest, title: title!.slice(name.length) }));

test('reloaded in one run and closed in the next, a queue ends with the weights of one that was left alone', async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(20 * MINUTES);
  await ready(page, baseURL!, '3');
  await queue(page, '1, 2', 'Whole');
  await page.getByTestId('queue-go').click();
  await expect(ended(page)).toContainText('2 runs trained.', { timeout: 8 * MINUTES });

  await go(page, 'train');
  await page.getByTestId('new-run').click();
  await configure(page, { network: 'resnet10_half', size: '64', epochs: '3', seed: '1' });
  await queue(page, '1, 2', 'Broken');
  await page.getByTestId('queue-go').click();
  page.on('dialog', (dialog) => void dialog.accept());
  await trains(page, /^Broken.*seed 1$/);
  await page.reload();
  await expect(page.getByTestId('notice').filter({ hasText: 'The queue of runs goes on.' })).toBeVisible();
  await trains(page, /^Broken.*seed 2$/);
  await page.close();

  const reopened = await context.newPage();
  await open(reopened, baseURL!, 'train');
  await expect(ended(reopened)).toContainText('1 run trained.', { timeout: 8 * MINUTES });
  const rows = await queuedRows(reopened);
  expect(of(rows, 'Broken').map(({ status }) => status)).toEqual(['finished', 'finished']);
  expect(of(rows, 'Broken')).toEqual(of(rows, 'Whole'));
  expect(new Set(rows.map(({ weights }) => weights)).size).toBe(2);
});

test('a second tab that takes over is told of the queue, which waits there and goes on when asked', async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(10 * MINUTES);
  await ready(page, baseURL!, '30');
  await queue(page, '1, 2', 'Handed');
  await page.getByTestId('queue-go').click();
  await expect(page.getByTestId('run-status')).toHaveAttribute('data-status', 'running', {
    timeout: 2 * MINUTES,
  });
  const second = await context.newPage();
  await open(second, baseURL!, 'train');
  await expect(second.getByTestId('queue-words')).toContainText('another tab trains');
  await second.getByTestId('take-over').click();
  await expect(second.getByTestId('question')).toContainText('Its queue of 2 runs is paused.');
  await second.getByTestId('question-yes').click();
  await expect(second.getByTestId('read-only')).toHaveCount(0, { timeout: 2 * MINUTES });
  await expect(second.getByTestId('queue-words')).toContainText('paused');
  await expect(page.getByTestId('queue-words')).toContainText('this tab only shows it');
  expect((await queuedRows(second)).map(({ title }) => title)).toEqual([
    expect.stringMatching(/seed 1$/),
    expect.stringMatching(/seed 2$/),
  ]);
  await second.getByTestId('queue-go').click();
  await expect(second.getByTestId('run-status')).toHaveAttribute('data-status', 'running', {
    timeout: 2 * MINUTES,
  });
  await expect(page.getByTestId('queue-words')).toContainText('another tab trains', { timeout: MINUTES });
});
