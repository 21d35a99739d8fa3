/** The queue of what two readers disagree on: every state, decided by mouse and by key. */
import axe from 'axe-core';
import { createElement } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ReaderQueue } from '../../src/app/exchange/readers.ts';
import { MODALITY_SET } from '../../src/core/labels/sets/modality.ts';
import { useLab } from '../../src/ui/context.ts';
import { Readers } from '../../src/ui/label/Readers.tsx';
import { compared } from '../fakes/exchange.ts';
import { FULL, STATES } from '../fakes/state.ts';
import { misfits } from '../harness/misfits.js';
import { leave, show, showPart } from '../harness/show.ts';

const items = compared().comparison.disagreements;
const QUEUE: ReaderQueue = { set: MODALITY_SET.id, since: 0, items, left: items };
const shown: unknown[] = [];
function Part() {
  const queue = useLab((state) => state.disagreements);
  return createElement(Readers, { queue, set: MODALITY_SET, onShow: (of) => void shown.push(of) });
}
const open = (disagreements: ReaderQueue | null) => showPart(createElement(Part), { ...FULL, disagreements });
const decided = (lab: { calls: unknown[][] }) => lab.calls.filter(([name]) => name === 'decide');
const row = (index: number) => page.getByTestId('disagreement').nth(index);

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, { resultTypes: ['violations'] });
  const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [...serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), ...misfits({ print: false })];
}

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(leave);

test('each row shows both labels side by side with a picture, the costliest first', async () => {
  open(QUEUE);
  await expect.element(page.getByTestId('readers-left')).toHaveTextContent('60 of 60 series left to decide.');
  const { first, second } = items[0];
  await expect.element(row(0).getByTestId('by-first')).toHaveTextContent(`First reader: ${first}`);
  await expect.element(row(0).getByTestId('by-second')).toHaveTextContent(`Second reader: ${second}`);
  // The labels first, then what it is about.
  const name = new RegExp(`^First reader: ${first} Second reader: ${second} \\d+ slice`);
  await expect.element(row(0)).toHaveAccessibleName(name);
  expect(row(0).element().querySelector('canvas')).not.toBeNull();
  expect(await violations()).toEqual([]);
});

test('keys decide the marked row and go on: who is right, another class, none, or ↓ to skip', async () => {
  const lab = open(QUEUE);
  await expect.element(row(0)).toBeVisible();
  await userEvent.keyboard(',');
  await userEvent.keyboard('.');
  await userEvent.keyboard('4');
  await userEvent.keyboard('{ArrowDown}');
  await userEvent.keyboard('0');
  expect(decided(lab)).toEqual([
    ['decide', items[0], { reader: 0 }],
    ['decide', items[1], { reader: 1 }],
    ['decide', items[2], { class: 'XR' }],
    ['decide', items[4], { class: null }],
  ]);
  await userEvent.keyboard('{Enter}');
  expect(shown).toEqual([items[5]]);
});

test('buttons decide as the keys do', async () => {
  const lab = open(QUEUE);
  await userEvent.click(row(1).getByText('Second is right'));
  await userEvent.click(page.getByTestId('label-MR'));
  expect(decided(lab).map(([, of, decision]) => [items.indexOf(of as never), decision])).toEqual([
    [1, { reader: 1 }],
    [expect.any(Number), { class: 'MR' }],
  ]);
});

test('a queue that is done says so, and without readers it says how to compare them', async () => {
  open({ ...QUEUE, left: [] });
  await expect.element(page.getByTestId('readers-left')).toHaveTextContent('All 60 series are decided.');
  expect(await violations()).toEqual([]);
  open(null);
  await expect.element(page.getByTestId('readers-none')).toHaveTextContent('No two readers were compared');
});

test('on the Label page the queue is a view, and a series shows both labels and takes the same keys', async () => {
  const state = STATES['label/full']();
  const lab = show(state);
  await expect.element(page.getByTestId('label-left')).toBeVisible();
  const { list } = lab.state.getState().labelling!;
  const series = { dataset: list.datasets[list.dataset[1]], key: list.keys[1] };
  const one = { ...items[0], ...series };
  lab.state.setState({ disagreements: { ...QUEUE, items: [one], left: [one] } });
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(page.getByTestId('two-readers')).toHaveTextContent(/First reader: .*Second reader: /);
  await userEvent.keyboard('.');
  expect(decided(lab)).toEqual([['decide', one, { reader: 1 }]]);
  await userEvent.click(page.getByText('Readers', { exact: true }));
  await expect.element(page.getByTestId('readers')).toBeVisible();
});
