/** The Label page by hand: keys, clicks, rubber band, the large picture; what it says in each of its states. */
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { State } from '../../src/app/state.ts';
import { FULL, STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(leave);

async function open(state: State = STATES['label/full']()) {
  const lab = show(state);
  await expect.element(page.getByTestId('label-left')).toBeVisible();
  const labels = () => lab.state.getState().labelling!.labels;
  const labelOf = (series: number) => labels().labelOf[series];
  const given = () => lab.calls.filter(([name]) => name === 'labelSpans');
  return { ...lab, labels, labelOf, given };
}

const keys = (text: string) => userEvent.keyboard(text);
const place = () => page.getByTestId('label-place');
const selected = () =>
  page
    .getByTestId('stack')
    .elements()
    .filter((one) => one.ariaSelected === 'true')
    .map((one) => Number((one as HTMLElement).dataset.item));

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, { resultTypes: ['violations'] });
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

describe('by keys', () => {
  test('a class’s key labels and goes on, 0 takes the label away, X excludes and takes in again', async () => {
    const { labelOf, labels } = await open();
    await keys('234');
    expect([0, 1, 2].map(labelOf)).toEqual([1, 2, 3]);
    await expect.element(place()).toHaveTextContent(/^4 of /);
    await keys('0');
    expect(labelOf(3)).toBe(255);
    await expect.element(place()).toHaveTextContent(/^4 of /);
    await keys('x');
    expect(labels().excludedOf[3]).toBeGreaterThan(0);
    await keys('x');
    expect(labels().excludedOf[3]).toBe(0);
  });

  test('U and R, Ctrl+Z and Ctrl+Shift+Z take back and make again, and go there', async () => {
    const { labelOf } = await open();
    const before = [labelOf(0), labelOf(1)];
    await keys('33{End}uu');
    expect([labelOf(0), labelOf(1)]).toEqual(before);
    await expect.element(place()).toHaveTextContent(/^1 of /);
    await keys('r{Control>}{Shift>}z{/Shift}{/Control}');
    expect([labelOf(0), labelOf(1)]).toEqual([2, 2]);
    await keys('{Control>}z{/Control}');
    expect(labelOf(1)).toBe(before[1]);
  });

  test('thirty fast presses are thirty labels, one after the other', async () => {
    const { labelOf, given } = await open();
    await keys('123'.repeat(10));
    expect(Array.from({ length: 30 }, (_, i) => labelOf(i))).toEqual(
      Array.from({ length: 30 }, (_, i) => i % 3),
    );
    expect(given()).toHaveLength(30);
  });

  test('arrows move in the queue, with Shift they select, and a digit labels the selection', async () => {
    const { labelOf } = await open();
    await keys('{ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    await expect.element(page.getByTestId('selected')).toHaveTextContent('3 selected');
    await keys('4');
    expect([1, 2, 3].map(labelOf)).toEqual([3, 3, 3]);
    await expect.element(place()).toHaveTextContent(/^5 of /);
    await keys('{Control>}a{/Control}');
    await expect.element(page.getByTestId('selected')).toHaveTextContent(/^\d+ selected/);
  });

  test('up and down step through the stack, Shift with a key labels the shown slice alone', async () => {
    const { labelOf, labels } = await open();
    await keys('{ArrowUp}{ArrowUp}{Shift>}2{/Shift}');
    expect(labelOf(0)).toBe(254);
    expect([...labels().label.slice(0, 24)].filter((label) => label === 1)).toHaveLength(1);
    await expect.element(place()).toHaveTextContent(/^1 of /);
    await userEvent.click(page.getByTestId('slice-only'));
    await keys('2');
    expect([...labels().label.slice(0, 24)].filter((label) => label === 1)).toHaveLength(2);
  });

  test('/ goes to the search, and its letters are no labels; F shows the filters', async () => {
    const { given } = await open();
    await keys('/');
    expect(document.activeElement).toBe(page.getByTestId('label-search').element());
    await keys('brain 1{Enter}');
    expect(given()).toEqual([]);
    await expect.element(page.getByTestId('label-shown')).not.toHaveTextContent(/^(\d+) of \1 /);
    await keys('f');
    await expect.element(page.getByTestId('label-choices')).toBeVisible();
    await keys('{Escape}');
    await expect.element(page.getByTestId('label-choices')).not.toBeInTheDocument();
  });

  test('? shows the keys of the page, and none of them changes the page meanwhile', async () => {
    const { given } = await open();
    await keys('?');
    await expect
      .element(page.getByTestId('keys-dialog'))
      .toHaveTextContent('The same for the shown slice alone');
    await keys('1');
    expect(given()).toEqual([]);
  });

  test('G and a letter stay on the page: G changes the view', async () => {
    const lab = await open();
    await keys('gd');
    await expect.element(page.getByTestId('one-view')).toBeVisible();
    expect(lab.state.getState().page).toBe('label');
    await keys('g');
    await expect.element(page.getByTestId('stack-grid')).toBeVisible();
  });

  test('every key is on its button, and the button does what the key does', async () => {
    const { labelOf } = await open();
    await expect.element(page.getByTestId('label-MR')).toHaveTextContent('MR2');
    await userEvent.click(page.getByTestId('label-MR'));
    await keys('3');
    expect([labelOf(0), labelOf(1)]).toEqual([1, 2]);
    await userEvent.click(page.getByTestId('label-undo'));
    expect(labelOf(1)).not.toBe(2);
    for (const [name, key] of [
      ['clear', '0'],
      ['exclude', 'X'],
      ['undo', 'U'],
      ['redo', 'R'],
    ])
      await expect.element(page.getByTestId(`label-${name}`)).toHaveTextContent(new RegExp(`${key}$`));
  });
});

describe('by mouse', () => {
  const tile = (item: number) => page.getByTestId('stack').nth(item);

  test('a click selects, Shift a range, Ctrl one more', async () => {
    await open();
    await userEvent.click(tile(2));
    expect(selected()).toEqual([2]);
    await userEvent.click(tile(4), { modifiers: ['Shift'] });
    expect(selected()).toEqual([2, 3, 4]);
    await userEvent.click(tile(6), { modifiers: ['ControlOrMeta'] });
    expect(selected()).toEqual([2, 3, 4, 6]);
  });

  test('a rubber band selects what it covers', async () => {
    await open();
    await expect.element(tile(1)).toBeVisible();
    const grid = page.getByTestId('stack-grid').element();
    const [first, second] = [0, 1].map((at) => tile(at).element().getBoundingClientRect());
    const send = (type: string, x: number, y: number) =>
      tile(0)
        .element()
        .dispatchEvent(
          new PointerEvent(type, {
            clientX: x,
            clientY: y,
            button: 0,
            buttons: 1,
            bubbles: true,
            pointerId: 1,
          }),
        );
    grid.setPointerCapture = () => undefined;
    send('pointerdown', first.left + 20, first.top + 20);
    send('pointermove', second.left + 40, second.top + 60);
    send('pointerup', second.left + 40, second.top + 60);
    await vi.waitFor(() => expect(selected()).toEqual([0, 1]));
  });

  test('hovering over a stack scrubs through it', async () => {
    await open();
    await expect.element(tile(0)).toHaveTextContent('13 / 24');
    await userEvent.hover(tile(0), { position: { x: 8, y: 60 } });
    await expect.element(tile(0)).toHaveTextContent(/^.*[12] \/ 24/);
  });

  test('a double click opens the large picture, Escape leads back', async () => {
    await open();
    await userEvent.dblClick(tile(3));
    await expect.element(page.getByTestId('one-view')).toBeVisible();
    await expect.element(place()).toHaveTextContent(/^4 of /);
    await keys('{Escape}');
    await expect.element(page.getByTestId('stack-grid')).toBeVisible();
  });

  test('the slider changes the size of the stacks', async () => {
    await open();
    await expect.element(tile(0)).toBeVisible();
    const before = tile(0).element().getBoundingClientRect().width;
    (page.getByTestId('tile-size').element() as HTMLInputElement).focus();
    await keys('{End}');
    await vi.waitFor(() => expect(tile(0).element().getBoundingClientRect().width).toBeGreaterThan(before));
  });
});

describe('one large picture', () => {
  const stage = () => page.getByTestId('label-stage');
  const one = () => open(STATES['label/one']());

  test('shows the slice, its facts, its label and what the model says', async () => {
    await one();
    await expect.element(stage()).toHaveAccessibleName(/^Slice 13 of 24/);
    await expect.element(page.getByTestId('item-facts')).toHaveTextContent('mednist, train');
    await expect.element(page.getByTestId('model-says')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('is labelled by key, and the next one is there', async () => {
    const { labelOf } = await one();
    await vi.waitFor(() => expect(stage().element()).not.toHaveAttribute('data-shown', ''));
    const before = stage().element().getAttribute('data-shown');
    await keys('4');
    expect(labelOf(2)).toBe(3);
    await expect.element(place()).toHaveTextContent(/^4 of /);
    await vi.waitFor(() => expect(stage().element()).not.toHaveAttribute('data-shown', before!));
  });

  test('Space plays the stack, and stops', async () => {
    await one();
    await keys('{ArrowDown}');
    await expect.element(stage()).toHaveAccessibleName(/^Slice 14 of 24/);
    await keys(' ');
    await expect.element(page.getByTestId('label-play')).toHaveTextContent('Stop');
    await expect.element(stage()).not.toHaveAccessibleName(/^Slice 14 of 24/);
    await keys(' ');
    await expect.element(page.getByTestId('label-play')).toHaveTextContent('Play');
  });

  test('a mixed series is split open into its slices, and closed again', async () => {
    const { labels } = await one();
    await expect.element(page.getByTestId('item-facts')).toHaveTextContent('mixed');
    await userEvent.click(page.getByTestId('open-series'));
    await expect.element(page.getByTestId('label-shown')).toHaveTextContent('24 slices');
    await keys('{Home}4');
    expect(labels().label[48]).toBe(3);
    await userEvent.click(page.getByTestId('close-series'));
    await expect.element(page.getByTestId('label-shown')).toHaveTextContent(/ series$/);
  });
});

describe('filters', () => {
  test('narrow the queue, and a label that is given takes nothing out until asked', async () => {
    const { given } = await open({ ...FULL, page: 'label', view: { label: 'none' } });
    const shown = () => page.getByTestId('label-shown').element().textContent;
    const before = shown();
    await keys('1');
    expect(given()).toHaveLength(1);
    expect(shown()).toBe(before);
    await userEvent.click(page.getByTestId('filter-again'));
    await vi.waitFor(() => expect(shown()).not.toBe(before));
    await userEvent.click(page.getByTestId('label-unfilter'));
    await expect.element(page.getByTestId('label-shown')).toHaveTextContent(/^(\d+) of \1 series$/);
  });

  test('are chosen by hand, and stand in the address', async () => {
    const lab = await open();
    await keys('f');
    await userEvent.selectOptions(page.getByTestId('filter-label'), 'no label');
    expect(lab.state.getState().view.label).toBe('none');
    await userEvent.selectOptions(page.getByTestId('filter-predicted'), 'MR');
    await userEvent.fill(page.getByTestId('filter-from'), '70');
    expect(lab.state.getState().view).toMatchObject({ predicted: 'MR', from: '70' });
    expect(await violations()).toEqual([]);
  });

  test('that nothing passes say so, and so does the large picture', async () => {
    await open(STATES['label/none']());
    await expect.element(page.getByText('No series matches.')).toBeVisible();
    await keys('g');
    await expect.element(page.getByTestId('label-stage')).toHaveTextContent('No series matches.');
  });

  test('a search that finds nothing is taken back by one button', async () => {
    await open(STATES['label/full']());
    await userEvent.fill(page.getByTestId('label-search'), 'no such series');
    await expect.element(page.getByText('No series matches.')).toBeVisible();
    await page.getByTestId('label-unfilter').click();
    await expect.element(page.getByTestId('label-search')).toHaveValue('');
    await expect.element(page.getByTestId('stack').first()).toBeVisible();
  });
});

describe('figures', () => {
  test('slices per class and split, what is left, and the rate follow every press', async () => {
    await open();
    const left = () => Number((page.getByTestId('label-left').element() as HTMLElement).dataset.left);
    const cell = () =>
      page.getByTestId('label-tally').element().querySelector('[data-class="XR"] td')?.textContent;
    const [xr, without] = [cell(), left()];
    await keys('44444');
    expect(cell()).not.toBe(xr);
    expect(left()).toBeLessThan(without);
    await expect.element(page.getByTestId('label-rate')).toHaveTextContent(/^[\d,]+ a minute$/);
  });
});

test('doubts stand beside the grid, and the keys of the hidden queue label nothing', async () => {
  const { given } = await open();
  await userEvent.click(page.getByTestId('label-view').getByText('Doubts'));
  await expect.element(page.getByTestId('doubts')).toBeVisible();
  (document.activeElement as HTMLElement).blur();
  await keys('4');
  expect(given()).toEqual([]);
});

describe('states', () => {
  test('an empty project says what to do next', async () => {
    const lab = show(STATES['label/empty']());
    await expect.element(page.getByTestId('label-empty')).toHaveTextContent('or open the practice project');
    await userEvent.click(page.getByRole('button', { name: 'Go to Data' }));
    expect(lab.state.getState().page).toBe('data');
  });

  test('a first reading says that series appear when it is done', async () => {
    show(STATES['label/reading']());
    await expect.element(page.getByTestId('label-empty')).toHaveTextContent('Files are being read.');
  });

  test('a tab that may only read has its keys and buttons off, and says so', async () => {
    const { labelOf, labels } = await open(STATES['label/readonly']());
    const before = [...labels().labelOf];
    await keys('4x0u');
    expect([...labels().labelOf]).toEqual(before);
    expect(labelOf(0)).toBe(before[0]);
    await expect.element(page.getByTestId('label-MR')).toBeDisabled();
    await expect.element(page.getByText('Here you can only look.')).toBeVisible();
  });

  test('while a training runs labels can be given', async () => {
    const { labelOf } = await open(STATES['label/training']());
    await keys('4');
    expect(labelOf(0)).toBe(3);
  });

  test('a slice whose stored pixels are damaged is named as such', async () => {
    show(STATES['label/one'](), () => ({
      slicePictures: async (refs) => refs.map(() => null),
      inspect: () => Promise.reject(new Error('gone')),
    }));
    await expect
      .element(page.getByTestId('label-stage'))
      .toHaveTextContent('What is stored of this slice is damaged.');
  });
});
