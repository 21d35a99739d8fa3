/** Results whose labels were corrected. */
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { State } from '../../src/app/state.ts';
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

describe('the slices behind a figure', () => {
  const marks = () =>
    page
      .getByTestId('slice-mark')
      .elements()
      .map(({ textContent }) => textContent);
  const acts = (calls: unknown[][]) =>
    calls.filter(([name]) => ['correctSlices', 'undoCorrection', 'redoCorrection'].includes(String(name)));

  async function open(more: Partial<State> = {}, patch?: Parameters<typeof show>[1]) {
    const lab = show({ ...STATES['results/full'](), view: { cell: 'CT-MR' }, ...more }, patch);
    await expect.element(page.getByTestId('slice').first()).toBeVisible();
    await expect.element(page.getByTestId('inspector')).toBeVisible();
    return lab;
  }

  test('are corrected by key: a class and on, 0 and X stay; the cards say so, U and R take back and give again', async () => {
    const { calls } = await open();
    await userEvent.keyboard('2');
    await expect.poll(marks).toEqual(['→ MR']);
    await userEvent.keyboard('0');
    await expect.poll(marks).toEqual(['→ MR', 'no label']);
    await userEvent.keyboard('x');
    await expect.poll(marks).toEqual(['→ MR', 'excluded']);
    await userEvent.keyboard('uu');
    await expect.poll(marks).toEqual(['→ MR']);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.poll(marks).toEqual(['→ MR', 'no label']);
    const label = (to: string | null) => ({ kind: 'label', set: 'modality', class: to, source: 'user' });
    const found = acts(calls);
    expect(found.slice(0, 3)).toEqual([
      ['correctSlices', [{ shard: 0, row: 0 }], label('MR')],
      ['correctSlices', [{ shard: 0, row: 1 }], label(null)],
      ['correctSlices', [{ shard: 0, row: 1 }], { kind: 'exclude', exclude: true }],
    ]);
    expect(found.slice(3).map(([name]) => name)).toEqual([
      'undoCorrection',
      'undoCorrection',
      'redoCorrection',
    ]);
    await expect.element(page.getByTestId('correct-made')).toHaveTextContent('2 changes here');
    expect(await violations()).toEqual([]);
  });

  test('are corrected by button, too; what was done elsewhere is not taken back here', async () => {
    const { calls } = await open();
    await expect.element(page.getByTestId('correct-undo')).toBeDisabled();
    await userEvent.keyboard('u');
    await userEvent.click(page.getByTestId('correct-XR'));
    await expect.poll(marks).toEqual(['→ XR']);
    await userEvent.click(page.getByTestId('correct-undo'));
    await expect.poll(marks).toEqual([]);
    expect(acts(calls).map(([name]) => name)).toEqual(['correctSlices', 'undoCorrection']);
  });

  test('are shown as they were where a correction could not be stored', async () => {
    await open({}, () => ({ correctSlices: async () => null }));
    await userEvent.keyboard('2');
    await expect.element(page.getByTestId('correct-undo')).toBeDisabled();
    await expect.poll(marks).toEqual([]);
  });

  test('are as they were shown before where the project’s last change was another one', async () => {
    await open({}, () => ({ undoCorrection: async () => false }));
    await userEvent.keyboard('2');
    await expect.poll(marks).toEqual(['→ MR']);
    await userEvent.keyboard('u');
    await expect.element(page.getByTestId('correct-undo')).toBeDisabled();
    await expect.poll(marks).toEqual(['→ MR']);
  });

  test('are a grid with G, where one key corrects all that is selected; G leads back to the inspector', async () => {
    const { calls, state } = await open();
    await userEvent.keyboard('g');
    await expect.element(page.getByTestId('stack').first()).toBeVisible();
    await expect.element(page.getByTestId('inspector')).not.toBeInTheDocument();
    const tiles = page.getByTestId('stack');
    await userEvent.click(tiles.nth(1));
    await userEvent.click(tiles.nth(3), { modifiers: ['Shift'] });
    await expect.element(page.getByTestId('selected')).toHaveTextContent('3 selected');
    await userEvent.keyboard('2');
    await expect.element(tiles.nth(3)).toHaveAttribute('data-label', '1');
    expect(acts(calls)[0].slice(0, 2)).toEqual([
      'correctSlices',
      [1, 2, 3].map((row) => ({ shard: 0, row })),
    ]);
    expect(state.getState().view.slice).toBe('4');
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('u');
    await expect.element(tiles.nth(3)).toHaveAttribute('data-label', '0');
    expect(state.getState().view.slice).toBe('1');
    await userEvent.keyboard('{ArrowRight}x');
    await expect.element(tiles.nth(2)).toHaveTextContent('excluded');
    await userEvent.keyboard('g');
    await expect.element(page.getByTestId('inspector')).toBeVisible();
    await expect.poll(marks).toContain('excluded');
  });

  test('are all corrected with Ctrl+A, also those that were never in sight', async () => {
    const every = Array.from({ length: 37 }, (_, row) => ({
      shard: 7,
      row,
      predicted: 'MR',
      confidence: 0.5,
    }));
    const cards = (actions: Parameters<NonNullable<Parameters<typeof show>[1]>>[0]) => ({
      predicted: async () => every,
      slices: async (query: Parameters<typeof actions.slices>[0]) => {
        const found = await actions.slices(query);
        return { ...found, cards: found.cards.slice(0, 5).map((card) => ({ ...card, shard: 7 })) };
      },
    });
    const { calls } = await open({}, cards);
    await userEvent.keyboard('g');
    await expect.element(page.getByTestId('stack').first()).toBeVisible();
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.element(page.getByTestId('selected')).toHaveTextContent('37 selected');
    await userEvent.keyboard('4');
    await expect.poll(() => acts(calls).length).toBe(1);
    expect(acts(calls)[0][1]).toEqual(every.map(({ shard, row }) => ({ shard, row })));
  });

  test('list their keys with ?, and the drawer stays open', async () => {
    await open();
    await userEvent.keyboard('?');
    await expect.element(page.getByTestId('keys-dialog')).toHaveTextContent('Take back what was done here');
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByTestId('keys-dialog')).not.toBeInTheDocument();
    await expect.element(page.getByTestId('slice-drawer')).toBeVisible();
  });

  test('open on the Label page as its queue, surest first, with what the run says; Escape leads back', async () => {
    const { calls } = await open();
    await userEvent.click(page.getByTestId('correct-these'));
    const address = { of: 'r1', split: 'test', cell: 'CT-MR' };
    expect(calls.findLast(([name]) => name === 'go')).toEqual(['go', 'label', null, address]);
    await expect.element(page.getByTestId('label-shown')).toHaveTextContent(/^5 slices as judged by /);
    expect(page.getByTestId('stack').elements()).toHaveLength(5);
    await expect.element(page.getByTestId('stack').first()).toHaveTextContent(/the model says MR, 90/);
    await userEvent.keyboard('1');
    await expect.poll(() => calls.filter(([name]) => name === 'labelSpans')).toHaveLength(1);
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    expect(calls.findLast(([name]) => name === 'go')).toEqual([
      'go',
      'results',
      'r1',
      { split: 'test', cell: 'CT-MR' },
    ]);
    await expect.element(page.getByTestId('slice-drawer')).toBeVisible();
  });

  test('of another label set are opened with that set chosen', async () => {
    const state = STATES['results/full']();
    const other = { ...state.labelSet, id: 'other' };
    const { calls } = await open({ labelSet: other, labelSets: [state.labelSet, other] });
    await userEvent.click(page.getByTestId('correct-these'));
    await expect.poll(() => calls.map(([name]) => name)).toContain('go');
    expect(calls.find(([name]) => name === 'useLabelSet')).toEqual(['useLabelSet', state.labelSet.id]);
  });

  test('are not corrected in a tab that may only read', async () => {
    const { calls } = await open({ readOnly: true });
    await expect.element(page.getByTestId('correct-bar')).not.toBeInTheDocument();
    await userEvent.keyboard('2');
    expect(acts(calls)).toEqual([]);
  });
});

describe('training again', () => {
  test('starts with one press, which says on how many corrections', async () => {
    const { calls } = show(STATES['results/changed']());
    const button = page.getByTestId('train-again');
    await expect.element(button).toHaveTextContent('Train again with 13 corrections');
    await userEvent.click(button);
    expect(calls).toContainEqual(['trainAgain', 'changed']);
  });

  test('waits while another run is trained, and is not offered where nothing was changed', async () => {
    const changed = STATES['results/changed']();
    show({ ...changed, readOnly: true });
    await expect.element(page.getByTestId('train-again')).toBeDisabled();
    leave();
    show(STATES['results/full']());
    await expect.element(page.getByTestId('confusion-matrix')).toBeVisible();
    await expect.element(page.getByTestId('train-again')).not.toBeInTheDocument();
  });

  test('gives a run that names the one it repeats, and is compared with it on the same slices', async () => {
    const { calls } = show(STATES['results/again']());
    await expect
      .element(page.getByTestId('run-parent'))
      .toHaveTextContent('with 12 corrections of the labels it used');
    const card = page.getByTestId('parent-comparison');
    await expect.element(card).toHaveTextContent('on the 312 test slices both judged, with today’s labels');
    await expect
      .element(card)
      .toHaveTextContent('They differ on 21 slices: 15 right only after, 6 right only before.');
    await expect.element(card).toHaveTextContent('McNemar’s exact test: p = 0.078');
    await expect.element(card).toHaveTextContent('so that the true p is larger');
    expect(await violations()).toEqual([]);
    await userEvent.click(page.getByTestId('run-parent').getByRole('button'));
    expect(calls.findLast(([name]) => name === 'go')).toEqual(['go', 'results', 'r1']);
  });

  test('without a difference is said to have none', async () => {
    show(STATES['results/again'](), ({ compareWithParent }) => ({
      compareWithParent: async (...of) => ({
        ...(await compareWithParent(...of))!,
        onlyFirst: 0,
        onlySecond: 0,
        p: 1,
      }),
    }));
    const card = page.getByTestId('parent-comparison');
    await expect.element(card).toHaveTextContent('Where one of them is right, so is the other.');
    await expect.element(card).toHaveTextContent('p = 1.00');
  });

  test('says so where the repeated run was deleted', async () => {
    const state = STATES['results/again']();
    show({ ...state, runs: state.runs.filter(({ id }) => id !== 'r1') });
    await expect.element(page.getByTestId('run-parent')).toHaveTextContent('a run that was deleted');
  });
});

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
    await expect
      .element(note)
      .toHaveTextContent('Labels of other splits were changed after this run saw them.');
  });

  test('says so in the comparison, too; others say nothing', async () => {
    show(STATES['results/changed']());
    await userEvent.click(page.getByTestId('run-compare').first());
    const marks = page.getByTestId('compare-changed');
    await expect.element(marks).toHaveTextContent('6 test labels changed since · 12 corrected before');
    expect(marks.elements()).toHaveLength(1);
  });
});

describe('a verdict', () => {
  test('is corrected by key in the table and in the inspector; then the filter and the button appear', async () => {
    const { calls } = show(STATES['classify/full']());
    await expect.element(page.getByTestId('series-toggle').first()).toBeVisible();
    await expect.element(page.getByTestId('take-corrected')).not.toBeInTheDocument();
    (page.getByTestId('series-toggle').first().element() as HTMLElement).focus();
    await userEvent.keyboard('2');
    await expect.element(page.getByTestId('series-correction').first()).toHaveTextContent('you: MR');
    await expect.element(page.getByTestId('classify-filter')).toHaveTextContent('Corrected 1');
    const take = page.getByTestId('take-corrected');
    await expect
      .element(take)
      .toHaveTextContent(/^Nothing of these files is stored yet\. Taking them in stores/);
    await expect
      .element(page.getByTestId('take'))
      .toHaveTextContent('Take 1 corrected series into the project');
    expect(await violations()).toEqual([]);
    await userEvent.click(page.getByTestId('take'));
    expect(calls.at(-1)).toEqual(['takeCorrected']);
    const [first, second] = STATES['classify/full']().classify.series;
    await userEvent.click(page.getByTestId('classify-filter').getByText('Corrected 1'));
    await userEvent.click(page.getByTestId('series-toggle').first());
    await userEvent.click(page.getByTestId('classified-slice').first());
    await expect.element(page.getByTestId('verdict-bar')).toBeVisible();
    await userEvent.keyboard('0u');
    expect(second).toBeDefined();
    const verdict = calls.filter(([name]) => /Verdicts?$/.test(String(name)));
    expect(verdict.map(([name]) => name)).toEqual(['correctVerdicts', 'correctVerdicts', 'undoVerdict']);
    expect(verdict[1][2]).toBeNull();
    expect(first.correction).toBeUndefined();
    await expect
      .element(page.getByTestId('series-correction').first())
      .toHaveTextContent('you: none of them');
    expect(await violations()).toEqual([]);
  });

  test('that was taken in is said to be in the project, and not offered again', async () => {
    const state = STATES['classify/full']();
    const [first, second, ...others] = state.classify.series;
    const series = [
      { ...first, correction: { class: 'MR', stored: true as const } },
      { ...second, correction: { class: 'CT' } },
      ...others,
    ];
    show({ ...state, classify: { ...state.classify, series } });
    await expect
      .element(page.getByTestId('take-corrected'))
      .toHaveTextContent(/^1 corrected series is in the project\. Taking them in stores/);
    await expect.element(page.getByTestId('take')).toHaveTextContent('Take 1 corrected series');
  });

  test('of a model whose label set the project lacks is only exported', async () => {
    const state = STATES['classify/full']();
    const [first, ...others] = state.classify.series;
    const series = [{ ...first, correction: { class: 'MR' } }, ...others];
    show({ ...state, labelSets: [], classify: { ...state.classify, series } });
    await expect.element(page.getByTestId('take-corrected')).toHaveTextContent('only exported');
    await expect.element(page.getByTestId('take')).not.toBeInTheDocument();
  });
});
