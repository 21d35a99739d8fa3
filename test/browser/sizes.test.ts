/** The learning curve over data size on the Results page, and the runs that the queue makes for it. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { QueuedRun } from '../../src/app/queue.ts';
import { FULL, STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

async function seriousFaults() {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

test('the curve is drawn with its forecast, by slices or by series', async () => {
  show(STATES['results/sizes']());
  const forecast = page.getByTestId('sizes-forecast');
  await expect.element(forecast).toHaveTextContent(/^With twice the slices \(12,800\): 89\.\d.% ± \d\.\d/);
  await expect
    .poll(() => document.querySelector('[data-chart="sizes"] svg'), { timeout: 20_000 })
    .toBeTruthy();
  expect(await seriousFaults()).toEqual([]);
  await userEvent.click(page.getByTestId('sizes-measure').getByText('Series'));
  await expect.element(forecast).toHaveTextContent('With twice the series (640)');
});

test('too few sizes forecast nothing, and it is said', async () => {
  show(STATES['results/sizes-few']());
  await expect
    .element(page.getByTestId('sizes-forecast'))
    .toHaveTextContent('Nothing is forecast: a law needs four sizes of the data at least.');
});

test('the queue adds a run for every share', async () => {
  const lab = show({ ...FULL, page: 'train', detail: 'new' });
  await userEvent.click(page.getByTestId('train-queue'));
  await userEvent.selectOptions(page.getByTestId('queue-shares'), 'datasets');
  await expect.element(page.getByTestId('queue-dialog')).toHaveTextContent('each seed draws anew');
  await userEvent.click(page.getByTestId('queue-add'));
  await expect.element(page.getByTestId('queue-dialog')).not.toBeInTheDocument();
  const [, queued] = lab.calls.find(([name]) => name === 'queueRuns') as [string, QueuedRun[]];
  expect(queued.map(({ config }) => config.share?.part ?? 1)).toEqual([1 / 8, 1 / 4, 1 / 2, 1]);
});
