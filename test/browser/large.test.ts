/** A project of 300 datasets and 20,000 series: what is drawn, read and changed does not grow with it. */
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { State } from '../../src/app/state.ts';
import type { SliceRef } from '../../src/core/types.ts';
import { FULL } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

/** More than fit on this screen, with those beside them. */
const MOST_ROWS = 60;
const MOST_TILES = 100;

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(leave);

/** One dataset has a tenth of the series. The fake makes a radiograph of every 24 slices counted here. */
const DATASETS = Array.from({ length: 300 }, (_, i) => {
  const series = i === 0 ? 2000 : 60;
  const counts = { ...FULL.datasets[0].counts, CT: 0, MR: 0, PT: 0, XR: 24 * series, other: 0 };
  const name = `Dataset ${i + 1}`;
  return { ...FULL.datasets[0], id: `large ${i}`, name, counts, slices: series, series, warnings: [] };
});

function open(patch: Partial<State>) {
  const read: SliceRef[] = [];
  const lab = show({ ...FULL, datasets: DATASETS, ...patch }, ({ slicePictures }) => ({
    slicePictures: (refs) => {
      read.push(...refs);
      return slicePictures(refs);
    },
  }));
  return { lab, read, distinct: () => new Set(read.map(({ shard, row }) => `${shard}:${row}`)).size };
}

const all = (id: string) => page.getByTestId(id).elements() as HTMLElement[];
const stops = (table: string) =>
  [...document.querySelectorAll<HTMLElement>(`[data-testid="${table}"] tbody tr[tabindex="0"]`)].map((row) =>
    Number(row.dataset.roving),
  );
const frame = () => new Promise((done) => requestAnimationFrame(done));

async function scrollTo(box: Element, top: number) {
  box.scrollTop = top;
  for (let i = 0; i < 4; i++) await frame();
}

test('of 300 datasets those in sight are drawn, and the row that Tab finds', async () => {
  open({ page: 'data', view: {} });
  await expect.element(page.getByTestId('datasets-table')).toHaveAttribute('aria-rowcount', '301');
  expect(all('dataset-row').length).toBeGreaterThan(5);
  expect(all('dataset-row').length).toBeLessThan(MOST_ROWS);
  all('dataset-row')[0].focus();
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect((document.activeElement as HTMLElement).dataset.roving).toBe('299'));
  await userEvent.keyboard('{ArrowUp}');
  await vi.waitFor(() => expect((document.activeElement as HTMLElement).dataset.roving).toBe('298'));
  const scroller = page.getByTestId('datasets-table').element().parentElement!;
  await scrollTo(scroller, 0);
  expect(stops('datasets-table')).toEqual([298]);
  expect(document.activeElement).toHaveProperty('dataset.roving', '298');
  expect(all('dataset-row').length).toBeLessThan(MOST_ROWS);
});

test('of a dataset’s 2,000 series those in sight are drawn and read, and the row that Tab finds', async () => {
  const { read, distinct } = open({ page: 'data', view: { dataset: 'large 0', list: 'series' } });
  await expect.element(page.getByTestId('series-table')).toHaveAttribute('aria-rowcount', '2001');
  const scroller = page.getByTestId('series-table').element().parentElement!;
  await vi.waitFor(() => expect(all('series').length).toBeGreaterThan(5));
  for (let top = 0; top < 40_000; top += 4000) {
    await scrollTo(scroller, top);
    expect(all('series').length).toBeLessThan(MOST_ROWS);
    expect(stops('series-table')).toEqual([0]);
  }
  await vi.waitFor(() => expect(distinct()).toBe(read.length));
  expect(read.length).toBeLessThan(10 * MOST_ROWS);
});

test('of 20,000 stacks those in sight are drawn, and no picture is read twice', async () => {
  const { read, distinct } = open({ page: 'label', view: {} });
  await expect.element(page.getByTestId('label-shown')).toHaveTextContent('19,940 of 19,940 series');
  const grid = page.getByTestId('stack-grid').element();
  for (let top = 0; top < 10_000; top += 500) {
    await scrollTo(grid, top);
    expect(all('stack').length).toBeLessThan(MOST_TILES);
  }
  expect(distinct()).toBe(read.length);
});

test('a press changes the tile that it labels and the next one, and no other', async () => {
  open({ page: 'label', view: {} });
  await vi.waitFor(() => expect(all('stack').length).toBeGreaterThan(20));
  await vi.waitFor(() =>
    expect(document.querySelectorAll('[data-testid="stack"] canvas').length).toBeGreaterThan(20),
  );
  for (let i = 0; i < 20; i++) await frame();
  const changed = new Set<Element>();
  const seen = new MutationObserver((records) => {
    for (const { target } of records) {
      const tile = (target instanceof Element ? target : target.parentElement)?.closest(
        '[data-testid="stack"]',
      );
      if (tile) changed.add(tile);
    }
  });
  seen.observe(page.getByTestId('stack-grid').element(), {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  await userEvent.keyboard('1');
  await expect.element(page.getByTestId('label-place')).toHaveTextContent('2 of 19,940');
  for (let i = 0; i < 4; i++) await frame();
  seen.disconnect();
  expect([...changed].map((tile) => Number((tile as HTMLElement).dataset.item)).sort()).toEqual([0, 1]);
});

test('in the large picture each press asks for one more picture', async () => {
  const { read, distinct } = open({ page: 'label', view: { as: 'one' } });
  await expect.element(page.getByTestId('label-stage')).not.toHaveAttribute('data-shown', '');
  await frame();
  const before = read.length;
  await userEvent.keyboard('12'.repeat(20));
  await expect.element(page.getByTestId('label-place')).toHaveTextContent('41 of 19,940');
  await vi.waitFor(() => expect(read.length - before).toBe(40));
  expect(distinct()).toBe(read.length);
});
