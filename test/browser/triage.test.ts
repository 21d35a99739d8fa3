/** The list of a dropped disk: what is doubtful, what it costs to be careful, and what counts as what. */
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { JudgedSeries } from '../../src/core/classify/judge.ts';
import { STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
});
afterEach(leave);

const rows = () => page.getByTestId('series-row');
const doubts = () =>
  rows()
    .elements()
    .map((row) => (row as HTMLElement).dataset.doubt);

function disk(change: (one: JudgedSeries) => JudgedSeries = (one) => one) {
  const state = STATES['classify/disk']();
  return show({ ...state, classify: { ...state.classify, series: state.classify.series.map(change) } });
}

test('the most doubtful series come first', async () => {
  disk();
  await expect.element(rows().first()).toBeVisible();
  expect(doubts()[0]).toBe('unknown');
});

test('the slider tells what it costs, and the list follows', async () => {
  const lab = disk();
  await userEvent.click(page.getByTestId('verdict-rule'));
  const before = page.getByTestId('known-cost').element().textContent;
  await expect
    .element(page.getByTestId('known-cost'))
    .toHaveTextContent(/^\d+ of 28 series here are unknown/);
  const unknown = () => doubts().filter((doubt) => doubt === 'unknown').length;
  const first = unknown();
  // What the header calls none of the four is not counted twice.
  await expect.element(page.getByTestId('known-cost')).toHaveTextContent(new RegExp(`^${first} of`));
  await userEvent.fill(page.getByTestId('known-kept'), '80');
  expect(lab.state.getState().verdictRule.coverage).toBeCloseTo(0.8, 10);
  await vi.waitFor(() => expect(unknown()).toBeGreaterThan(first));
  expect(page.getByTestId('known-cost').element().textContent).not.toBe(before);
});

test('a model that cannot tell what it does not know says so', async () => {
  disk((one) => ({ ...one, strangeness: null, judge: one.judge && { ...one.judge, unknown: null } }));
  await userEvent.click(page.getByTestId('verdict-rule'));
  await expect
    .element(page.getByTestId('verdict-rule-panel'))
    .toHaveTextContent('This model cannot tell what it does not know.');
  await expect.element(page.getByTestId('known-kept')).not.toBeInTheDocument();
});

test('a total counts what is shown when it is chosen', async () => {
  disk();
  const total = page.getByTestId('classify-totals').getByText('none of the four');
  await expect.element(total).toBeVisible();
  const n = Number(total.element().textContent?.replace(/\D/g, ''));
  expect(n).toBeGreaterThan(0);
  await userEvent.click(total);
  await vi.waitFor(() => expect(rows().elements()).toHaveLength(n));
});

test('an ultrasound is shown as that, whatever it looks like', async () => {
  disk((one) => ({ ...one, strangeness: one.strangeness === null ? null : 0 }));
  await userEvent.click(page.getByTestId('classify-filter').getByText('None of the four'));
  await expect.element(rows().first()).toHaveTextContent(/looks like .+\s%USnone of the fourUltrasound/);
});

test('of a series that differs, the probability that its tag is wrong is told', async () => {
  const state = STATES['classify/full']();
  show({ ...state, view: { as: 'one' } });
  await userEvent.click(page.getByTestId('classify-filter').getByText('Differs'));
  await expect.element(page.getByTestId('tag-wrong')).toHaveTextContent(/\d+\s%$/);
});

test('a series that was looked at in part says so', async () => {
  disk((one) => ({
    ...one,
    slices: one.slices.map((slice, i) =>
      i === 0 ? slice : { ...slice, predicted: null, probabilities: null },
    ),
  }));
  await expect.element(page.getByText(/^1 of \d+$/).first()).toBeVisible();
});
