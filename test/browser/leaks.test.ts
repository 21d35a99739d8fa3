/** The leak guard on the Data page: every state in words, findings side by side, mended by mouse and by key. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { NO_GUARD } from '../../src/app/guard.ts';
import type { State } from '../../src/app/state.ts';
import { makeFinding, makeGuard } from '../fakes/guard.ts';
import { FULL, STATES } from '../fakes/state.ts';
import { misfits } from '../harness/misfits.js';
import { leave, show } from '../harness/show.ts';

const line = page.getByTestId('leak-state');
const row = (index: number) => page.getByTestId('leak').nth(index);
const mended = (lab: { calls: unknown[][] }) => lab.calls.filter(([name]) => name === 'mendLeak');
const guarded = (guard: State['guard']): State => ({ ...FULL, guard });

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

test('the page says what is known: nothing yet, no copy, copies, and that slices have changed since', async () => {
  show(guarded(NO_GUARD));
  await expect.element(line).toHaveTextContent('Copies of pictures have not been looked for in these data.');
  leave();
  const clean = makeGuard({ found: { findings: [] } });
  show(guarded(clean));
  await expect.element(line).toHaveTextContent(/^Checked 2,310 slices on .*: no picture is in two splits\.$/);
  leave();
  show(guarded({ ...clean, checked: { ...clean.checked!, isCurrent: false } }));
  await expect.element(line).toHaveTextContent('The slices have changed since: check again.');
  leave();
  show(guarded(makeGuard()));
  await expect
    .element(line)
    .toHaveTextContent(
      '2 pairs of datasets share pictures across splits. Within a split, 1 set of copies counts twice.',
    );
});

test('a check says how far it is, and is cancelled', async () => {
  show(guarded(NO_GUARD));
  await userEvent.click(page.getByTestId('leak-check'));
  await expect.element(page.getByTestId('leak-progress')).toHaveTextContent('Comparing the slices');
  await expect.element(page.getByTestId('leak-guard')).toHaveTextContent('612 slices/s');
  await userEvent.click(page.getByTestId('leak-cancel'));
  await expect.element(page.getByTestId('leak-check')).toBeVisible();
});

test('findings stand side by side, each with what is shared and what becomes of it', async () => {
  show(STATES['data/leaks']());
  const [copy, , patient, dismissed, repeat] = [0, 1, 2, 3, 4].map(row);
  await expect
    .element(copy)
    .toHaveTextContent(/27 slices of “.+” are in “ct_lidc_chest”, too, 1 whole series among them\./);
  await expect
    .element(patient)
    .toHaveTextContent(/share 2 patients\. Their slices are left out of training already\./);
  await expect.element(dismissed).toHaveTextContent('You said that this is no leak.');
  await expect
    .element(repeat)
    .toHaveTextContent(/12 slices of “ct_lidc_chest” are in it a second time.*They count twice/);
  expect([...repeat.element().querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual([
    'Leave 12 copies out X',
    'Not a leak =',
  ]);
  await expect.poll(() => copy.element().querySelectorAll('canvas').length).toBe(2);
  expect(patient.element().querySelectorAll('button')).toHaveLength(1);
  expect(await violations()).toEqual([]);
});

test('keys mend the marked finding and go on to the next', async () => {
  const lab = show(STATES['data/leaks']());
  await expect.poll(() => document.activeElement?.getAttribute('data-testid')).toBe('leak');
  await userEvent.keyboard('x');
  await expect.element(page.getByTestId('leak-findings').getByTestId('said')).toHaveTextContent('Left out.');
  await expect.poll(() => document.activeElement?.getAttribute('data-testid')).toBe('leak');
  await userEvent.keyboard('m');
  expect(mended(lab).map(([, finding, mend]) => [(finding as { id: string }).id, mend])).toEqual([
    ['copy a b', 'exclude'],
    ['copy a c', 'move'],
  ]);
});

test('buttons mend as the keys do; nothing is mended in a tab that only looks', async () => {
  const finding = makeFinding();
  const lab = show({
    ...guarded(makeGuard({ found: { findings: [finding] } })),
    view: { guard: 'open' },
  });
  await userEvent.click(page.getByTestId('leak-dismiss'));
  expect(mended(lab)).toEqual([['mendLeak', finding, 'dismiss']]);
  await expect
    .element(page.getByTestId('leak-left'))
    .toHaveTextContent('No picture is known to be in the data twice, and no patient in two splits.');
  // With the last row the focus is gone, but U is still heard.
  expect(page.getByTestId('leak-findings').element().contains(document.activeElement)).toBe(true);
  expect(document.activeElement).not.toBe(document.body);
  leave();
  const looking = show({ ...STATES['data/leaks'](), readOnly: true });
  await expect.poll(() => document.activeElement?.getAttribute('data-testid')).toBe('leak');
  await userEvent.keyboard('x');
  expect(mended(looking)).toEqual([]);
});
