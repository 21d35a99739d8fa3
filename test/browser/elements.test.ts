/** The inspector's list of header elements: hidden until asked for, searched, opened by key, copied. */
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(() => {
  vi.restoreAllMocks();
  leave();
});

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, { resultTypes: ['violations'] });
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

/** Opens slice `at` and the side with the elements. */
async function open(at = 0) {
  const lab = show({ ...STATES['data/full'](), runs: [] });
  await expect.element(page.getByTestId('slice').first()).toBeVisible();
  await userEvent.click(page.getByTestId('slice').nth(at));
  await userEvent.click(page.getByTestId('inspect-side').getByText('Header'));
  return lab;
}

const row = (name: string) => page.getByRole('treeitem', { name });
const rows = () =>
  page
    .getByTestId('element-row')
    .elements()
    .map(({ textContent }) => textContent);

describe('header elements', () => {
  test('are not even read until asked for; the page says that they may name the patient', async () => {
    const lab = await open();
    await expect.element(page.getByTestId('elements-hidden')).toHaveTextContent('may name the patient');
    expect(lab.calls.some(([name]) => name === 'header')).toBe(false);
    expect(await violations()).toEqual([]);
    await userEvent.click(page.getByTestId('elements-show'));
    await expect.element(row("Patient's Name")).toHaveTextContent('Nobody^At^All');
    await expect.element(page.getByTestId('element-count')).toHaveTextContent('74 elements');
    expect(await violations()).toEqual([]);
  });

  test('open and close by key, with one tab stop; the inspector’s own keys stay out', async () => {
    await open();
    await userEvent.click(page.getByTestId('elements-show'));
    const stage = page.getByTestId('stage').element().getAttribute('aria-label');
    await userEvent.click(row('Modality'));
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.element(row('Referenced Image Sequence')).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(row('Referenced Image Sequence')).toHaveAttribute('aria-expanded', 'true');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    await expect.element(row('Referenced SOP Class UID')).toHaveFocus();
    await expect.element(row('Referenced SOP Class UID')).toHaveAttribute('aria-level', '3');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    await expect.element(row('Referenced Image Sequence')).toHaveAttribute('aria-expanded', 'false');
    await userEvent.keyboard('{End}');
    await expect.element(row('Private: MAKER 1.0')).toHaveFocus();
    expect(page.getByTestId('stage').element().getAttribute('aria-label')).toBe(stage);
    expect(document.querySelectorAll('[data-testid="element-row"][tabindex="0"]')).toHaveLength(1);
  });

  test('are searched by tag, name and value, inside sequences too', async () => {
    await open();
    await userEvent.click(page.getByTestId('elements-show'));
    await userEvent.fill(page.getByTestId('element-search'), '1.2.3.2');
    await expect.poll(rows).toHaveLength(3);
    await userEvent.fill(page.getByTestId('element-search'), 'no such element');
    await expect.element(page.getByText('No element is like this.')).toBeVisible();
    await userEvent.fill(page.getByTestId('element-search'), '00102');
    await expect.element(page.getByTestId('element-whole')).toHaveTextContent('no history, no history');
  });

  test('are copied as text, one or all, and it is said that they may name the patient', async () => {
    const written: string[] = [];
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text));
    await open();
    await userEvent.click(page.getByTestId('elements-show'));
    await expect.element(page.getByTestId('element-copied')).toHaveTextContent('may name the patient');
    await userEvent.click(row('Modality'));
    await userEvent.click(page.getByTestId('element-copy'));
    expect(written).toEqual(['(0008,0060) CS 2  Modality: CT\n']);
    await expect.element(page.getByTestId('element-copied')).toHaveTextContent('Copied 1 line.');
    await userEvent.click(page.getByTestId('element-copy-all'));
    await vi.waitFor(() =>
      expect(written[1]).toContain('    (0008,1155) UI 8  Referenced SOP Instance UID: 1.2.3.1'),
    );
  });

  test('that the browser refuses to copy are not said to be copied', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
    await open();
    await userEvent.click(page.getByTestId('elements-show'));
    await userEvent.click(page.getByTestId('element-copy-all'));
    await expect.element(page.getByTestId('element-copied')).toHaveTextContent('nothing was copied');
  });

  test('of a file that is not at hand: why, and what to do', async () => {
    await open(2);
    await userEvent.click(page.getByTestId('elements-show'));
    await expect.element(page.getByTestId('elements-missing')).toHaveTextContent('Drop the folder again');
  });

  test('follow the slices, and stay open where they were', async () => {
    await open();
    await userEvent.click(page.getByTestId('elements-show'));
    await userEvent.click(row('Referenced Image Sequence'));
    page.getByTestId('stage').element().focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByTestId('stage')).toHaveAccessibleName(/^Slice 2 of 24/);
    await expect.element(row('Item 2')).toBeVisible();
    await userEvent.fill(page.getByTestId('element-search'), 'instance number');
    await expect.element(row('Instance Number')).toHaveTextContent('1');
  });

  test('that are cut short say so', async () => {
    await open(3);
    await userEvent.click(page.getByTestId('elements-show'));
    await expect.element(page.getByTestId('element-count')).toHaveTextContent('can’t be read');
  });
});
