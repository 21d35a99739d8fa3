/** The queue of doubts: every state, answered by mouse and by key. */
import axe from 'axe-core';
import { createElement } from 'react';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AuditState } from '../../src/app/audit.ts';
import type { State } from '../../src/app/state.ts';
import type { Doubt } from '../../src/core/audit/queue.ts';
import { Doubts } from '../../src/ui/label/Doubts.tsx';
import { makeAuditState } from '../fakes/audit.ts';
import { FULL } from '../fakes/state.ts';
import { misfits } from '../harness/misfits.js';
import { leave, showPart } from '../harness/show.ts';

const show = (audit: AuditState | null, state: Partial<State> = {}, onShow?: (doubt: Doubt) => void) =>
  showPart(createElement(Doubts, onShow ? { onShow } : {}), { ...FULL, audit, ...state }, () => ({}));

const named = (lab: { calls: unknown[][] }, name: string) => lab.calls.filter(([one]) => one === name);
const FIRST = makeAuditState().found!.items[0];

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

describe('before an audit', () => {
  test('labels are ranked by what is known, and a button looks for doubts', async () => {
    const none = makeAuditState();
    const lab = show({ ...none, found: { ...none.found!, items: [], judgedMs: null, judged: 0 } });
    await expect.element(page.getByText('Three quick models each learn')).toBeVisible();
    await userEvent.click(page.getByTestId('audit-start'));
    expect(named(lab, 'startAudit')).toHaveLength(1);
    await expect.element(page.getByText('Reading 1,100 slices')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('they are ranked when the page opens', async () => {
    const lab = show(null);
    await expect.element(page.getByTestId('doubt').first()).toBeVisible();
    expect(named(lab, 'rankDoubts')).toHaveLength(1);
  });
});

test('an audit under way shows the model at work, its speed and the time left, and can be cancelled', async () => {
  const lab = show(
    makeAuditState({
      progress: { doing: 'learning', fold: 1, k: 3, done: 0.4, imagesPerSecond: 310, secondsLeft: 200 },
    }),
  );
  const bar = page.getByTestId('audit-progress');
  await expect.element(bar).toHaveTextContent('Model 2 of 3 learns310 images/s · 3 min 20 s leftCancel');
  await userEvent.click(page.getByTestId('audit-cancel'));
  expect(named(lab, 'cancelAudit')).toHaveLength(1);
  await expect.element(page.getByTestId('audit-start')).toHaveTextContent('Look again');
});

describe('the queue', () => {
  test('shows reasons, the strongest first, and draws only what is in view', async () => {
    show(makeAuditState());
    await expect.element(page.getByText(FIRST.reason).first()).toBeVisible();
    expect(page.getByTestId('doubt').elements().length).toBeLessThan(20);
    await expect.element(page.getByText('20 slices came later or could not be judged.')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('can be narrowed to one kind, with both pictures of a pair', async () => {
    show(makeAuditState());
    await userEvent.selectOptions(page.getByTestId('doubt-kind'), 'twin');
    await expect
      .element(page.getByTestId('doubt').first())
      .toHaveTextContent('The same picture is labelled MR');
    expect(page.getByTestId('doubt').elements()).toHaveLength(1);
    await expect.poll(() => document.querySelectorAll('[data-testid="doubt"] canvas').length).toBe(2);
  });

  test.each([
    ['Label MR', { kind: 'label', class: 'MR' }],
    ['Leave as it is', { kind: 'keep' }],
    ['Exclude', { kind: 'exclude' }],
  ])('“%s” answers by its button', async (name, answer) => {
    const lab = show(makeAuditState());
    await userEvent.click(page.getByTestId('doubt').first().getByRole('button', { name }));
    expect(named(lab, 'answerDoubt')).toEqual([['answerDoubt', FIRST, answer]]);
  });

  test.each([
    ['{Enter}', { kind: 'label', class: 'MR' }],
    ['=', { kind: 'keep' }],
    ['x', { kind: 'exclude' }],
    ['4', { kind: 'label', class: 'XR' }],
  ])('%s answers by key, and the next doubt has the focus', async (key, answer) => {
    const lab = show(makeAuditState());
    await expect.element(page.getByTestId('doubt').first()).toBeVisible();
    (page.getByTestId('doubt').first().element() as HTMLElement).focus();
    await userEvent.keyboard(key);
    expect(named(lab, 'answerDoubt')).toEqual([['answerDoubt', FIRST, answer]]);
    const second = makeAuditState().found!.items[1];
    await expect.poll(() => document.activeElement?.textContent).toContain(second.reason);
  });

  test('is one tab stop, and arrow keys move in it', async () => {
    show(makeAuditState());
    await expect.element(page.getByTestId('doubt').first()).toBeVisible();
    (page.getByTestId('doubt').first().element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.poll(() => document.activeElement?.getAttribute('aria-posinset')).toBe('3');
    expect(document.querySelectorAll('[data-testid="doubt"][tabindex="0"]')).toHaveLength(1);
  });

  test('says so when nothing is left', async () => {
    const state = makeAuditState();
    show({ ...state, found: { ...state.found!, items: [], judged: 1100 } });
    await expect.element(page.getByTestId('no-doubts')).toHaveTextContent('No doubts are left.');
  });

  test('is only looked at in a tab that may not write', async () => {
    const lab = show(makeAuditState(), { readOnly: true });
    await expect.element(page.getByTestId('audit-start')).toBeDisabled();
    await expect.element(page.getByTestId('doubt').first()).toBeVisible();
    (page.getByTestId('doubt').first().element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    expect(named(lab, 'answerDoubt')).toEqual([]);
  });

  test('opens the images of a doubt where the page can', async () => {
    const shown: Doubt[] = [];
    show(makeAuditState(), {}, (doubt) => shown.push(doubt));
    await userEvent.click(page.getByTestId('doubt').first().getByRole('button', { name: 'Show' }));
    expect(shown).toEqual([FIRST]);
  });
});

test.each(['light', 'dark'] as const)('is readable in the %s theme', async (theme) => {
  document.documentElement.dataset.theme = theme;
  show(makeAuditState());
  await expect.element(page.getByTestId('doubt').first()).toBeVisible();
  expect(await violations()).toEqual([]);
});
