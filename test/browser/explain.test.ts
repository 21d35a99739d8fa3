/** "Why did it say that?" and "How it sees" in the inspector: live answers, maps, changes of the slice, failures. */
import axe from 'axe-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { STATES } from '../fakes/state.ts';
import { misfits } from '../harness/misfits.js';
import { leave, show } from '../harness/show.ts';

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, { resultTypes: ['violations'] });
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(leave);

/** Opens a slice, and the side of the inspector that asks. */
async function open(side: 'Why?' | 'How it sees', state = STATES['data/full']()) {
  const lab = show(state);
  await expect.element(page.getByTestId('slice').first()).toBeInTheDocument();
  (page.getByTestId('slice').first().element() as HTMLElement).click();
  await expect.element(page.getByTestId('histogram')).toBeInTheDocument();
  await userEvent.click(page.getByTestId('inspect-side').getByText(side));
  return lab;
}

const answer = () => page.getByTestId('why-answer').element().textContent ?? '';
const shares = () =>
  [...page.getByTestId('why').getByRole('list').element().querySelectorAll('li')].map(
    (line) => line.textContent,
  );
/** Whether anything is drawn on a map. */
function covers(index = 0): boolean {
  const canvas = page.getByTestId('heat').elements()[index].querySelector('canvas')!;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value) => value > 0);
}

describe('Why did it say that?', () => {
  test('shows the answer, and its map over the slice and over the original', async () => {
    const lab = await open('Why?');
    await expect.poll(answer).toMatch(/^CT, \d+\s%$/);
    expect(page.getByTestId('heat').elements()).toHaveLength(2);
    await expect.poll(() => covers(0) && covers(1)).toBe(true);
    await expect.element(page.getByTestId('colour-bar')).toBeVisible();
    await expect
      .element(page.getByTestId('why-words'))
      .toHaveTextContent('4 × 4 cells of the last convolution');
    const [, run, slice] = lab.calls.find(([name]) => name === 'explain')!;
    expect(lab.state.getState().runs.map(({ id }) => id)).toContain(run);
    expect((slice as Uint8Array).length).toBe(224 * 224);
    expect(await violations()).toEqual([]);
  });

  test('the opacity of the map, of both and of the bar, follows the slider', async () => {
    await open('Why?');
    await expect.element(page.getByTestId('heat').first()).toBeInTheDocument();
    await userEvent.fill(page.getByTestId('why-opacity'), '20');
    const opacities = () =>
      [
        ...page.getByTestId('heat').elements(),
        page.getByTestId('colour-bar').element().querySelector('canvas')!,
      ].map((element) => (element as HTMLElement).style.opacity);
    await expect.poll(opacities).toEqual(['0.2', '0.2', '0.2']);
  });

  test('a class for which nothing speaks has an empty map, and says so', async () => {
    await open('Why?');
    await expect.poll(() => covers()).toBe(true);
    await userEvent.click(page.getByTestId('why-class').getByText('XR'));
    await expect.element(page.getByTestId('why-words')).toHaveTextContent('nowhere');
    // The map is painted after the words.
    await expect.poll(() => covers()).toBe(false);
  });

  test('a change of the slice changes the answer at once, beside what it was, and can be undone', async () => {
    const lab = await open('Why?');
    await expect.poll(answer).toMatch(/^CT/);
    const before = shares();
    await userEvent.click(page.getByTestId('edit-inverted'));
    await expect.poll(() => shares()[0]).not.toBe(before[0]);
    // The original beside it is not what was asked about any more.
    expect(page.getByTestId('heat').elements()).toHaveLength(1);
    await expect.poll(() => shares()[0]).toContain('unchanged slice');
    const slices = lab.calls.filter(([name]) => name === 'explain').map(([, , slice]) => slice as Uint8Array);
    const [first, second] = slices;
    expect(second.slice(0, 500)).toEqual(first.slice(0, 500).map((value) => 255 - value));
    await userEvent.click(page.getByTestId('edit-reset'));
    await expect.poll(shares).toEqual(before);
  });

  test('the slice is cropped by drawing a rectangle, and by keys', async () => {
    await open('Why?');
    await expect.poll(answer).toMatch(/^CT/);
    const value = (side: string) =>
      Number((page.getByTestId(`crop-${side}`).element() as HTMLInputElement).value);
    const slice = page.getByTestId('edited-slice').element();
    slice.scrollIntoView({ block: 'center' });
    const box = slice.getBoundingClientRect();
    const at = (u: number, v: number) => ({
      bubbles: true,
      button: 0,
      pointerId: 1,
      clientX: box.left + u * box.width,
      clientY: box.top + v * box.height,
    });
    // A pointer made by a script can't be captured.
    (slice as HTMLElement).setPointerCapture = () => {};
    slice.dispatchEvent(new PointerEvent('pointerdown', at(0.75, 0.5)));
    await new Promise(requestAnimationFrame);
    slice.dispatchEvent(new PointerEvent('pointermove', at(0.25, 0)));
    await new Promise(requestAnimationFrame);
    slice.dispatchEvent(new PointerEvent('pointerup', at(0.25, 0)));
    await expect.poll(() => ['left', 'top', 'width', 'height'].map(value)).toEqual([56, 0, 112, 112]);
    await userEvent.fill(page.getByTestId('crop-width'), '40');
    await expect.poll(() => value('width')).toBe(40);
    expect(await violations()).toEqual([]);
    await userEvent.click(page.getByTestId('edit-reset'));
    expect(['left', 'top', 'width', 'height'].map(value)).toEqual([0, 0, 224, 224]);
  });

  test('occlusion shows rises and falls, and ends when another map is chosen', async () => {
    const lab = await open('Why?');
    await expect.poll(answer).toMatch(/^CT/);
    await userEvent.click(page.getByTestId('why-method').getByText('Occlusion'));
    await expect.element(page.getByTestId('colour-bar')).toHaveTextContent(/rises.*falls/);
    await expect.poll(() => covers()).toBe(true);
    const [, , , options] = lab.calls.find(([name]) => name === 'occlude')!;
    expect((options as { signal: AbortSignal }).signal.aborted).toBe(false);
    await userEvent.click(page.getByTestId('why-method').getByText('None'));
    await expect.element(page.getByTestId('heat')).not.toBeInTheDocument();
    await expect.element(page.getByTestId('colour-bar')).not.toBeInTheDocument();
  });

  test('closing the inspector takes back what is asked', async () => {
    const lab = await open('Why?', STATES['data/slow-model']());
    await userEvent.click(page.getByTestId('why-method').getByText('Occlusion'));
    await expect.element(page.getByTestId('why-progress')).toBeVisible();
    await expect.element(page.getByTestId('why-pending')).toHaveTextContent('Reading the model');
    const [, , , options] = lab.calls.find(([name]) => name === 'occlude')!;
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByTestId('slice-drawer')).not.toBeInTheDocument();
    expect((options as { signal: AbortSignal }).signal.aborted).toBe(true);
  });

  test('keys of the inspector stay with the fields of the panel', async () => {
    await open('Why?');
    (page.getByTestId('edit-blur').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.poll(() => (page.getByTestId('edit-blur').element() as HTMLInputElement).value).toBe('1');
    await expect.element(page.getByTestId('stage')).toHaveAccessibleName(/^Slice 1 of 24/);
  });

  test('a model that can’t be read says why and what to do, and is asked again', async () => {
    const lab = await open('Why?', STATES['data/broken-model']());
    const failed = page.getByTestId('why-failed');
    await expect.element(failed).toHaveTextContent(/is damaged.*Nothing was done.*train again/);
    const asked = () => lab.calls.filter(([name]) => name === 'explain').length;
    const before = asked();
    await userEvent.click(failed.getByRole('button'));
    await expect.poll(asked).toBe(before + 1);
    expect(await violations()).toEqual([]);
  });

  test('without a finished run there is nothing to ask', async () => {
    show({ ...STATES['data/full'](), runs: [] });
    await expect.element(page.getByTestId('slice').first()).toBeInTheDocument();
    (page.getByTestId('slice').first().element() as HTMLElement).click();
    await expect.element(page.getByTestId('tensor')).toBeInTheDocument();
    await expect.element(page.getByTestId('inspect-side').getByText('Header')).toBeInTheDocument();
    await expect.element(page.getByTestId('inspect-side').getByText('Why?')).not.toBeInTheDocument();
  });

  test('of Results asks the run shown, and another one when it is chosen', async () => {
    const lab = show({ ...STATES['results/full'](), detail: 'r2' });
    await userEvent.click(page.getByTestId('cell-CT-MR'));
    await userEvent.click(page.getByTestId('inspect-side').getByText('Why?'));
    const asked = () => lab.calls.findLast(([name]) => name === 'explain')?.[1];
    await expect.poll(asked).toBe('r2');
    await userEvent.selectOptions(page.getByTestId('asked-model'), 'r1');
    await expect.poll(asked).toBe('r1');
  });
});

test('How it sees has a grid of maps for each stage, and the classifier’s readings', async () => {
  await open('How it sees');
  await expect.element(page.getByTestId('stage-maps').first()).toBeVisible();
  expect(page.getByTestId('stage-maps').elements()).toHaveLength(5);
  await expect.element(page.getByRole('img', { name: '16 of 64 feature maps of Stem' })).toBeInTheDocument();
  expect(page.getByTestId('reading').elements()).toHaveLength(2);
  await expect.element(page.getByTestId('reading').last()).toHaveTextContent('The answer');
  const canvas = page.getByTestId('stage-maps').first().element().querySelector('canvas')!;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  expect(data.some((value, i) => i % 4 === 0 && value > 100)).toBe(true);
  expect(await violations()).toEqual([]);
});

describe.each([
  ['at twice the size', 683, 384],
  ['on a phone', 390, 844],
] as const)('%s', (_, width, height) => {
  beforeAll(() => page.viewport(width, height));
  afterAll(() => page.viewport(1366, 768));

  test.each(['Why?', 'How it sees'] as const)('%s fits, and every control can be reached', async (side) => {
    await open(side);
    const there = side === 'Why?' ? 'colour-bar' : 'reading';
    await expect.element(page.getByTestId(there).first()).toBeInTheDocument();
    expect(misfits({ print: false })).toEqual([]);
    expect(await violations()).toEqual([]);
  });
});
