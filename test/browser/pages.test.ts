/** Every page in every state, with made-up content: reachable for everybody, and by keyboard alone. */

import axe from 'axe-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import type { State } from '../../src/app/state.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { modalityRules } from '../../src/core/labels/modalityRules.ts';
import { DEFAULT_CHOICES } from '../../src/core/simulate/choices.ts';
import { EDITION } from '../../src/core/simulate/edition.ts';
import { FIRST_VIEW, shownSeries } from '../../src/ui/classify/filters.ts';
import { FULL, STATES, verdicts } from '../fakes/state.ts';
import { misfits } from '../harness/misfits.js';
import { leave, show as showApp } from '../harness/show.ts';

/** What pages ask for by themselves is no command: slices, what there is to see; what is selected is in the address. */
function show(state: State) {
  const { calls } = showApp(state);
  return {
    commands: () =>
      calls.filter(
        ([name]) =>
          ![
            'slices',
            'stack',
            'inspect',
            'look',
            'changesSince',
            'labelChanges',
            'compareWithParent',
            'reliability',
            'readOtherModels',
          ].includes(name as string),
      ),
    calls,
  };
}

/** What axe finds serious. The themes differ in colours alone. */
async function violations(rules?: string[]): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    resultTypes: ['violations'],
    ...(rules ? { runOnly: rules } : {}),
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

describe.each(['dark', 'light'] as const)('in the %s theme', (theme) => {
  test.each(Object.keys(STATES))('%s has no serious finding and fits', async (name) => {
    show({ ...STATES[name](), theme });
    await expect.element(page.getByTestId('page').or(page.getByTestId('failure'))).toBeVisible();
    expect(document.documentElement.dataset.theme).toBe(theme);
    expect(await violations(theme === 'light' ? ['color-contrast'] : undefined)).toEqual([]);
    expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(768);
  });
});

describe.each([
  ['at twice the size', 683, 384],
  ['on a phone', 390, 844],
] as const)('%s', (_, width, height) => {
  beforeAll(() => page.viewport(width, height));
  afterAll(() => page.viewport(1366, 768));

  test.each(Object.keys(STATES))('%s fits, and every control can be reached', async (name) => {
    show(STATES[name]());
    await expect.element(page.getByTestId('page').or(page.getByTestId('failure'))).toBeVisible();
    expect(misfits({ print: false })).toEqual([]);
  });

  test.each(['data', 'results', 'classify'])('the inspector of %s is one column', async (name) => {
    show(STATES[`${name}/full`]());
    if (name === 'classify') await userEvent.click(page.getByTestId('series-toggle').first());
    const opener = { data: 'slice', results: 'cell-CT-MR', classify: 'classified-slice' }[name]!;
    const element = page.getByTestId(opener).first();
    await expect.element(element).toBeInTheDocument();
    element.element().scrollIntoView({ block: 'center' });
    (element.element() as HTMLElement).click();
    await expect.element(page.getByTestId('histogram')).toBeInTheDocument();
    expect(misfits({ print: false })).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  test('the keys and the skipped files scroll in their dialog', async () => {
    show(STATES['data/skipped']());
    await userEvent.keyboard('?');
    await expect.element(page.getByTestId('keys-dialog')).toBeVisible();
    expect(misfits({ print: false })).toEqual([]);
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await userEvent.click(page.getByTestId('skipped-why'));
    await expect.element(page.getByTestId('skipped-group').first()).toBeVisible();
    expect(misfits({ print: false })).toEqual([]);
    expect(await violations()).toEqual([]);
  });
});

test('the first tab stop skips the rail', async () => {
  show(STATES['data/full']());
  await expect.element(page.getByTestId('datasets-table')).toBeVisible();
  await userEvent.keyboard('{Tab}{Enter}');
  expect(document.activeElement).toBe(page.getByTestId('page').element());
});

test('the theme follows the system where that was chosen', async () => {
  show({ ...STATES['settings/full'](), theme: 'system' });
  await expect.element(page.getByTestId('page')).toBeVisible();
  expect(getComputedStyle(document.documentElement).colorScheme).toBe('light dark');
});

test('the page is sandboxed as the app is: a form would be dead, a popup is not opened', async () => {
  const form = document.createElement('form');
  const submitted = vi.fn((event: Event) => event.preventDefault());
  form.addEventListener('submit', submitted);
  document.body.replaceChildren(form);
  form.requestSubmit();
  expect(submitted).not.toHaveBeenCalled();
  expect(window.open('about:blank')).toBeNull();
});

describe('by keyboard', () => {
  test('g and a letter change the page, ? shows the keys, Escape closes them', async () => {
    const lab = show(STATES['data/full']());
    await expect.element(page.getByTestId('datasets-table')).toBeVisible();
    await userEvent.keyboard('gr');
    await expect.element(page.getByTestId('confusion-matrix')).toBeVisible();
    // The page that opens counts a look at the test split.
    expect(lab.commands().filter(([name]) => name === 'go')).toEqual([['go', 'results']]);
    await userEvent.keyboard('?');
    await expect.element(page.getByTestId('keys-dialog')).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByTestId('keys-dialog')).not.toBeInTheDocument();
  });

  test('Ctrl+Z takes a change back, Ctrl+Shift+Z and Ctrl+Y make it again; a text field keeps its own', async () => {
    const lab = show(STATES['data/full']());
    await expect.element(page.getByTestId('datasets-table')).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await userEvent.keyboard('{Control>}y{/Control}');
    expect(lab.commands()).toEqual([['undo'], ['redo'], ['redo']]);
    await userEvent.click(page.getByLabelText('Name of dataset ct_lidc_chest'));
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(lab.commands()).toHaveLength(3);
  });

  test('letters typed into a field stay there', async () => {
    const lab = show(STATES['data/full']());
    await userEvent.click(page.getByLabelText('Name of dataset ct_lidc_chest'));
    await userEvent.keyboard('gt?');
    expect(lab.commands()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    expect(lab.commands()).toEqual([['renameDataset', 'id-ct_lidc_chest', expect.stringContaining('gt?')]]);
  });

  test('arrows move among slices and Enter opens the one they stop at', async () => {
    show(STATES['data/full']());
    await expect.element(page.getByTestId('slice').first()).toBeVisible();
    (page.getByTestId('slice-grid').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}{Enter}');
    const drawer = page.getByTestId('slice-drawer');
    await expect.element(drawer).toBeVisible();
    // Three tiles a row: index 1, one row down.
    await expect.element(drawer.getByRole('option', { selected: true })).toBeVisible();
    await vi.waitFor(() => expect(drawer.element().querySelector('dl')?.textContent).toContain('Number5'));
    expect(await violations()).toEqual([]);
  });

  test('arrows go from series to series with one tab stop, End to the last of 214, Enter opens it', async () => {
    show(STATES['classify/full']());
    const table = page.getByTestId('classify-table');
    await expect.element(table).toBeVisible();
    const stops = () => table.element().querySelectorAll('[data-roving][tabindex="0"]');
    const at = () => Number((document.activeElement as HTMLElement).dataset.roving);
    expect(stops()).toHaveLength(1);
    (stops()[0] as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
    await vi.waitFor(() => expect(at()).toBe(1));
    await userEvent.keyboard('{End}');
    await vi.waitFor(() => expect(at()).toBe(213));
    expect(stops()).toHaveLength(1);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByTestId('classified-slice').first()).toBeVisible();
    await userEvent.keyboard('{Home}');
    await vi.waitFor(() => expect(at()).toBe(0));
  });

  test('the tab stop of a table goes with the focus: a row that was clicked is where Tab comes back to', async () => {
    show(STATES['data/full']());
    await expect.element(page.getByTestId('datasets-table')).toBeVisible();
    const rows = page.getByTestId('dataset-row').elements() as HTMLElement[];
    rows[3].focus();
    await vi.waitFor(() => expect(rows.map(({ tabIndex }) => tabIndex).indexOf(0)).toBe(3));
    expect(rows.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  });

  test('a table is one tab stop: arrows move among its rows, Enter goes into one', async () => {
    const lab = show(STATES['data/full']());
    await expect.element(page.getByTestId('datasets-table')).toBeVisible();
    const rows = page.getByTestId('dataset-row').elements() as HTMLElement[];
    expect(rows.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    const stops = rows.flatMap((row) => [...row.querySelectorAll<HTMLElement>('input, select, button')]);
    expect(stops.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(4);
    rows[0].focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{End}{ArrowUp}');
    expect(document.activeElement).toBe(rows.at(-2));
    expect(lab.calls.at(-1)).not.toBeUndefined();
    await expect
      .element(page.getByTestId('dataset-panel').getByText(rows.at(-2)!.ariaLabel!).first())
      .toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Name of dataset/);
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(rows.at(-2));
    expect(await violations()).toEqual([]);
  });

  test('arrows move among the rows of the accuracy per dataset, Enter opens one', async () => {
    show(STATES['results/full']());
    await expect.element(page.getByTestId('per-dataset-table')).toBeVisible();
    const buttons = [...page.getByTestId('per-dataset-table').element().querySelectorAll('button')];
    expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    buttons[0].focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(buttons[1]);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByTestId('slice-drawer')).toBeVisible();
  });

  test('a confusion cell opens its slices', async () => {
    const lab = show(STATES['results/full']());
    const cell = page.getByTestId('cell-CT-MR');
    await expect.element(cell).toBeVisible();
    (cell.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByTestId('slice-drawer')).toBeVisible();
    expect(lab.calls.find(([name]) => name === 'slices')?.[1]).toMatchObject({
      kind: 'predictions',
      split: 'test',
      truth: 'CT',
      predicted: 'MR',
    });
    expect(await violations()).toEqual([]);
  });

  test('a loaded model is compared without settings it was not trained with', async () => {
    const state = STATES['results/full']();
    const [first, ...others] = state.runs;
    show({ ...state, runs: [{ ...first, config: { ...first.config, epochs: 0 } }, ...others] });
    await expect.element(page.getByTestId('page')).toBeVisible();
    for (const box of page.getByTestId('run-compare').elements()) await userEvent.click(box);
    const rows = page.getByTestId('compare-table');
    await expect.element(rows).toHaveTextContent('Loaded, not trained here');
    expect(rows.element().textContent).not.toContain('Epochs 0');
    await expect.element(page.getByTestId('differing-settings')).toHaveTextContent('Network');
  });

  test('a model that is evaluated is not said to be trained', async () => {
    const state = STATES['train/evaluating']();
    show(state);
    await expect.element(page.getByTestId('run-status')).toHaveTextContent('evaluating');
    show({ ...state, page: 'data' });
    const pill = page.getByTestId('live-pill').last();
    await expect.element(pill).toHaveTextContent('Evaluating');
    expect(pill.element().textContent).not.toContain('epoch');
    const live = state.live && { ...state.live, elsewhere: true };
    show({ ...state, page: 'data', readOnly: true, live });
    await expect
      .element(page.getByTestId('training-elsewhere').last())
      .toHaveTextContent('A model is being evaluated in another tab.');
  });

  test('figures below chance are laid to the data only where the model has learned its own', async () => {
    const state = STATES['results/full']();
    const bad = (train: number) => ({
      ...state,
      runs: state.runs.map((run) => ({
        ...run,
        evaluation: run.evaluation && {
          ...run.evaluation,
          train: { ...run.evaluation.train!, metrics: { accuracy: train } },
          test: { ...run.evaluation.test!, metrics: { balancedAccuracy: 0.2 } },
        },
      })),
    });
    show(bad(0.37));
    await expect.element(page.getByTestId('chance-note')).toHaveTextContent('learned too little');
    show(bad(0.9));
    await expect
      .element(page.getByTestId('chance-note').last())
      .toHaveTextContent('look unlike those in train');
  });

  test('a dataset’s slices are narrowed to the wrong ones', async () => {
    const lab = show(STATES['results/full']());
    await userEvent.click(page.getByTestId('per-dataset-row').nth(0).getByRole('button'));
    const asked = () => lab.calls.findLast(([name]) => name === 'slices')?.[1];
    await expect.element(page.getByTestId('wrong-only')).toBeVisible();
    expect(asked()).toMatchObject({ kind: 'predictions', predicted: null, wrong: false });
    await userEvent.click(page.getByTestId('wrong-only'));
    await expect.poll(asked).toMatchObject({ wrong: true, offset: 0 });
    await userEvent.click(page.getByTestId('wrong-only'));
    await expect.poll(asked).toMatchObject({ wrong: false });
    expect(await violations()).toEqual([]);
  });

  test('a DICOM Modality gets a label', async () => {
    const lab = show(STATES['settings/full']());
    await userEvent.click(page.getByTestId('label-map-code'));
    await userEvent.keyboard('xa{Enter}');
    const [[name, set]] = lab.commands() as [string, LabelSet][];
    expect(name).toBe('putLabelSet');
    expect(modalityRules(set)).toMatchObject({ XA: 'XR', MG: 'XR' });
    await expect.element(page.getByTestId('label-map').getByText('XA')).toBeVisible();
    await userEvent.click(page.getByTestId('label-map-reset'));
    await expect.element(page.getByTestId('label-map').getByText('XA')).not.toBeInTheDocument();
    await userEvent.fill(page.getByTestId('label-map-code'), 'rg');
    await userEvent.click(page.getByTestId('label-map-add'));
    await expect.element(page.getByTestId('label-map').getByText('RG')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  test('area averaging and padding are set one by one, or both as in the paper', async () => {
    const lab = show(STATES['settings/full']());
    const padding = page.getByTestId('option-padding');
    await expect.element(padding).toBeChecked();
    (page.getByTestId('option-antialias').element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    await userEvent.click(page.getByTestId('reading-paper'));
    await expect.element(padding).not.toBeChecked();
    await expect.element(page.getByTestId('reading-paper')).not.toBeInTheDocument();
    await userEvent.click(padding);
    const readings = lab.commands().map(([, options]) => options);
    expect(readings).toMatchObject([
      { antialias: true, padding: 'exclude' },
      { antialias: false, padding: 'include' },
      { antialias: false, padding: 'exclude' },
    ]);
    expect(await violations()).toEqual([]);
  });

  test('a training is configured and started', async () => {
    const lab = show(STATES['train/ready']());
    await expect.element(page.getByTestId('train-start')).toBeEnabled();
    (page.getByTestId('train-epochs').element() as HTMLInputElement).select();
    await userEvent.keyboard('7');
    (page.getByTestId('train-start').element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    expect(lab.commands().at(-1)).toEqual([
      'startRun',
      expect.objectContaining({ epochs: 7, preset: 'quick' }),
    ]);
  });
});

describe('addresses', () => {
  test('without a page say so, and lead to those there are', async () => {
    const lab = show(STATES['data/unknown']());
    await expect.element(page.getByTestId('unknown-page')).toHaveTextContent('no page at this address');
    expect(page.getByTestId('nav-data').element().getAttribute('aria-current')).toBeNull();
    await userEvent.click(page.getByTestId('unknown-page').getByRole('button', { name: 'Train' }));
    expect(lab.commands()).toEqual([['go', 'train']]);
    await expect.element(page.getByTestId('train-start')).toBeVisible();
  });

  test.each(['train', 'results', 'classify'] as const)('of a run that is gone say so on %s', async (name) => {
    show({ ...STATES['results/unknown'](), page: name });
    await expect.element(page.getByTestId('unknown-run')).toHaveTextContent('no run at this address');
    await userEvent.click(page.getByTestId('unknown-run').getByRole('button'));
    await expect.element(page.getByTestId('unknown-run')).not.toBeInTheDocument();
  });

  test('open what they name: a dataset, a slice of it, a confusion cell, a row of a split', async () => {
    show({ ...STATES['data/full'](), view: { dataset: 'id-mr_nih_epi', slice: '7' } });
    await expect.element(page.getByTestId('slice-drawer').getByText('8 of 128')).toBeVisible();
    leave();
    const lab = show({ ...STATES['results/full'](), detail: 'r2', view: { split: 'validate', row: '0' } });
    await expect.element(page.getByTestId('slice-drawer')).toBeVisible();
    await vi.waitFor(() =>
      expect(lab.calls).toContainEqual(['slices', expect.objectContaining({ run: 'r2', split: 'validate' })]),
    );
  });

  test('open a classified series at a slice; Back, or closing it, takes it out of the address', async () => {
    const state = STATES['classify/full']();
    const series = state.classify.series[1];
    const lab = show({ ...state, view: { series: series.key, slice: '2' } });
    await expect.element(page.getByTestId('slice-drawer')).toBeVisible();
    await vi.waitFor(() =>
      expect(lab.calls).toContainEqual(['inspect', { kind: 'classified', series: series.key, at: 2 }]),
    );
    await vi.waitFor(() => expect(document.title).toContain('Classify, series 2 –'));
    await userEvent.keyboard('{Escape}');
    expect(lab.calls).toContainEqual(['look', { series: undefined, slice: undefined }, 'close']);
    await expect.element(page.getByTestId('slice-drawer')).not.toBeInTheDocument();
  });

  test.each(['classify/ready', 'classify/full'])(
    'of a classified series that is not here say so on %s, until the person closes it',
    async (name) => {
      show({ ...STATES[name](), view: { series: '0123456789abcdef CT' } });
      const box = page.getByTestId('unknown-series');
      await expect.element(box).toHaveTextContent('The series at this address is not here.');
      await expect.element(page.getByTestId('slice-drawer')).not.toBeInTheDocument();
      expect(misfits({ print: false })).toEqual([]);
      await userEvent.click(box.getByRole('button'));
      await expect.element(box).not.toBeInTheDocument();
    },
  );

  test('that name nothing open nothing', async () => {
    show({ ...STATES['results/full'](), view: { cell: 'CT-US', row: '999', split: 'none' } });
    await expect.element(page.getByTestId('confusion-matrix')).toBeVisible();
    await expect.element(page.getByTestId('slice-drawer')).not.toBeInTheDocument();
  });
});

describe('the inspector', () => {
  const stage = () => page.getByTestId('stage');
  const text = (name: string) => page.getByTestId(name).element().textContent;

  async function openFirst(name = 'Practice project') {
    const state = STATES['data/full']();
    const practice =
      name === 'Practice project' ? [{ choices: DEFAULT_CHOICES, whole: true, edition: EDITION }] : [];
    const lab = show({ ...state, practice, project: { ...state.project, name } });
    await expect.element(page.getByTestId('slice').first()).toBeVisible();
    await userEvent.click(page.getByTestId('slice').first());
    await expect.element(page.getByTestId('histogram')).toBeVisible();
    return lab;
  }
  /** Gray values of the drawn image. */
  function drawn(): number[] {
    const canvas = stage().element().querySelector('canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]);
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  test('has the focus, and goes through the series and the list by key', async () => {
    await openFirst();
    expect(document.activeElement).toBe(stage().element());
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(stage()).toHaveAccessibleName(/^Slice 2 of 24, original/);
    await userEvent.keyboard('{End}');
    await expect.element(stage()).toHaveAccessibleName(/^Slice 24 of 24/);
    await userEvent.keyboard('{Home}{ArrowRight}');
    await expect.element(page.getByTestId('slice-drawer').getByText('2 of 27')).toBeVisible();
    // Series of 24 slices.
    await userEvent.keyboard('{PageDown}');
    await expect.element(page.getByTestId('slice-drawer').getByText('25 of 27')).toBeVisible();
    await userEvent.keyboard('{PageUp}');
    await expect.element(page.getByTestId('slice-drawer').getByText('1 of 27')).toBeVisible();
  });

  test('goes through the stack with the wheel', async () => {
    await openFirst();
    const viewer = page.getByTestId('viewer').element();
    viewer.dispatchEvent(new WheelEvent('wheel', { deltaY: 100, bubbles: true }));
    await expect.element(stage()).toHaveAccessibleName(/^Slice 2 of 24/);
  });

  test('shows presets, inverts and resets by key', async () => {
    await openFirst();
    const before = mean(drawn());
    await userEvent.keyboard('{Shift>}1{/Shift}');
    await expect
      .element(page.getByRole('button', { name: 'soft tissue', exact: true }))
      .toHaveAttribute('aria-pressed', 'true');
    await expect.element(page.getByLabelText('Width')).toHaveValue(400);
    expect(text('histogram')).toContain('window −160 … 240 HU');
    await userEvent.keyboard('i');
    await vi.waitFor(() => expect(mean(drawn())).toBeGreaterThan(before + 50));
    await userEvent.keyboard(' ');
    await vi.waitFor(() => expect(mean(drawn())).toBeCloseTo(before, 5));
  });

  test('begins with the file’s own window where it has one, and follows from slice to slice', async () => {
    await openFirst();
    const preset = (name: string) => page.getByRole('button', { name, exact: true });
    await expect.element(preset('min–max')).toHaveAttribute('aria-pressed', 'true');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    await expect.element(preset('File 1')).toHaveAttribute('aria-pressed', 'true');
    expect(text('histogram')).toContain('window −90 … 209 HU');
    expect(text('facts')).toContain('Windows60 / 300 linear · −500 / 1400 sigmoid');
    const linear = mean(drawn());
    await userEvent.keyboard('{Shift>}9{/Shift}');
    await expect.element(page.getByLabelText('Width')).toHaveValue(1400);
    await expect.element(page.getByText('C −500 W 1400 · sigmoid')).toBeInTheDocument();
    await vi.waitFor(() => expect(mean(drawn())).not.toBeCloseTo(linear, 0));
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(page.getByTestId('no-original')).toBeVisible();
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(preset('min–max')).toHaveAttribute('aria-pressed', 'true');
    expect(await violations()).toEqual([]);
  });

  test('a left drag sets the window: x the width, y the centre; the right button zooms', async () => {
    await openFirst();
    const viewer = page.getByTestId('viewer').element();
    const box = viewer.getBoundingClientRect();
    const pointer = (type: string, x: number, y: number, button: number) =>
      viewer.dispatchEvent(
        new PointerEvent(type, {
          clientX: box.left + x,
          clientY: box.top + y,
          button,
          bubbles: true,
          cancelable: true,
          pointerId: 1,
        }),
      );
    viewer.setPointerCapture = () => {};
    const field = (name: string) => Number((page.getByLabelText(name).element() as HTMLInputElement).value);
    const [centre, width] = [field('Centre'), field('Width')];
    pointer('pointerdown', 100, 100, 0);
    pointer('pointermove', 200, 50, 0);
    pointer('pointerup', 200, 50, 0);
    await vi.waitFor(() => expect(field('Width')).toBeCloseTo(width * (1 + 100 / 512), -1));
    expect(field('Centre')).toBeCloseTo(centre - (width * 50) / 512, -1);

    const whole = drawn().filter((value) => value > 20).length;
    pointer('pointerdown', 300, 300, 2);
    pointer('pointermove', 300, 150, 2);
    pointer('pointerup', 300, 150, 2);
    await vi.waitFor(() => expect(drawn().filter((value) => value > 20).length).toBeGreaterThan(whole));
  });

  test('reads pixels out by key: the original’s, the stored slice’s and the network’s', async () => {
    await openFirst();
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{ArrowDown}{/Shift}');
    await expect.element(page.getByTestId('readout')).toHaveTextContent(/^161, 161: −?\d+ HU$/);
    expect(text('tensor')).toMatch(/224 × 224112, 112: \d+64 × 6432, 32: \d+/);
    expect(await violations()).toEqual([]);
  });

  test('shows the stored slice where the original is not at hand, and says how to see it', async () => {
    await openFirst();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.element(page.getByTestId('no-original')).toHaveTextContent('Drop the folder again');
    await expect.element(stage()).toHaveAccessibleName(/stored 224×224 slice$/);
    // No Hounsfield windows for bytes.
    await expect.element(page.getByRole('button', { name: 'lung', exact: true })).not.toBeInTheDocument();
    expect(await violations()).toEqual([]);
  });

  test('brings an original to hand from where it is missed: its folder, or the practice files made anew', async () => {
    const lab = await openFirst('My project');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const box = page.getByTestId('no-original');
    await expect.element(box).toBeVisible();
    await expect.element(box.getByTestId('remake-practice')).not.toBeInTheDocument();
    // A picker of folders takes no single file from a script, except so.
    const picked = new DataTransfer();
    picked.items.add(new File(['x'], '1.dcm'));
    const input = box.getByTestId('find-original').element() as HTMLInputElement;
    input.files = picked.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => expect(lab.commands()).toEqual([['addFiles', [expect.any(File)]]]));
    leave();

    const again = await openFirst('Practice project');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await userEvent.click(box.getByTestId('remake-practice'));
    // Only of the dataset that is looked at: seconds, where the whole project takes a minute.
    expect(again.commands()).toEqual([['remakePractice', FULL.datasets[0].name]]);
  });

  test('tells how far the reading is that brings an original to hand, where it is waited for', async () => {
    show(STATES['data/partial']());
    await expect.element(page.getByTestId('slice').first()).toBeVisible();
    await userEvent.click(page.getByTestId('slice').first());
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect
      .element(page.getByTestId('original-coming'))
      .toHaveTextContent('Reading: 4,812 of 9,300 files …');
    await expect.element(page.getByTestId('find-original')).not.toBeInTheDocument();
  });

  test('opens from a classified slice, and closes with Escape', async () => {
    const lab = show(STATES['classify/full']());
    await userEvent.click(page.getByTestId('series-toggle').first());
    await userEvent.click(page.getByTestId('classified-slice').first());
    await expect.element(page.getByTestId('facts')).toHaveTextContent(/Predicted/);
    // The most doubtful comes first.
    const { classify, verdictRule } = STATES['classify/full']();
    const [{ key, sourcePath }] = shownSeries(classify.series, FIRST_VIEW, verdictRule);
    expect(lab.calls).toContainEqual(['look', { series: key, slice: '0' }, 'open']);
    expect(lab.calls.find(([name]) => name === 'inspect')?.[1]).toMatchObject({ kind: 'classified', at: 0 });
    // The dropped folder's name is nowhere.
    expect(page.getByTestId('slice-drawer').element().textContent).not.toContain(sourcePath.split('/')[0]);
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByTestId('slice-drawer')).not.toBeInTheDocument();
  });
});

describe('on paper', () => {
  const media = (name: 'print' | '') =>
    (cdp() as { send(method: string, params: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', {
      media: name,
    });
  afterEach(() => media(''));

  test('figures say that their data have changed since, and how, without anything to open', async () => {
    show(STATES['results/changed']());
    const note = page.getByTestId('run-changed').element.bind(page.getByTestId('run-changed'));
    await expect.element(page.getByTestId('run-changed')).toBeVisible();
    await media('print');
    const change = note().querySelector('li')!;
    expect(getComputedStyle(note().querySelector('summary')!).visibility).toBe('visible');
    expect(change.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).toBe(true);
    expect(change.getBoundingClientRect().height).toBeGreaterThan(0);
  });
});

describe('names of folders', () => {
  const boxes = () => page.getByTestId('naming-card').getByRole('checkbox').elements() as HTMLInputElement[];
  const answers = (lab: ReturnType<typeof show>) =>
    lab
      .commands()
      .flatMap(([name, choices]) =>
        name === 'nameDatasets' ? [choices as { dataset: string; name: string | null }[]] : [],
      );

  test('that look like a person or a date are not ticked, and say why; the ticked alone are used', async () => {
    const state = STATES['data/naming']();
    const lab = show(state);
    await expect.element(page.getByTestId('naming-card')).toBeVisible();
    const ticked = boxes().map(({ checked }) => checked);
    expect(ticked).toEqual(state.folderNames.map(({ looks }) => looks === null));
    expect([ticked[2], ticked[5]]).toEqual([false, false]);
    const card = page.getByTestId('naming-card').element().textContent;
    expect(card).toContain('only on this screen');
    expect(card).toMatch(/CD_MUSTERMANN_MAX_19600101holds a date.*DOE_JANEmay be a person’s name/);
    await userEvent.click(page.getByTestId('naming-use'));
    const [choices] = answers(lab);
    expect(choices.map(({ name }) => name)).toEqual(
      state.folderNames.map(({ name, looks }) => (looks === null ? name : null)),
    );
  });

  test('are all left aside by “Keep neutral names”, and one is used where the person ticks it', async () => {
    const kept = show(STATES['data/naming']());
    await userEvent.click(page.getByTestId('naming-keep'));
    expect(answers(kept)[0].filter(({ name }) => name !== null)).toEqual([]);
    leave();
    const lab = show(STATES['data/naming']());
    await expect.element(page.getByTestId('naming-card')).toBeVisible();
    boxes()[5].click();
    boxes()[0].click();
    await userEvent.click(page.getByTestId('naming-use'));
    expect(answers(lab)[0][5].name).toBe('DOE_JANE');
    expect(answers(lab)[0][0].name).toBeNull();
  });

  test('that an earlier version stored without asking are offered, and what is not ticked becomes neutral', async () => {
    const state = STATES['data/unasked']();
    const lab = show(state);
    await expect.element(page.getByTestId('naming-card')).toBeVisible();
    expect(page.getByTestId('naming-card').element().textContent).toContain('An earlier version took them');
    const old = state.datasets.filter(({ nameFrom }) => nameFrom === 'unasked');
    expect(boxes()).toHaveLength(old.length);
    boxes()[0].click();
    await userEvent.click(page.getByTestId('naming-use'));
    expect(answers(lab)[0]).toEqual(
      old.map(({ id, name }, i) => ({ dataset: id, name: i === 0 ? null : name })),
    );
  });

  test.each([{ readOnly: true }, { job: STATES['data/ingesting']().job }])(
    'are not asked about while that can change: %o',
    async (patch) => {
      show({ ...STATES['data/naming'](), ...patch });
      await expect.element(page.getByTestId('datasets-table')).toBeVisible();
      await expect.element(page.getByTestId('naming-card')).not.toBeInTheDocument();
    },
  );
});

describe('settings', () => {
  const facts = () => page.getByTestId('storage-facts').element().textContent;

  test('say what is kept of runs: weights of all, more only of those that can be resumed', async () => {
    const state = STATES['settings/full']();
    const [done] = state.runs;
    show({ ...state, runs: [done, { ...done, id: 'b', status: 'stopped' }] });
    await expect.element(page.getByTestId('storage-facts')).toBeVisible();
    expect(facts()).toMatch(/Runs2, with their weights$/);
    leave();
    show({ ...state, runs: [done, { ...done, id: 'b', status: 'interrupted' }] });
    await expect.element(page.getByTestId('storage-facts')).toBeVisible();
    expect(facts()).toMatch(/Runs2, with their weights; 1 not finished, with what resuming takes$/);
  });

  test('count the stored slices of the open project, left out ones too, and their pixels of 50,176 bytes each', async () => {
    const state = STATES['settings/full']();
    show({
      ...state,
      datasets: [
        {
          ...state.datasets[0],
          slices: 600,
          excluded: 400,
          kinds: { ...state.datasets[0].kinds, all: 1000 },
        },
      ],
    });
    await expect.element(page.getByTestId('storage-facts')).toBeVisible();
    expect(facts()).toContain('1,000 slices, 50 MB of pixels');
  });
});

describe.each([
  [683, 384],
  [390, 844],
])('in a window of %d × %d', (width, height) => {
  beforeAll(() => page.viewport(width, height));
  afterAll(() => page.viewport(1366, 768));
  const top = (element: Element) => element.getBoundingClientRect().top;

  test('Pause and the progress of a training come before its locked settings', async () => {
    show(STATES['train/running']());
    await expect.element(page.getByTestId('train-pause')).toBeVisible();
    const [pause, progress, form] = [
      page.getByTestId('train-pause').element(),
      page.getByRole('region', { name: 'Progress of the run' }).element(),
      page.getByRole('region', { name: 'Settings of the run' }).element(),
    ];
    expect(top(pause)).toBeLessThan(top(progress));
    expect(top(progress)).toBeLessThan(height);
    expect(top(progress)).toBeLessThan(top(form));
  });

  test('notices take at most a fifth of it, and their act stays in reach', async () => {
    const state = STATES['data/removed']();
    const [one] = state.notices;
    show({ ...state, notices: [1, 2, 3, 4].map((id) => ({ ...one, id })) });
    const list = page.getByRole('region', { name: 'Notices' });
    await expect.element(list).toBeVisible();
    expect(list.element().getBoundingClientRect().height).toBeLessThanOrEqual(height / 5 + 1);
    expect(misfits({ print: false })).toEqual([]);
  });
});

describe('kinds of images', () => {
  test('narrow the thumbnails, and are left out of training by choice', async () => {
    const lab = show(STATES['data/full']());
    await userEvent.click(page.getByTestId('kind-localizer'));
    await vi.waitFor(() =>
      expect(lab.calls.at(-1)).toMatchObject(['slices', { kind: 'dataset', only: 'localizer' }]),
    );
    await vi.waitFor(() => expect(page.getByTestId('slice').elements()).toHaveLength(3));
    await userEvent.click(page.getByText('Leave out of training'));
    await userEvent.click(page.getByTestId('leave-localizer'));
    expect(lab.commands()).toEqual([['setLeaveOut', ['id-ct_lidc_chest'], ['localizer']]]);
    await expect.element(page.getByText('3 slices left out of training')).toBeVisible();
    await userEvent.click(page.getByTestId('leave-everywhere'));
    expect(lab.commands().at(-1)).toMatchObject(['setLeaveOut', { length: 14 }, ['localizer']]);
    expect(await violations()).toEqual([]);
  });
});

describe('skipped files', () => {
  test('are grouped by reason, filtered, and thousands draw only what is in sight', async () => {
    show(STATES['data/skipped']());
    await userEvent.click(page.getByTestId('skipped-why'));
    const list = page.getByTestId('skipped-list');
    await expect.element(list.getByTestId('skipped-group').first()).toBeVisible();
    expect(page.getByTestId('skipped-file').elements()).toEqual([]);
    await userEvent.click(list.getByTestId('skipped-group').first());
    await vi.waitFor(() => expect(page.getByTestId('skipped-file').elements().length).toBeGreaterThan(5));
    expect(page.getByTestId('skipped-file').elements().length).toBeLessThan(60);
    await userEvent.selectOptions(page.getByTestId('skipped-reason'), 'truncated');
    await expect.element(list).toHaveTextContent('2,000 of 5,000 files');
    await userEvent.fill(list.getByRole('searchbox'), '00002');
    await expect.element(list).toHaveTextContent('1 of 5,000 files');
    expect(await violations()).toEqual([]);
  });

  test('are gone through by arrow keys, from reason to reason over what is open', async () => {
    show(STATES['data/skipped']());
    await userEvent.click(page.getByTestId('skipped-why'));
    const groups = () => page.getByTestId('skipped-group').elements() as HTMLElement[];
    await vi.waitFor(() => expect(groups().length).toBeGreaterThan(1));
    expect(groups().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    const [first, second] = groups().map((group) => group.textContent);
    groups()[0].focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByTestId('skipped-file').first()).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe(second));
    await userEvent.keyboard('{ArrowUp}');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe(first));
    expect(await violations()).toEqual([]);
  });

  test('are downloaded without names unless the person says so', async () => {
    const lab = show(STATES['data/skipped']());
    await userEvent.click(page.getByTestId('skipped-why'));
    await userEvent.click(page.getByTestId('download-skipped'));
    await userEvent.click(page.getByTestId('skipped-file-names'));
    await userEvent.click(page.getByTestId('download-skipped'));
    expect(lab.commands()).toEqual([
      ['download', { kind: 'skipped' }, { fileNames: false }],
      ['download', { kind: 'skipped' }, { fileNames: true }],
    ]);
  });
});

describe('a classification', () => {
  test('is judged again by another model as soon as that is chosen', async () => {
    const lab = show(STATES['classify/disk']());
    await userEvent.selectOptions(page.getByTestId('classify-model'), 'r3');
    expect(lab.commands()).toEqual([
      ['go', 'classify', 'r3'],
      ['classifyAgain', { kind: 'run', id: 'r3' }],
    ]);
    await expect.element(page.getByTestId('judged-by')).toHaveTextContent('ResNet-18');
    await expect.element(page.getByTestId('judged-by-other').first()).toBeVisible();
  });

  test('is exported as it is shown: searched, sorted, without names unless asked', async () => {
    const lab = show(STATES['classify/disk']());
    await userEvent.fill(page.getByTestId('classify-search'), 'US');
    await vi.waitFor(() => expect(page.getByTestId('series-row').elements()).toHaveLength(2));
    await userEvent.click(page.getByTestId('classify-export'));
    await userEvent.click(page.getByTestId('download-classify-csv'));
    const keys = verdicts(28)
      .filter(({ modality }) => modality === 'US')
      .sort((a, b) => a.sourcePath.localeCompare(b.sourcePath, undefined, { numeric: true }))
      .map(({ key }) => key);
    expect(lab.commands()).toEqual([['download', { kind: 'classify-csv', keys }, { fileNames: false }]]);
  });
});

describe('files over the window', () => {
  function drag(kind: 'dragenter' | 'drop'): void {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.dcm'));
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }

  test('are told where they would go before they are read', async () => {
    const lab = show(STATES['classify/ready']());
    await expect.element(page.getByTestId('page')).toBeVisible();
    drag('dragenter');
    await expect.element(page.getByTestId('drop-overlay')).toHaveTextContent('Classify these files');
    expect(lab.commands()).toEqual([]);
    drag('drop');
    // The best of the finished runs.
    expect(lab.commands()).toEqual([['classifyFiles', expect.any(DataTransfer), { kind: 'run', id: 'r2' }]]);
    await expect.element(page.getByTestId('drop-overlay')).not.toBeVisible();
  });

  test('are refused while another tab works on the project', async () => {
    const lab = show(STATES['data/readonly']());
    await expect.element(page.getByTestId('page')).toBeVisible();
    drag('dragenter');
    await expect.element(page.getByTestId('drop-overlay')).toHaveTextContent('Not now');
    drag('drop');
    expect(lab.commands()).toEqual([]);
  });
});
