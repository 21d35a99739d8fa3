/** The table of a dataset's series: search, sort, filter, selection by keys and clicks, labels, and what opens. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(leave);

async function open(name = 'data/series') {
  const lab = show(STATES[name]());
  await expect.element(page.getByTestId('series').first()).toBeVisible();
  return lab;
}

const row = (at: number) => page.getByTestId('series').nth(at);
const words = (at: number) => row(at).element().textContent ?? '';
const focused = () => Number((document.activeElement as HTMLElement).dataset.roving);
const selected = () =>
  page
    .getByTestId('series')
    .elements()
    .filter(({ ariaSelected }) => ariaSelected === 'true')
    .map((one) => Number((one as HTMLElement).dataset.roving));
const shown = () => page.getByTestId('series-shown');

test('lists the series of the selected dataset, chosen beside its slices', async () => {
  const lab = show(STATES['data/full']());
  await userEvent.click(page.getByTestId('dataset-list').getByText('Series'));
  expect(lab.state.getState().view.list).toBe('series');
  await expect.element(row(0)).toHaveAccessibleName(/^Series 1, CT · CHEST, 24 slices, CT, from DICOM tag/);
  const found = await axe.run(document.body, { resultTypes: ['violations'] });
  expect(found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('arrows move with one tab stop, Shift selects a range, Space one more, Enter opens the large picture', async () => {
  const lab = await open();
  const stops = () => page.getByTestId('series-table').element().querySelectorAll('tr[tabindex="0"]');
  expect(stops()).toHaveLength(1);
  (stops()[0] as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  await vi.waitFor(() => expect(selected()).toEqual([1, 2, 3]));
  expect(stops()).toHaveLength(1);
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(focused()).toBeGreaterThan(40));
  await userEvent.keyboard('{Home}{ArrowDown}{Enter}');
  expect(lab.state.getState()).toMatchObject({ page: 'label', view: { as: 'one', item: '1' } });
  await expect.element(page.getByTestId('item-facts')).toHaveTextContent('#2, 24 slices');
});

test('a click selects, Shift a range, Ctrl one more, and the selection is labelled at once', async () => {
  const lab = await open();
  await userEvent.click(row(0));
  await userEvent.click(row(2), { modifiers: ['Shift'] });
  await userEvent.click(row(1), { modifiers: ['ControlOrMeta'] });
  expect(selected()).toEqual([0, 2]);
  await expect.element(shown()).toHaveTextContent('2 selected');
  await userEvent.selectOptions(page.getByTestId('series-label'), 'XR');
  expect(lab.calls.find(([name]) => name === 'labelSpans')?.slice(2)).toEqual(['XR']);
  await expect.element(row(0)).toHaveTextContent(/XRyou$/);
  await expect.element(row(1)).not.toHaveTextContent(/XRyou$/);
});

test('the whole dataset is labelled by its own button', async () => {
  const lab = await open();
  await userEvent.selectOptions(page.getByTestId('dataset-label'), 'MR');
  expect(lab.calls.at(-1)).toEqual(['labelDataset', 'id-sts_sarcoma', 'MR']);
});

test('is searched and filtered, and says so where nothing is left', async () => {
  await open();
  await userEvent.fill(page.getByTestId('series-search'), 'brain mr');
  await expect.element(row(0)).toHaveTextContent('MR · BRAIN');
  await expect.element(shown()).toHaveTextContent(/^\d+ of 67 series$/);
  await userEvent.selectOptions(page.getByTestId('series-filter'), 'PT');
  await expect.element(page.getByText('No series matches.')).toBeVisible();
  await userEvent.fill(page.getByTestId('series-search'), '');
  await expect.element(row(0)).toHaveTextContent('PT');
});

test('is sorted by a press on a header, and back by another', async () => {
  await open();
  await userEvent.click(
    page.getByTestId('series-table').getByRole('button', { name: 'Slices', exact: true }),
  );
  await vi.waitFor(() => expect(words(0)).toContain('24'));
  await userEvent.click(
    page.getByTestId('series-table').getByRole('button', { name: 'Slices', exact: true }),
  );
  await vi.waitFor(() => expect(words(0)).not.toContain('24'));
});

test('shows description and number of the file at hand alone', async () => {
  await open();
  const with_ = () =>
    page
      .getByTestId('series')
      .elements()
      .filter((one) => one.textContent?.includes('Thorax 5.0'));
  await vi.waitFor(() => expect(with_().length).toBeGreaterThan(0));
  expect(with_().length).toBeLessThan(page.getByTestId('series').elements().length);
});
