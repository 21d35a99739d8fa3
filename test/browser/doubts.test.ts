/** The queue of doubts: every state, answered by mouse and by key. */
import axe from 'axe-core';
import { createElement } from 'react';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AuditState } from '../../src/app/audit.ts';
import type { State } from '../../src/app/state.ts';
import type { Doubt } from '../../src/core/audit/queue.ts';
import { Doubts } from '../../src/ui/label/Doubts.tsx';
import { makeAuditState, makeDoubt, makeNoise } from '../fakes/audit.ts';
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
    // There is nothing to answer yet.
    expect(page.getByTestId('doubt-bar').elements()).toEqual([]);
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

test('an audit of another label set is told apart', async () => {
  show(makeAuditState({ looking: 'old', progress: { doing: 'comparing', done: 1, total: 9 } }), {
    labelSets: [FULL.labelSet, { ...FULL.labelSet, id: 'old', name: 'Old set' }],
  });
  await expect.element(page.getByTestId('audit-progress')).toHaveTextContent('Old set: Comparing 9 slices');
});

describe('an audit cannot begin', () => {
  test.each([
    [
      'while a run is trained',
      { live: { run: 'r' } as State['live'] },
      'A training is under way, and both would share the device. Wait until it has ended, or stop it on the Train page.',
    ],
    [
      'while files are classified',
      { job: { kind: 'classify' } as State['job'] },
      'Files are being classified. Wait until that has ended, or cancel it.',
    ],
    [
      'in a tab that may not write',
      { readOnly: true },
      'This project is open in another tab. Take over to look for doubts here.',
    ],
  ])('%s, and its button says why', async (_, state, reason) => {
    show(makeAuditState(), state);
    await expect.element(page.getByTestId('audit-start')).toBeDisabled();
    await expect.element(page.getByTestId('audit-start')).toHaveAccessibleDescription(reason);
    await expect.element(page.getByText(reason)).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});

describe('how many labels are wrong', () => {
  test('is one sentence with its range, and by classes on request', async () => {
    show(makeAuditState());
    const noise = page.getByTestId('noise');
    await expect
      .element(noise)
      .toHaveTextContent('About 34 of 671 judged labels are probably wrong (between 25 and 47)');
    await userEvent.click(noise.getByText('About 34'));
    await expect.element(noise.getByText('where they are poor, it is too high')).toBeVisible();
    const rows = noise.element().querySelectorAll('tbody tr');
    expect([...rows].map((row) => row.textContent)).toEqual([
      'CTMR14240',
      'MRCT12231',
      'CTPT4240',
      'PTCT380',
      'others1',
    ]);
    expect(await violations()).toEqual([]);
  });

  test('may be none, and is nothing before a judgement', async () => {
    const { found } = makeAuditState();
    const none = makeNoise({ wrong: 0.2, low: 0, high: 1.4, pairs: [] });
    show(makeAuditState({ found: { ...found!, noise: none } }));
    await expect
      .element(page.getByTestId('noise'))
      .toHaveTextContent('None of 671 judged labels are probably wrong (between 0 and 2)');
    leave();
    show(makeAuditState({ found: { ...found!, noise: null, judgedMs: null } }));
    await expect.element(page.getByTestId('doubt').first()).toBeVisible();
    expect(page.getByTestId('noise').elements()).toEqual([]);
  });
});

describe('a doubt without a proposal', () => {
  const unsure = makeDoubt(0, { kind: 'unsure', doubt: 0.4, proposed: null, rivals: [1] });
  const unlabelled = makeDoubt(1, {
    kind: 'unlabelled',
    label: 255,
    source: 'none',
    proposed: null,
    rivals: [],
  });
  const only = (...items: Doubt[]) => makeAuditState({ found: { ...makeAuditState().found!, items } });

  test('has the buttons of all classes, of its rivals, and the others', async () => {
    show(only(unsure));
    const row = page.getByTestId('doubt').first();
    const names = () =>
      row
        .getByRole('button')
        .elements()
        .map((one) => one.textContent?.trim());
    await expect.poll(names).toEqual(['Label MR 2', 'Leave as it is =', 'Exclude X']);
    const bar = page.getByTestId('doubt-bar');
    expect(
      bar
        .getByRole('button')
        .elements()
        .map((one) => one.textContent?.replace(/\s+/g, '')),
    ).toEqual(['CT1', 'MR2', 'PT3', 'XR4', 'Nolabel0', 'Leaveasitis=', 'ExcludeX', 'UndoU', 'RedoR']);
    await expect.element(page.getByTestId('doubt-label-CT')).toHaveAttribute('aria-pressed', 'true');
    expect(await violations()).toEqual([]);
  });

  test.each([
    ['doubt-label-XR', { kind: 'label', class: 'XR' }],
    ['doubt-keep', { kind: 'keep' }],
    ['doubt-exclude', { kind: 'exclude' }],
  ])('is answered by the button %s', async (button, answer) => {
    const lab = show(only(unlabelled));
    await userEvent.click(page.getByTestId(button));
    expect(named(lab, 'answerDoubt')).toEqual([['answerDoubt', unlabelled, answer]]);
  });

  test('without a label can be left so, and Enter gives none', async () => {
    const lab = show(only(unlabelled, unsure));
    await expect.element(page.getByTestId('doubt').first()).toBeVisible();
    await userEvent.keyboard('{Enter}=');
    expect(named(lab, 'answerDoubt')).toEqual([['answerDoubt', unlabelled, { kind: 'keep' }]]);
  });
});

describe('keys', () => {
  test('are heard wherever the focus is, and the next doubt then has it', async () => {
    const lab = show(makeAuditState());
    await expect.element(page.getByTestId('doubt').first()).toBeVisible();
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard('2');
    expect(named(lab, 'answerDoubt')).toEqual([['answerDoubt', FIRST, { kind: 'label', class: 'MR' }]]);
    await expect.poll(() => document.activeElement?.getAttribute('aria-rowindex')).toBe('1');
  });

  test('take an answer back, and the doubt that comes back has the focus', async () => {
    const lab = show(makeAuditState());
    await expect.element(page.getByTestId('doubt').first()).toBeVisible();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}=');
    const third = makeAuditState().found!.items[1];
    expect(named(lab, 'answerDoubt')).toEqual([['answerDoubt', third, { kind: 'keep' }]]);
    await userEvent.keyboard('u');
    expect(named(lab, 'undoAnswer')).toHaveLength(1);
    await expect.poll(() => document.activeElement?.textContent).toContain(third.reason);
    await userEvent.keyboard('r');
    expect(named(lab, 'redoAnswer')).toHaveLength(1);
  });

  test('take back the last answer also when no doubt is left', async () => {
    const { found } = makeAuditState();
    const lab = show(makeAuditState({ found: { ...found!, items: [] } }));
    await expect.element(page.getByTestId('no-doubts')).toBeVisible();
    await userEvent.keyboard('u');
    expect(named(lab, 'undoAnswer')).toHaveLength(1);
    await expect.element(page.getByTestId('doubt').first()).toBeVisible();
  });
});

describe('the queue', () => {
  test('shows reasons, the strongest first, and draws only what is in view', async () => {
    show(makeAuditState());
    await expect.element(page.getByText(FIRST.reason).first()).toBeVisible();
    expect(page.getByTestId('doubt').elements().length).toBeLessThan(20);
    await expect.element(page.getByText('20 slices came later or could not be judged.')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('where no label could be judged says why, and what to do', async () => {
    const none = makeAuditState();
    show({ ...none, found: { ...none.found!, items: [], judged: 0, noise: null } });
    await expect.element(page.getByText('The models could judge no label')).toBeVisible();
    await expect.element(page.getByTestId('no-doubts')).not.toBeInTheDocument();
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
    ['0', { kind: 'label', class: null }],
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
    await expect.poll(() => document.activeElement?.getAttribute('aria-rowindex')).toBe('3');
    expect(document.querySelectorAll('[data-testid="doubt"][tabindex="0"]')).toHaveLength(1);
  });

  test('says so when nothing of a kind is left', async () => {
    show(makeAuditState());
    await userEvent.selectOptions(page.getByTestId('doubt-kind'), 'odd');
    await expect.element(page.getByTestId('no-doubts')).toHaveTextContent('None of this kind is left.');
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
