/** Settings and curves of compared runs, on the Results page. */
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

async function serious() {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

test('compared runs show what differs, and their curves along steps, epochs and minutes', async () => {
  show(STATES['results/full']());
  await userEvent.click(page.getByTestId('run-compare').first());
  await userEvent.click(page.getByTestId('run-compare').last());
  const comparison = page.getByTestId('run-comparison');
  await expect.element(comparison.getByText('What these runs differ in, and their curves')).toBeVisible();
  await expect.element(page.getByTestId('differing-settings')).toHaveTextContent('Network');
  expect(await serious()).toEqual([]);
  const drawn = () => comparison.element().querySelector('svg path[d^="M"]')?.getAttribute('d');
  await expect.poll(drawn).toBeTruthy();
  const before = drawn();
  await userEvent.click(page.getByTestId('overlay-scale').getByText('Logarithmic'));
  await expect.poll(drawn).not.toBe(before);
  await userEvent.click(page.getByTestId('overlay-x').getByText('Minutes'));
  await userEvent.click(page.getByTestId('overlay-metric').getByText('Balanced accuracy'));
  await expect.element(comparison.getByRole('figure')).toHaveAccessibleName(/^Balanced accuracy at the end/);
});

describe('of sixty runs', () => {
  const open = async () => {
    const lab = show(STATES['results/many']());
    await userEvent.click(page.getByTestId('chooser-open'));
    return lab;
  };
  const boxes = () => page.getByTestId('chooser-compare').elements() as HTMLInputElement[];

  test('some are chips; the list of all finds them by words and tag, and a name opens one', async () => {
    const lab = await open();
    expect(page.getByTestId('run-chip').elements()).toHaveLength(8);
    await expect.element(page.getByTestId('runs-count')).toHaveTextContent('60 runs');
    await expect
      .element(page.getByTestId('chooser-compared'))
      .toHaveTextContent('Tick runs to compare them with the shown one.');
    expect(page.getByTestId('chooser-row').elements().length).toBeLessThan(40);
    expect(await serious()).toEqual([]);
    await userEvent.selectOptions(page.getByTestId('runs-tag'), 'pilot');
    await expect.element(page.getByTestId('runs-count')).toHaveTextContent('30 of 60 runs');
    await userEvent.fill(page.getByTestId('runs-search'), 'best seed');
    await expect.poll(() => boxes().length).toBe(1);
    await userEvent.fill(page.getByTestId('runs-search'), 'no such run');
    await expect.element(page.getByText('No run is like this.')).toBeVisible();
    await userEvent.fill(page.getByTestId('runs-search'), '');
    page.getByRole('button', { name: 'Run 60 of the study', exact: true }).element().focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(lab.state.getState().detail).toBe('m57');
    await expect.element(page.getByTestId('run-chooser')).not.toBeInTheDocument();
  });

  test('twelve are compared at most: each is a row of its settings, and what they differ in is folded', async () => {
    await open();
    for (let i = 1; i <= 12; i++) {
      const next = boxes().find((box) => !box.checked && !box.disabled)!;
      await userEvent.click(next);
    }
    await expect
      .element(page.getByTestId('chooser-compared'))
      .toHaveTextContent('12 runs are compared, of 12 at most: one more takes the place of the first.');
    await userEvent.click(page.getByTestId('chooser-done'));
    const rows = page.getByTestId('differing-settings').element().querySelectorAll('tbody tr');
    expect([...rows].map((row) => row.querySelector('b')!.textContent).join('')).toBe('ABCDEFGHIJKL');
    const pair = page.getByTestId('run-pair').first();
    await expect.element(pair).toHaveTextContent(/accuracy .+ to .+, p [<=]/);
    expect(page.getByTestId('run-pair').elements()).toHaveLength(11);
    expect((pair.element() as HTMLDetailsElement).open).toBe(false);
    expect(await serious()).toEqual([]);
    await userEvent.click(page.getByTestId('chooser-open'));
    await userEvent.click(page.getByTestId('chooser-clear'));
    await userEvent.click(page.getByTestId('chooser-done'));
    await expect.element(page.getByTestId('run-pair').first()).not.toBeInTheDocument();
  });
});
