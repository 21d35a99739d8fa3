/** Classified series in the two views of the Label page, by its keys. */
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Actions } from '../../src/app/actions.ts';
import type { State } from '../../src/app/state.ts';
import { FIRST_VIEW, shownSeries } from '../../src/ui/classify/filters.ts';
import { STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(leave);

async function open(
  as: 'grid' | 'one' | undefined,
  state: State = STATES['classify/full'](),
  patch?: (actions: Actions) => Partial<Actions>,
) {
  const lab = show({ ...state, view: { ...state.view, ...(as && { as }) } }, patch);
  await expect.element(page.getByTestId('classify-view')).toBeVisible();
  const said = (at: number) =>
    lab.state.getState().classify.series.find(({ key }) => key === keys[at])?.correction;
  const keys = shownSeries(state.classify.series, FIRST_VIEW, state.verdictRule).map(({ key }) => key);
  const acts = () => lab.calls.filter(([name]) => /Verdicts?$/.test(String(name)));
  return { ...lab, said, keys, acts };
}

const press = (text: string) => userEvent.keyboard(text);
const place = () => page.getByTestId('verdict-place');
const tile = (at: number) => page.getByTestId('stack').nth(at);
const classes = (corrections: ({ class: string | null } | undefined)[]) =>
  corrections.map((one) => one?.class);

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, { resultTypes: ['violations'] });
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

describe('the grid', () => {
  test('shows series as stacks with verdict, probability and tag; a class’s key corrects and goes on', async () => {
    const { said } = await open('grid');
    await expect.element(tile(0)).toHaveTextContent(/looks like .+ %.*DICOM tag|DICOM tag .*looks like/);
    await press('23');
    expect(classes([said(0), said(1)])).toEqual(['MR', 'PT']);
    await expect.element(place()).toHaveTextContent(/^3 of /);
    await press('0');
    expect(said(2)).toEqual({ class: null });
    await expect.element(tile(2)).toHaveTextContent('you: none of them');
    await expect.element(place()).toHaveTextContent(/^3 of /);
    expect(await violations()).toEqual([]);
  });

  test('a class is given to all that is selected, in one act', async () => {
    const { said, acts, keys } = await open('grid');
    await userEvent.click(tile(1));
    await userEvent.click(tile(3), { modifiers: ['Shift'] });
    await expect.element(page.getByTestId('selected')).toHaveTextContent('3 selected');
    await userEvent.click(page.getByTestId('label-XR'));
    expect(classes([0, 1, 2, 3, 4].map(said))).toEqual([undefined, 'XR', 'XR', 'XR', undefined]);
    expect(acts()).toEqual([['correctVerdicts', keys.slice(1, 4), 'XR']]);
    await expect.element(place()).toHaveTextContent(/^5 of /);
    await press('{Control>}a{/Control}');
    await expect.element(page.getByTestId('selected')).toHaveTextContent(/^\d+ selected/);
  });

  test('⌫ takes back what was said; U and R go to the series that they change', async () => {
    let undone: string[] = [];
    const { said, acts } = await open('grid', undefined, () => ({
      undoVerdict: () => undone,
      redoVerdict: () => undone,
    }));
    await press('2{ArrowLeft}{Backspace}');
    expect(said(0)).toBeUndefined();
    expect(acts().at(-1)?.[2]).toBeUndefined();
    const { keys } = await open('grid', undefined, () => ({ undoVerdict: () => undone }));
    undone = [keys[5]];
    await press('u');
    await expect.element(place()).toHaveTextContent(/^6 of /);
    undone = [keys[2]];
    await press('{Control>}z{/Control}');
    await expect.element(place()).toHaveTextContent(/^3 of /);
  });

  test('arrows up and down go through a stack', async () => {
    await open('grid');
    const long = [...Array(8).keys()].find((at) => /\d+ \/ \d+/.test(tile(at).element().textContent ?? ''))!;
    await userEvent.click(tile(long));
    const counted = () =>
      tile(long)
        .element()
        .textContent?.match(/(\d+) \/ (\d+)/)
        ?.slice(1)
        .map(Number) ?? [];
    const [before] = counted();
    await press('{ArrowDown}');
    await vi.waitFor(() => expect(counted()[0]).toBe(before + 1));
  });

  test('reads sharper pictures of the files in sight, few at a time, and none while files are read', async () => {
    const inspected = (calls: unknown[][]) => calls.filter(([name]) => name === 'inspect').length;
    const { calls } = await open('grid');
    await vi.waitFor(() => expect(inspected(calls)).toBeGreaterThan(5));
    expect(inspected(calls)).toBeLessThanOrEqual(80);
    leave();
    const running = await open('grid', STATES['classify/running']());
    await expect.element(tile(0)).toBeVisible();
    expect(inspected(running.calls)).toBe(0);
  });
});

describe('the large picture', () => {
  test('has its window, its stack and its facts; a class’s key corrects and the next one is there', async () => {
    const { said } = await open('one');
    const stage = page.getByTestId('label-stage');
    await vi.waitFor(() => expect(stage.element()).not.toHaveAttribute('data-shown', ''));
    const before = stage.element().getAttribute('data-shown');
    await expect.element(page.getByTestId('verdict-facts')).toHaveTextContent(/Both.*Image.*%.*DICOM tag/);
    await expect.element(page.getByTestId('model-says')).toBeVisible();
    await expect.element(page.getByLabelText('Centre')).toBeVisible();
    await press('4');
    expect(said(0)).toEqual({ class: 'XR' });
    await vi.waitFor(() => expect(stage.element()).not.toHaveAttribute('data-shown', before!));
    await expect.element(place()).toHaveTextContent(/^2 of /);
    expect(await violations()).toEqual([]);
  });

  test('of a file that can’t be read says why, and shows the small picture', async () => {
    await open('one', undefined, ({ inspect }) => ({
      inspect: async (target) => ({
        ...(await inspect(target)),
        raw: null,
        slice: null,
        missing: { reason: 'The file could not be opened.', next: 'Drop it again.' },
      }),
    }));
    await expect.element(page.getByTestId('no-original')).toHaveTextContent('The file could not be opened.');
    await expect.element(page.getByTestId('label-stage')).toHaveAccessibleName(/small picture$/);
  });

  test('Enter opens the inspector at the shown slice, where a class’s key goes on to the next series', async () => {
    let undone: string[] = [];
    const { said, state, keys } = await open('one', undefined, () => ({ undoVerdict: () => undone }));
    await press('{Enter}');
    await expect.element(page.getByTestId('verdict-bar')).toBeVisible();
    expect(state.getState().view.series).toBe(keys[0]);
    await press('2');
    expect(said(0)).toEqual({ class: 'MR' });
    await vi.waitFor(() => expect(state.getState().view.series).toBe(keys[1]));
    await expect.element(page.getByText('Take back', { exact: true })).toBeDisabled();
    undone = [keys[3]];
    await press('u');
    await vi.waitFor(() => expect(state.getState().view.series).toBe(keys[3]));
  });
});

describe('the views', () => {
  test('G goes from the table to the grid and to one; Escape leads back; the series stays the current one', async () => {
    const { state, said } = await open(undefined);
    (page.getByTestId('series-toggle').first().element() as HTMLElement).focus();
    await press('{ArrowDown}g');
    await expect.element(page.getByTestId('stack-grid')).toBeVisible();
    await expect.element(place()).toHaveTextContent(/^2 of /);
    await press('g');
    await expect.element(page.getByTestId('one-view')).toBeVisible();
    await press('{Escape}{Escape}');
    await expect.element(page.getByTestId('classify-table')).toBeVisible();
    await vi.waitFor(() => expect((document.activeElement as HTMLElement).dataset.roving).toBe('1'));
    await press('3');
    expect(said(1)).toEqual({ class: 'PT' });
    await vi.waitFor(() => expect((document.activeElement as HTMLElement).dataset.roving).toBe('2'));
    expect(state.getState().view.as).toBeUndefined();
  });

  test('keep their place while series come in, and say so where nothing is like what is asked for', async () => {
    const { state, keys } = await open('grid', STATES['classify/running']());
    await userEvent.click(tile(3));
    const { series } = state.getState().classify;
    const early = { ...series[0], key: 'early', strangeness: 9 };
    state.setState({ classify: { ...state.getState().classify, series: [...series, early] } });
    await expect.element(place()).toHaveTextContent(/^5 of /);
    expect(keys).toHaveLength(series.length);
    await press('/');
    expect(document.activeElement).toBe(page.getByTestId('classify-search').element());
    await press('nothing of this kind');
    await expect.element(page.getByTestId('verdict-views')).toHaveTextContent('No series matches.');
    expect(await violations()).toEqual([]);
  });

  test('? lists what the keys mean here', async () => {
    await open('grid');
    await press('?');
    await expect
      .element(page.getByTestId('keys-dialog'))
      .toHaveTextContent('Say which class it is, and go on');
  });
});
