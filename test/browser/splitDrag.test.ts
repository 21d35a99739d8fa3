/** Datasets are dragged from the table to a split of the chart: with a mouse, with a finger by the grip, or not at all. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { State } from '../../src/app/state.ts';
import { SPLITS } from '../../src/core/types.ts';
import { FULL, STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

/** The chart's library is loaded with its first chart. */
async function open(state: State) {
  const lab = show(state);
  await expect.poll(() => chartOf('test'), { timeout: 20_000 }).not.toBeNull();
  return lab;
}

const rowOf = (at: number) => page.getByTestId('dataset-row').nth(at);
const gripOf = (at: number) => page.getByTestId('dataset-grip').nth(at);
const datasetOf = (at: number) => {
  const name = rowOf(at).element().getAttribute('aria-label')?.replace(', chosen', '');
  return FULL.datasets.find((one) => one.name === name)!;
};
const chartOf = (split: string) => document.querySelector(`[data-drop="${split}"]`)!;
const moves = (calls: readonly (readonly unknown[])[]) =>
  calls.filter(([name]) => name === 'setSplit' || name === 'setSplits');

function fire(kind: string, target: Element, at: Element, pointerType: 'mouse' | 'touch') {
  const { left, top, width, height } = at.getBoundingClientRect();
  const place = { clientX: left + width / 2, clientY: top + height / 2 };
  target.dispatchEvent(
    new PointerEvent(kind, {
      ...place,
      pointerType,
      pointerId: 7,
      isPrimary: true,
      bubbles: true,
      cancelable: true,
    }),
  );
}

test('a dataset is dropped on another split, and the move is said', async () => {
  const { calls } = await open(FULL);
  const { id, name, split } = datasetOf(0);
  const to = split === 'test' ? 'train' : 'test';
  await userEvent.dragAndDrop(gripOf(0), page.elementLocator(chartOf(to)));
  expect(moves(calls)).toEqual([['setSplit', id, to]]);
  await expect.element(page.getByTestId('said')).toHaveTextContent(`“${name}” moved to ${to}.`);
  await expect.element(page.getByTestId('dragged')).not.toBeInTheDocument();
  await expect.element(gripOf(0)).toHaveAttribute('title', 'Drag to a split above');
});

test('chosen datasets move together, without those that are there already', async () => {
  const { calls } = await open(FULL);
  await expect.element(page.getByText('drag rows to a split above')).toBeVisible();
  await rowOf(0).click();
  await userEvent.keyboard('{Control>}a{/Control}');
  await userEvent.dragAndDrop(gripOf(1), page.elementLocator(chartOf('validate')));
  const [[, moved, split]] = moves(calls) as [string, string[], string][];
  const others = FULL.datasets.filter((one) => one.split !== 'validate').map(({ id }) => id);
  expect([[...moved].sort(), split]).toEqual([others.sort(), 'validate']);
  await expect
    .element(page.getByTestId('said'))
    .toHaveTextContent(`${others.length} datasets moved to validate.`);
});

test('on the way the splits await it, the one below is marked, and the words beside the pointer name both', async () => {
  await open(FULL);
  const row = gripOf(0).element();
  const { name } = datasetOf(0);
  fire('pointerdown', row, row, 'mouse');
  fire('pointermove', row, chartOf('test'), 'mouse');
  await expect.element(page.getByTestId('dragged')).toHaveTextContent(`“${name}” to test`);
  expect(chartOf('test').getAttribute('data-awaits')).toBe('over');
  expect(chartOf('train').getAttribute('data-awaits')).toBe('');
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('Escape, its own split and any other place move nothing', async () => {
  const { calls } = await open(FULL);
  const row = gripOf(0).element();
  const { name, split } = datasetOf(0);
  fire('pointerdown', row, row, 'mouse');
  fire('pointermove', row, chartOf('test'), 'mouse');
  await expect.element(page.getByTestId('dragged')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByTestId('said')).toHaveTextContent(`“${name}” not moved.`);
  fire('pointerup', row, chartOf('test'), 'mouse');
  await userEvent.dragAndDrop(gripOf(0), page.elementLocator(chartOf(split)));
  await expect.element(page.getByTestId('said')).toHaveTextContent(`“${name}” already in ${split}.`);
  await userEvent.dragAndDrop(gripOf(0), page.getByTestId('split-note'));
  await expect.element(page.getByTestId('said')).toHaveTextContent(`“${name}” not moved.`);
  expect(moves(calls)).toEqual([]);
});

test('a finger drags by the grip; elsewhere it scrolls', async () => {
  const { calls } = await open(FULL);
  const { id, split } = datasetOf(0);
  const to = split === 'test' ? 'train' : 'test';
  const swipe = (from: Element) => {
    fire('pointerdown', from, from, 'touch');
    fire('pointermove', from, chartOf(to), 'touch');
    fire('pointerup', from, chartOf(to), 'touch');
  };
  swipe(rowOf(0).element());
  expect(moves(calls)).toEqual([]);
  swipe(gripOf(0).element());
  expect(moves(calls)).toEqual([['setSplit', id, to]]);
  expect(getComputedStyle(gripOf(0).element()).touchAction).toBe('none');
});

test('nothing is dragged where nothing can be changed', async () => {
  const { calls } = await open(STATES['data/readonly']());
  await expect.element(gripOf(0)).not.toBeInTheDocument();
  const row = rowOf(0).element();
  fire('pointerdown', row, row, 'mouse');
  for (const split of SPLITS) {
    fire('pointermove', row, chartOf(split), 'mouse');
    await expect.element(page.getByTestId('dragged')).not.toBeInTheDocument();
  }
  fire('pointerup', row, chartOf('test'), 'mouse');
  expect(moves(calls)).toEqual([]);
});
