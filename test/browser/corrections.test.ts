/** Results whose labels were corrected. */
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

describe('a run whose labels were changed', () => {
  test('says so under its figures, for the shown split, and that they are the old ones', async () => {
    show(STATES['results/changed']());
    const note = page.getByTestId('label-note');
    await expect
      .element(note)
      .toHaveTextContent(
        '4 labels of this split were changed after this run saw it: 3 by you, 1 by an import.',
      );
    await expect
      .element(note)
      .toHaveTextContent('2 slices of this split are excluded now, and counted here.');
    await expect.element(note).toHaveTextContent('The figures are those of the labels as they were.');
    await expect
      .element(note)
      .toHaveTextContent('12 labels of the test split were corrected by you before this run.');
    expect(await violations()).toEqual([]);
    await userEvent.click(page.getByTestId('split-train'));
    await expect.element(note).toHaveTextContent('7 labels of this split were changed');
    expect(note.element().textContent).not.toContain('corrected');
    await userEvent.click(page.getByTestId('split-validate'));
    await expect.element(note).not.toBeInTheDocument();
  });

  test('says so in the comparison, too; others say nothing', async () => {
    show(STATES['results/changed']());
    await userEvent.click(page.getByTestId('run-compare').first());
    const marks = page.getByTestId('compare-changed');
    await expect.element(marks).toHaveTextContent('6 test labels changed since · 12 corrected before');
    expect(marks.elements()).toHaveLength(1);
  });
});
