/** Every page in every state, with made-up content: reachable for everybody, and by keyboard alone. */
import axe from 'axe-core';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { State } from '../../src/app/state.ts';
import { App } from '../../src/ui/App.tsx';
import { LabContext } from '../../src/ui/context.ts';
import { createFakeLab } from '../make/fakelab.ts';
import { STATES } from '../make/fakestate.ts';

let root: Root | null = null;

function show(state: State) {
  const lab = createFakeLab(state);
  const element = document.createElement('div');
  element.id = 'root';
  document.body.replaceChildren(element);
  root = createRoot(element);
  root.render(createElement(LabContext, { value: lab }, createElement(App)));
  // Pages ask for slices by themselves.
  return { commands: () => lab.calls.filter(([name]) => name !== 'slices'), calls: lab.calls };
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

afterEach(() => root?.unmount());

describe.each(['dark', 'light'] as const)('in the %s theme', (theme) => {
  test.each(Object.keys(STATES))('%s has no serious finding and fits', async (name) => {
    show({ ...STATES[name](), theme });
    await expect.element(page.getByTestId('page')).toBeVisible();
    expect(document.documentElement.dataset.theme).toBe(theme);
    expect(await violations(theme === 'light' ? ['color-contrast'] : undefined)).toEqual([]);
    expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(768);
  });
});

describe('by keyboard', () => {
  test('g and a letter change the page, ? shows the keys, Escape closes them', async () => {
    const lab = show(STATES['data/full']());
    await expect.element(page.getByTestId('datasets-table')).toBeVisible();
    await userEvent.keyboard('gr');
    expect(lab.commands()).toEqual([['go', 'results']]);
    await expect.element(page.getByTestId('confusion-matrix')).toBeVisible();
    await userEvent.keyboard('?');
    await expect.element(page.getByTestId('keys-dialog')).toBeVisible();
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByTestId('keys-dialog')).not.toBeInTheDocument();
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
    await vi.waitFor(() => expect(drawer.element().querySelector('dl')?.textContent).toContain('Slice5'));
    expect(await violations()).toEqual([]);
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

  test('a DICOM Modality gets a label', async () => {
    const lab = show(STATES['settings/full']());
    await userEvent.click(page.getByTestId('label-map-code'));
    await userEvent.keyboard('xa{Enter}');
    expect(lab.commands()).toEqual([
      ['setOptions', expect.objectContaining({ labelMap: expect.objectContaining({ XA: 'XR', MG: 'XR' }) })],
    ]);
    await expect.element(page.getByTestId('label-map').getByText('XA')).toBeVisible();
    await userEvent.click(page.getByTestId('label-map-reset'));
    await expect.element(page.getByTestId('label-map').getByText('XA')).not.toBeInTheDocument();
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
    expect(lab.commands()).toEqual([['classifyFiles', expect.any(DataTransfer), 'r1']]);
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
