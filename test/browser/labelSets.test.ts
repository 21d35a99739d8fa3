/** The dialogs of label sets in a real browser: edited by mouse and by keyboard, in words, for everybody. */
import axe from 'axe-core';
import { createElement, StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { addClass, emptySet } from '../../src/core/labels/editSet.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { writeLabelSet } from '../../src/core/labels/setFile.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import type { LabelSetPort } from '../../src/ui/labelSets/port.ts';
import { SetMenu } from '../../src/ui/labelSets/SetMenu.tsx';
import { fakeTrial } from '../fakes/labelSets.ts';
import { STATES } from '../fakes/state.ts';
import { misfits } from '../harness/misfits.js';
import { leave, show as showApp } from '../harness/show.ts';
import '../../src/ui/theme/tokens.css';
import '../../src/ui/theme/base.css';

let root: Root | null = null;

/** Its commands are spies. */
function fakePort(patch: Partial<Pick<LabelSetPort, 'sets' | 'active' | 'blocked'>> = {}) {
  const sets = patch.sets ?? [DEFAULT_SET, BODY_REGION_SET];
  return {
    sets,
    active: 'body-region',
    blocked: null,
    begin: () => fakeTrial(sets),
    put: vi.fn<LabelSetPort['put']>(),
    remove: vi.fn<LabelSetPort['remove']>(),
    use: vi.fn<LabelSetPort['use']>(),
    download: vi.fn<LabelSetPort['download']>(),
    ...patch,
  } satisfies LabelSetPort;
}

function show(port: LabelSetPort) {
  const element = document.createElement('div');
  element.id = 'root';
  document.body.replaceChildren(element);
  root = createRoot(element);
  root.render(createElement(StrictMode, null, createElement(SetMenu, { port })));
}

async function edit(port = fakePort()) {
  show(port);
  await userEvent.click(page.getByTestId('set-menu'));
  await userEvent.click(page.getByTestId('set-menu-edit'));
  await expect.element(page.getByTestId('set-editor')).toBeVisible();
  return port;
}

async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

const names = () =>
  page
    .getByTestId('class-name')
    .elements()
    .map((input) => (input as HTMLInputElement).value);
const saved = (port: ReturnType<typeof fakePort>): LabelSet => port.put.mock.lastCall![0];
const effect = () => page.getByTestId('set-effect');

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(() => {
  root?.unmount();
  root = null;
});

describe.each(['dark', 'light'] as const)('in the %s theme', (theme) => {
  beforeAll(() => {
    document.documentElement.dataset.theme = theme;
  });

  test.each([
    ['the body regions', fakePort()],
    ['the default set', fakePort({ active: 'modality' })],
    ['a set with faults', fakePort({ sets: [DEFAULT_SET, faulty()] })],
    ['a set that another tab holds', fakePort({ blocked: 'Another tab writes to this project.' })],
  ])('%s fit a small laptop and have no serious finding', async (_, port) => {
    await edit(port);
    await expect.element(effect()).not.toHaveTextContent('Counting');
    expect(await violations()).toEqual([]);
    expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(768);
    expect(misfits({ print: false })).toEqual([]);
  });

  test('the other dialogs have no serious finding', async () => {
    const port = fakePort();
    show(port);
    await userEvent.click(page.getByTestId('set-menu'));
    expect(await violations()).toEqual([]);
    await userEvent.click(page.getByTestId('set-menu-new'));
    await userEvent.click(page.getByTestId('set-start-values'));
    await expect.element(page.getByTestId('set-new-values')).toHaveTextContent('CHEST');
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await edit(port);
    await userEvent.click(page.getByTestId('set-delete'));
    await expect.element(page.getByTestId('set-delete-dialog')).toHaveTextContent('40 labels that somebody');
    expect(await violations()).toEqual([]);
  });
});

test.each([
  ['at twice the size', 683, 384],
  ['on a phone', 390, 844],
  ['at 320 pixels', 320, 640],
] as const)('%s every control can be reached', async (_, width, height) => {
  await page.viewport(width, height);
  try {
    await edit();
    await expect.element(effect()).not.toHaveTextContent('Counting');
    expect(misfits({ print: false })).toEqual([]);
    expect(await violations()).toEqual([]);
  } finally {
    await page.viewport(1366, 768);
  }
});

describe('the classes of a set', () => {
  test('are told when they come and go, and the focus goes on to the next', async () => {
    await edit();
    const said = () => expect.element(page.getByTestId('set-editor').getByTestId('said'));
    const focused = () => expect.poll(() => document.activeElement?.getAttribute('aria-label'));
    await userEvent.fill(page.getByTestId('class-new'), 'Foot');
    await userEvent.keyboard('{Enter}');
    await said().toHaveTextContent(/^Foot added: \d+ classes\.$/);
    expect(document.activeElement).toBe(page.getByTestId('class-new').element());
    await userEvent.click(page.getByTestId('class-remove'));
    await said().toHaveTextContent('Foot is removed.');
    await focused().toMatch(/, class (\d+) of \1$/);
    await userEvent.click(page.getByTestId('class-handle').first());
    const into = page.getByTestId('class-into').element() as HTMLSelectElement;
    await userEvent.selectOptions(into, into.options[2].value);
    await userEvent.click(page.getByTestId('class-merge'));
    await said().toHaveTextContent(/^\w+ is merged into \w+\.$/);
    await focused().toMatch(/, class \d+ of \d+$/);
  });

  test('are added, renamed and given a key, and saved without spaces', async () => {
    const port = await edit();
    await userEvent.click(page.getByTestId('class-new'));
    await userEvent.keyboard('Whole body{Enter}');
    expect(names().at(-1)).toBe('Whole body');
    const last = page.getByTestId('class-row').nth(7);
    await userEvent.fill(last.getByTestId('class-name'), ' Whole  ');
    await userEvent.fill(last.getByTestId('class-key'), 'W');
    await userEvent.fill(last.getByTestId('class-folders'), 'wb, whole body,, WB');
    await userEvent.click(page.getByTestId('set-save'));
    expect(saved(port).classes[7]).toMatchObject({
      id: 'whole-body',
      name: 'Whole',
      key: 'w',
      folders: ['wb', 'whole body'],
    });
  });

  test('are moved by Alt and an arrow, one tab stop among them, and the move is said', async () => {
    const port = await edit();
    const handles = page.getByTestId('class-handle').elements() as HTMLElement[];
    expect(handles.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    handles[0].focus();
    await userEvent.keyboard('{ArrowDown}{Alt>}{ArrowDown}{/Alt}');
    expect(names().slice(0, 3)).toEqual(['Head', 'Breast', 'Chest']);
    await expect.element(page.getByText('Chest is class 3 of 7.')).toBeInTheDocument();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Chest, class 3 of 7');
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(names().slice(0, 3)).toEqual(['Head', 'Chest', 'Breast']);
    await userEvent.keyboard('{Control>}y{/Control}{Control>}{Enter}{/Control}');
    expect(
      saved(port)
        .classes.map(({ id }) => id)
        .slice(0, 3),
    ).toEqual(['head', 'breast', 'chest']);
  });

  test('are dragged by their handle, and one undo takes the drag back', async () => {
    await edit();
    const handles = page.getByTestId('class-handle');
    const at = (n: number) => handles.nth(n).element().getBoundingClientRect();
    const point = (n: number) => ({
      clientX: at(n).x + 5,
      clientY: at(n).y + 10,
      bubbles: true,
      pointerId: 1,
    });
    const dragged = handles.nth(0).element() as HTMLElement;
    dragged.setPointerCapture = () => undefined;
    dragged.hasPointerCapture = () => true;
    dragged.dispatchEvent(new PointerEvent('pointerdown', point(0)));
    dragged.dispatchEvent(new PointerEvent('pointermove', point(1)));
    await vi.waitFor(() => expect(names()[1]).toBe('Head'));
    dragged.dispatchEvent(new PointerEvent('pointermove', point(2)));
    await vi.waitFor(() => expect(names()[2]).toBe('Head'));
    await userEvent.click(page.getByTestId('set-undo'));
    expect(names()[0]).toBe('Head');
    await expect.element(page.getByTestId('set-undo')).toBeDisabled();
  });

  test('come as a pasted list, a class a line', async () => {
    const port = fakePort({ sets: [DEFAULT_SET] });
    show(port);
    await userEvent.click(page.getByTestId('set-menu'));
    await userEvent.click(page.getByTestId('set-menu-new'));
    await userEvent.fill(page.getByTestId('set-new-name'), 'Sequence');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByTestId('class-new')).toBeVisible();
    (page.getByTestId('class-new').element() as HTMLElement).focus();
    const data = new DataTransfer();
    data.setData('text', 'T1\nT2\r\n\nFLAIR\nT1');
    document.activeElement!.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true }),
    );
    await vi.waitFor(() => expect(names()).toEqual(['T1', 'T2', 'FLAIR', 'T1 (2)']));
    await userEvent.click(page.getByTestId('set-save'));
    expect(port.put).toHaveBeenCalledWith(
      expect.objectContaining({ id: 'sequence', name: 'Sequence' }),
      true,
    );
  });
});

describe('the rules of a class', () => {
  test('are chips that go, and values of the project that are added', async () => {
    const port = await edit();
    await userEvent.click(page.getByTestId('class-handle').nth(1));
    const proposal = page.getByTestId('rule-proposal');
    await expect.element(proposal.first()).toHaveTextContent('WHOLEBODY 40 slices');
    await userEvent.click(proposal.first());
    await expect.element(effect()).toHaveTextContent('40 slices get a proposed label: 40 “Chest”.');
    await userEvent.fill(page.getByTestId('rule-value'), 'aorta');
    await userEvent.keyboard('{Enter}');
    const rules = page.getByTestId('class-rule');
    (rules.first().element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}{Enter}');
    await expect.element(page.getByLabelText('Remove THORAX')).not.toBeInTheDocument();
    await userEvent.click(page.getByTestId('set-save'));
    const values = saved(port).classes[1].dicom.map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(['CHEST', 'WHOLEBODY', 'aorta']));
    expect(values).not.toContain('THORAX');
  });

  test('go with the class into another, and so do labels that were given: said before it is saved', async () => {
    const port = await edit();
    await userEvent.click(page.getByTestId('class-handle').nth(6));
    await userEvent.selectOptions(page.getByTestId('class-into'), 'chest');
    await userEvent.click(page.getByTestId('class-merge'));
    await expect.element(effect()).toHaveTextContent('40 labels of “Spine” count for “Chest”.');
    await expect.element(effect()).toHaveTextContent('40 slices proposed as “Spine” become “Chest”.');
    await userEvent.click(page.getByTestId('set-save'));
    expect(saved(port).merged).toEqual({ spine: 'chest' });
  });

  test('are lost with the class: said before it is saved', async () => {
    await edit();
    await userEvent.click(page.getByTestId('class-handle').nth(6));
    await userEvent.click(page.getByTestId('class-remove'));
    await expect.element(effect()).toHaveTextContent('40 labels given as “Spine” count no longer.');
    await expect.element(effect()).toHaveTextContent('40 slices lose the proposed label “Spine”.');
    await expect.element(page.getByTestId('class-panel')).toHaveTextContent('Limb');
  });
});

describe('faults and hints', () => {
  test('stand beside their field, and nothing is saved with a fault', async () => {
    const port = await edit();
    const second = page.getByTestId('class-row').nth(1);
    await userEvent.fill(second.getByTestId('class-name'), 'head');
    await userEvent.fill(second.getByTestId('class-key'), 'u');
    const problems = page.getByTestId('class-problems').nth(1);
    await expect.element(problems).toHaveTextContent('Two classes are called “head”.');
    await expect.element(problems).toHaveTextContent('choose a digit from 1 or another letter');
    await expect.element(second.getByTestId('class-name')).toHaveAttribute('aria-invalid', 'true');
    await expect.element(page.getByTestId('set-save')).toBeDisabled();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(port.put).not.toHaveBeenCalled();
    await userEvent.fill(page.getByTestId('set-name'), 'modality');
    await expect.element(page.getByText('Another set of this project has this name.')).toBeVisible();
  });

  test('of colours name who takes them for each other, and keep nothing from being saved', async () => {
    await edit();
    const colour = page.getByTestId('class-colour').nth(1).element() as HTMLInputElement;
    colour.focus();
    await userEvent.fill(page.getByTestId('class-colour').nth(1), '#117733');
    await userEvent.fill(page.getByTestId('class-colour').nth(2), '#ffffff');
    await expect.element(page.getByTestId('set-save')).toBeEnabled();
    await expect.element(page.getByTestId('class-panel')).toHaveTextContent('hard to see in the light theme');
    await userEvent.click(page.getByTestId('class-handle').nth(1));
    await expect
      .element(page.getByTestId('class-panel'))
      .toHaveTextContent('Hard to tell from “Limb” with red-green colour blindness (protanopia).');
    (page.getByTestId('class-colours').element().querySelector('label') as HTMLElement).click();
    await expect.element(page.getByTestId('colour-hint').first()).not.toBeInTheDocument();
  });
});

describe('the default set', () => {
  test('keeps its classes and their names; colours, keys and rules change', async () => {
    const port = await edit(fakePort({ active: 'modality' }));
    await expect.element(page.getByTestId('set-locked')).toHaveTextContent('copy the set');
    for (const id of ['class-new', 'class-remove', 'class-merge', 'set-delete'])
      await expect.element(page.getByTestId(id)).not.toBeInTheDocument();
    await expect.element(page.getByTestId('class-name').first()).toHaveAttribute('readonly');
    (page.getByTestId('class-handle').first().element() as HTMLElement).focus();
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(names()).toEqual(['CT', 'MR', 'PT', 'XR']);
    await userEvent.fill(page.getByTestId('class-key').first(), 'c');
    await userEvent.click(page.getByTestId('set-save'));
    expect(saved(port)).toMatchObject({ id: 'modality', classes: [{ id: 'CT', key: 'c' }, {}, {}, {}] });
  });

  test('is copied to have other classes', async () => {
    const port = await edit(fakePort({ active: 'modality' }));
    await userEvent.click(page.getByTestId('set-copy'));
    await expect.element(page.getByTestId('set-name')).toHaveValue('Modality (2)');
    await userEvent.click(page.getByTestId('class-new'));
    await userEvent.keyboard('US{Enter}');
    await userEvent.click(page.getByTestId('set-save'));
    expect(saved(port)).toMatchObject({ id: 'modality-2' });
    expect(saved(port).classes).toHaveLength(5);
  });
});

describe('leaving', () => {
  test('without a change closes; with one asks first, also at a second Escape', async () => {
    await edit();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByTestId('set-editor')).not.toBeInTheDocument();
    const port = await edit();
    await userEvent.fill(page.getByTestId('set-name'), 'Regions');
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByText('The changes are not saved yet.')).toBeVisible();
    expect(document.activeElement).toBe(page.getByTestId('set-stay').element());
    await userEvent.click(page.getByTestId('set-stay'));
    await expect.element(page.getByTestId('set-name')).toHaveValue('Regions');
    await userEvent.keyboard('{Escape}{Escape}');
    await expect.element(page.getByTestId('set-editor')).not.toBeInTheDocument();
    expect(port.put).not.toHaveBeenCalled();
  });
});

describe('a set from a file', () => {
  async function pick(text: string, port = fakePort()) {
    show(port);
    await expect.element(page.getByTestId('set-file')).toBeInTheDocument();
    const input = page.getByTestId('set-file').element() as HTMLInputElement;
    const data = new DataTransfer();
    data.items.add(new File([text], 'set.json'));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return port;
  }

  test('of a new id opens, and is stored when it is saved', async () => {
    const set = ['A', 'B'].reduce((grown, name) => addClass(grown, name), emptySet('Two', []));
    const port = await pick(writeLabelSet(set));
    await expect.element(page.getByTestId('set-name')).toHaveValue('Two');
    expect(port.put).not.toHaveBeenCalled();
    await userEvent.click(page.getByTestId('set-save'));
    expect(port.put).toHaveBeenCalledWith(set, true);
  });

  test('of an id that is here asks whether to replace or to keep both', async () => {
    const text = writeLabelSet({ ...BODY_REGION_SET, name: 'Regions' });
    const port = await pick(text);
    await userEvent.click(page.getByTestId('set-both'));
    await userEvent.click(page.getByTestId('set-save'));
    expect(saved(port).id).toBe('regions');
    await pick(text, port);
    await userEvent.click(page.getByTestId('set-replace'));
    await userEvent.click(page.getByTestId('set-save'));
    expect(port.put).toHaveBeenLastCalledWith(expect.objectContaining({ id: 'body-region' }), false);
  });

  test('never replaces the classes of the default set', async () => {
    await pick(writeLabelSet({ ...DEFAULT_SET, classes: DEFAULT_SET.classes.slice(0, 3) }));
    await expect.element(page.getByTestId('set-replace')).toBeDisabled();
    await expect.element(page.getByTestId('set-clash')).toHaveTextContent('Replace is not possible');
  });

  test('that is none is refused in words', async () => {
    await pick('{"classes": 3}');
    await expect.element(page.getByTestId('set-refused')).toHaveTextContent('it has no list of classes');
  });
});

describe('a new set', () => {
  async function open(port = fakePort({ sets: [DEFAULT_SET] })) {
    show(port);
    await userEvent.click(page.getByTestId('set-menu'));
    await userEvent.click(page.getByTestId('set-menu-new'));
    return port;
  }

  test('has a class for each value that stored slices have, but those left out', async () => {
    const port = await open();
    await userEvent.click(page.getByTestId('set-start-values'));
    await expect.element(page.getByTestId('set-new-values')).toHaveTextContent('CHEST3 series, 120 slices');
    await userEvent.click(page.getByLabelText('WHOLEBODY'));
    await userEvent.click(page.getByTestId('set-new-go'));
    await vi.waitFor(() => expect(names()).toEqual(['Chest', 'Head', 'Abdomen', 'Lspine', 'Neck']));
    await userEvent.click(page.getByTestId('set-save'));
    expect(port.put).toHaveBeenCalledWith(
      expect.objectContaining({ name: 'Body Part Examined (0018,0015)' }),
      true,
    );
  });

  test('is an example under its own id, or a copy with one of its own', async () => {
    const port = await open();
    await userEvent.click(page.getByTestId('set-start-example'));
    await userEvent.selectOptions(page.getByTestId('set-new-example'), 'body-region');
    await userEvent.click(page.getByTestId('set-new-go'));
    await expect.element(effect()).toHaveTextContent('40 slices have the label again that was given before');
    await userEvent.click(page.getByTestId('set-save'));
    expect(saved(port).id).toBe('body-region');
    await open(port);
    await userEvent.click(page.getByTestId('set-start-copy'));
    await userEvent.selectOptions(page.getByTestId('set-new-copy'), 'modality');
    await userEvent.click(page.getByTestId('set-new-go'));
    await userEvent.click(page.getByTestId('set-save'));
    expect(saved(port).id).toBe('modality-2');
  });
});

test('the menu uses another set, and downloads the one in use', async () => {
  const port = fakePort();
  show(port);
  await userEvent.click(page.getByTestId('set-menu'));
  await userEvent.click(page.getByTestId('set-use').first());
  expect(port.use).toHaveBeenCalledWith('modality');
  await userEvent.click(page.getByTestId('set-menu'));
  await userEvent.click(page.getByTestId('set-menu-download'));
  expect(port.download).toHaveBeenCalledWith(BODY_REGION_SET);
});

test('a set is deleted after what goes with it was named', async () => {
  const port = await edit();
  await userEvent.click(page.getByTestId('set-delete'));
  await expect.element(page.getByTestId('set-delete-dialog')).toHaveTextContent('40 labels that somebody');
  await userEvent.click(page.getByTestId('set-delete-confirm'));
  expect(port.remove).toHaveBeenCalledWith('body-region');
});

test('Settings list the sets, and use, edit, make and import them', async () => {
  const lab = showApp(STATES['settings/sets']());
  const card = page.getByTestId('label-sets');
  await expect.element(card).toHaveTextContent('Body region in use');
  await userEvent.click(page.getByTestId('label-set-use').first());
  await expect.element(card).toHaveTextContent('Modality in use');
  await userEvent.click(page.getByRole('button', { name: 'Edit Image quality' }));
  await userEvent.fill(page.getByTestId('class-name').first(), 'Fine');
  await userEvent.click(page.getByTestId('set-save'));
  await expect.element(card).toHaveTextContent('Fine');
  await userEvent.click(page.getByTestId('label-set-new'));
  await userEvent.fill(page.getByTestId('set-new-name'), 'Side');
  await userEvent.click(page.getByTestId('set-new-go'));
  for (const name of ['Left', 'Right']) {
    await userEvent.click(page.getByTestId('class-new'));
    await userEvent.keyboard(`${name}{Enter}`);
  }
  await userEvent.click(page.getByTestId('set-save'));
  await expect.element(card).toHaveTextContent('Side in use');
  expect(lab.calls.map(([name]) => name)).toEqual(
    expect.arrayContaining(['useLabelSet', 'tryLabelSets', 'putLabelSet']),
  );
  leave();
});

test('the keys of the Label page rest while the menu is open', async () => {
  const lab = showApp(STATES['label/full']());
  await userEvent.click(page.getByTestId('set-menu'));
  await expect.element(page.getByTestId('set-menu-edit')).toBeVisible();
  const given = () => lab.calls.filter(([name]) => name === 'labelSpans');
  await userEvent.keyboard('1');
  expect(given()).toEqual([]);
  await userEvent.keyboard('{Escape}1');
  expect(given()).toHaveLength(1);
  leave();
});

/** Twice a name, a key of a command, and colours that are alike. */
function faulty(): LabelSet {
  const [head, chest, ...rest] = BODY_REGION_SET.classes;
  return {
    ...BODY_REGION_SET,
    classes: [head, { ...chest, name: 'head', key: 'u', colour: '#117733', folders: ['brain'] }, ...rest],
  };
}
