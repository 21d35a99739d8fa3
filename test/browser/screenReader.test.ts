/** What a screen reader is told: where one is in long lists, what a key did, and where the focus is after it. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { State } from '../../src/app/state.ts';
import { STATES } from '../fakes/state.ts';
import { misfits } from '../harness/misfits.js';
import { leave, show } from '../harness/show.ts';
import '../../src/ui/theme/tokens.css';
import '../../src/ui/theme/base.css';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(leave);

async function open(state: State) {
  const lab = show(state);
  await expect.element(page.getByTestId('page')).toBeVisible();
  return lab;
}

const keys = (text: string) => userEvent.keyboard(text);
const said = () => expect.element(page.getByTestId('said').first());
const focused = () => expect.poll(() => document.activeElement?.getAttribute('data-testid'));

describe('the grid of the Label page', () => {
  const grid = () => page.getByTestId('stack-grid');

  test('is a list with the focus, whose items know their place among all, drawn or not', async () => {
    await open(STATES['label/full']());
    await focused().toBe('stack-grid');
    await expect.element(grid()).toHaveAttribute('role', 'listbox');
    await keys('{ArrowRight}{ArrowRight}');
    const active = () =>
      document.getElementById(grid().element().getAttribute('aria-activedescendant') ?? '');
    await expect.poll(() => active()?.getAttribute('aria-posinset')).toBe('3');
    expect(active()?.getAttribute('aria-setsize')).toBe('263');
    expect(active()?.getAttribute('aria-selected')).toBe('true');
    expect(active()?.textContent).toMatch(/^Series 3, CT · ABDOMEN, 24 slices, mixed, by you/);
  });

  test('tells what each key did; the list itself tells the next series', async () => {
    await open(STATES['label/full']());
    await focused().toBe('stack-grid');
    await keys('2');
    await said().toHaveTextContent(/^Series 1: MR\.$/);
    await keys('0');
    await said().toHaveTextContent(/^Series 2: no label\.$/);
    await keys('x');
    await said().toHaveTextContent(/^Series 2: excluded\.$/);
    await keys('x');
    await said().toHaveTextContent(/^Series 2: not excluded any more\.$/);
    await keys('{ArrowUp}{Shift>}3{/Shift}');
    await said().toHaveTextContent(/^Slice 12 of series 2: PT\. Slice 13 of 24, no label\.$/);
    await keys('{Shift>}{ArrowRight}{/Shift}4');
    await said().toHaveTextContent(/^2 selected: XR\.$/);
    await keys('u');
    await said().toHaveTextContent(/^Undone\./);
    await keys('r');
    await said().toHaveTextContent(/^Done again\./);
    await keys('{End}1');
    await said().toHaveTextContent('This is the last one.');
  });

  test('tells the same words again when the same happens again', async () => {
    await open(STATES['label/full']());
    await focused().toBe('stack-grid');
    await keys('0');
    await said().toHaveTextContent('Series 1: no label.');
    const first = page.getByTestId('said').element().firstChild;
    await keys('0');
    await expect.poll(() => page.getByTestId('said').element().firstChild).not.toBe(first);
  });

  test('tells an undo whose label is of an earlier visit without claiming what it was', async () => {
    await open(STATES['label/full']());
    await focused().toBe('stack-grid');
    await keys('u');
    await said().toHaveTextContent('Undo and redo of an earlier visit show when they are stored.');
  });
});

describe('one large picture', () => {
  test('has the focus, hears the keys, and tells the next series with its place', async () => {
    await open(STATES['label/one']());
    await expect.poll(() => document.activeElement?.getAttribute('role')).toBe('application');
    await keys('4');
    await said().toHaveTextContent(/^Series 3: XR\. Image 4, CT.*, 4 of 263\.$/);
    await keys('{ArrowRight}');
    await said().toHaveTextContent(/^Series 5, DICOM · PELVIS, 24 slices, no label.*, 5 of 263\.$/);
    await keys('{ArrowDown}');
    await said().toHaveTextContent(/^Slice 14 of 24, no label\.$/);
    await keys('u');
    await said().toHaveTextContent(/^Undone\. Series 3, .*, 3 of 263\.$/);
  });

  test('gives the focus to the grid and takes it again', async () => {
    await open(STATES['label/one']());
    await keys('g');
    await focused().toBe('stack-grid');
    await keys('g');
    await expect.poll(() => document.activeElement?.getAttribute('role')).toBe('application');
  });
});

describe('the focus on the Label page', () => {
  test('goes into the filters by F, and stays while one is chosen by keys', async () => {
    const lab = await open(STATES['label/full']());
    await focused().toBe('stack-grid');
    await keys('f');
    await focused().toBe('filter-show');
    // Chromium's list opens by Space; a letter chooses without it.
    await keys('e{Tab}n');
    await focused().toBe('filter-label');
    expect(lab.state.getState().view.label).toBe('none');
    // Nothing is left, which is where the focus goes.
    await keys('{Escape}');
    await focused().toBe('nothing');
  });

  test('is in the queue after a search, and after a button that is gone', async () => {
    await open(STATES['label/filters']());
    await focused().toBe('stack-grid');
    await keys('/');
    await focused().toBe('label-search');
    await keys('{Enter}');
    await focused().toBe('stack-grid');
    await userEvent.click(page.getByTestId('label-unfilter'));
    await focused().toBe('stack-grid');
  });

  test('stays on the choice of views, so that arrows reach the third', async () => {
    const lab = await open(STATES['label/full']());
    (page.getByTestId('label-view').element().querySelector('input:checked') as HTMLElement).focus();
    await keys('{ArrowRight}{ArrowRight}');
    await expect.poll(() => lab.state.getState().view.as).toBe('doubts');
  });
});

describe('doubts', () => {
  test('are rows of a grid, named by reason and facts, and an answer is told', async () => {
    await open(STATES['label/doubts']());
    const row = page.getByTestId('doubt').first();
    await expect.element(row).toHaveAttribute('aria-rowindex', '1');
    await expect.element(row).toHaveAccessibleName(/^Labelled CT, but .* Another class/);
    const all = page.getByRole('grid', { name: 'Doubts, the strongest first' });
    expect(Number(all.element().getAttribute('aria-rowcount'))).toBeGreaterThan(30);
    const told = () =>
      expect.poll(() =>
        page
          .getByTestId('doubts')
          .getByTestId('said')
          .elements()
          .map((one) => one.textContent)
          .join(''),
      );
    (row.element() as HTMLElement).focus();
    await keys('=');
    await told().toBe('Left as it is.');
    await keys('2');
    await told().toBe('Labelled MR.');
  });
});

describe('tables of series', () => {
  test('on Data count their head as the first row, and tell that a selection was labelled', async () => {
    await open(STATES['data/series']());
    const table = page.getByTestId('series-table');
    await expect.element(table).toHaveAttribute('aria-rowcount', '68');
    await expect.element(page.getByTestId('series').first()).toHaveAttribute('aria-rowindex', '2');
    await userEvent.selectOptions(page.getByTestId('series-label'), 'MR');
    const labelled = page.getByTestId('series-part').getByTestId('said');
    await expect.element(labelled).toHaveTextContent('1 series labelled MR.');
  });

  test('on Classify name verdict, probability and what the tag says, and tell a correction', async () => {
    await open(STATES['classify/full']());
    const table = page.getByTestId('classify-table');
    await expect.element(table).toHaveAttribute('aria-rowcount', '215');
    await expect.element(page.getByTestId('series-row').first()).toHaveAttribute('aria-rowindex', '2');
    const first = page.getByTestId('series-toggle').first();
    await expect
      .element(first)
      .toHaveAccessibleName(
        /^Series 9, HEAD W\/O, unknown, looks like CT, 9\d\s%, tag says CT, .*13 slices$/,
      );
    await userEvent.click(page.getByTestId('classify-filter').getByText('Differs'));
    await expect
      .element(first)
      .toHaveAccessibleName(/, looks like .+, tag says .+, together .+, the tag is >?\d+\s% likely wrong, /);
    (first.element() as HTMLElement).focus();
    await keys('1');
    await said().toHaveTextContent('You: CT.');
    await keys('u');
    await said().toHaveTextContent('Undone.');
    await keys('g');
    await focused().toBe('stack-grid');
    await keys('g2');
    await said().toHaveTextContent(/^You: MR\. .*, \d of \d+\.$/);
  });
});

describe('at 320 pixels, which is a window of 1280 at four times the size', () => {
  test.each(['label/full', 'label/one', 'label/doubts', 'data/series', 'classify/full', 'results/again'])(
    '%s scrolls one way',
    async (state) => {
      await page.viewport(320, 640);
      await open(STATES[state]());
      await expect.poll(() => misfits({ print: false })).toEqual([]);
      const main = page.getByTestId('page').element();
      expect(main.scrollHeight).toBeLessThanOrEqual(main.clientHeight);
      expect(main.firstElementChild!.scrollWidth).toBeLessThanOrEqual(main.clientWidth);
      await page.viewport(1366, 768);
    },
  );
});
