/** The first minute and the practice dialog: the question, the choices, the knobs, by mouse and by keyboard. */
import axe from 'axe-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Actions } from '../../src/app/actions.ts';
import type { GlimpseOrder } from '../../src/core/simulate/glimpse.ts';
import { STATES } from '../fakes/state.ts';
import { misfits } from '../harness/misfits.js';
import { leave, show } from '../harness/show.ts';

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, { resultTypes: ['violations'] });
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

const never: Actions['glimpses'] = () => ({ make: () => new Promise(() => {}), end: () => undefined });
const pictures = () => page.getByTestId('quiz-picture').elements() as HTMLButtonElement[];
const ready = () =>
  vi.waitFor(() => expect(pictures().filter(({ disabled }) => !disabled)).toHaveLength(12), 5000);

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(leave);

describe('the question of the start page', () => {
  test('waits with twelve empty places while pictures are made; the drop area works', async () => {
    show(STATES['data/empty'](), () => ({ glimpses: never }));
    await expect.element(page.getByRole('button', { name: 'Picture 3, being made' })).toBeDisabled();
    expect(pictures()).toHaveLength(12);
    await expect.element(page.getByTestId('open-practice')).toBeEnabled();
    expect(await violations()).toEqual([]);
  });

  test('says of the picture that is pressed what it is, and shows the right ones', async () => {
    const orders: GlimpseOrder[] = [];
    const ended = vi.fn();
    show(STATES['data/empty'](), ({ glimpses }) => ({
      glimpses: () => {
        const { make } = glimpses();
        return { make: (order) => make(orders[orders.push(order) - 1]), end: ended };
      },
    }));
    await ready();
    expect(ended).toHaveBeenCalled();
    const heading = page.getByRole('heading', { name: /^Which of these are/ });
    const wanted = { CT: 'CT', MR: 'MR', PET: 'PT', 'X-rays': 'XR' }[
      heading.element().textContent!.replace('Which of these are ', '').replace('?', '')
    ];
    const wrong = orders.findIndex(({ modality }) => modality !== wanted);
    pictures()[wrong].focus();
    await userEvent.keyboard('{Enter}');
    const answer = page.getByTestId('quiz-answer');
    await expect
      .element(answer)
      .toHaveTextContent(/^No: this is .* of (an abdomen|a [^a]\w+)\. .*see where it fails/);
    expect(answer.element().getAttribute('role')).toBe('status');
    expect(pictures().filter(({ dataset }) => dataset.right === 'true')).toHaveLength(3);
    expect(await violations()).toEqual([]);
    await userEvent.click(pictures()[orders.findIndex(({ modality }) => modality === wanted)]);
    await expect.element(answer).toHaveTextContent(/^Right: this is/);
    const before = heading.element().textContent;
    await userEvent.click(page.getByTestId('quiz-next'));
    expect(heading.element().textContent).not.toBe(before);
    expect(pictures().filter(({ dataset }) => dataset.right !== undefined)).toEqual([]);
  });

  test('is left out where no picture can be made', async () => {
    let fail = () => {};
    const make = vi.fn(
      () =>
        new Promise<never>((_, reject) => {
          fail = () => reject(new Error('no worker'));
        }),
    );
    show(STATES['data/empty'](), () => ({ glimpses: () => ({ make, end: () => undefined }) }));
    await expect.element(page.getByTestId('quiz')).toBeVisible();
    await vi.waitFor(() => expect(make).toHaveBeenCalled());
    fail();
    await vi.waitFor(() => expect(page.getByTestId('quiz').elements()).toEqual([]));
    await expect.element(page.getByTestId('open-practice')).toBeVisible();
  });

  test('its worker ends when the page is left before all are made', async () => {
    const end = vi.fn();
    const make = vi.fn(() => new Promise<never>(() => {}));
    show(STATES['data/empty'](), () => ({ glimpses: () => ({ make, end }) }));
    await vi.waitFor(() => expect(make).toHaveBeenCalled());
    expect(end).not.toHaveBeenCalled();
    leave();
    expect(end).toHaveBeenCalled();
  });

  test('leaves the drop area and its button in sight at 1366 × 768', async () => {
    show(STATES['data/empty']());
    await ready();
    const { top, bottom } = page.getByTestId('open-practice').element().getBoundingClientRect();
    expect(top).toBeGreaterThan(0);
    expect(bottom).toBeLessThan(740);
  });
});

describe('the practice dialog', () => {
  const dialog = () => page.getByTestId('practice-dialog');
  const named = (lab: ReturnType<typeof show>, name: string) => lab.calls.filter(([one]) => one === name);

  test('opens from the start page and from the page with data, at an address that Back leaves', async () => {
    for (const name of ['data/empty', 'data/full']) {
      const lab = show(STATES[name]());
      if (name === 'data/full') await userEvent.click(page.getByTestId('dataset-menu'));
      await userEvent.click(page.getByTestId('choose-practice'));
      await expect.element(dialog()).toBeVisible();
      expect(named(lab, 'look')).toEqual([['look', { practice: 'open' }, 'open']]);
      await userEvent.keyboard('{Escape}');
      expect(named(lab, 'look').at(-1)).toEqual(['look', { practice: undefined }, 'close']);
    }
  });

  test('makes what was chosen, and says before how much that is', async () => {
    const lab = show(STATES['data/choosing']());
    const plan = page.getByTestId('practice-plan');
    await expect
      .element(plan)
      .toHaveTextContent(/sites?, \d+ series, [\d,]+ slices: about \d+ MB, about \d+ s/);
    const all = plan.element().textContent;
    await userEvent.click(page.getByTestId('practice-XR'));
    expect(plan.element().textContent).not.toBe(all);
    await userEvent.fill(page.getByTestId('practice-seed'), '5');
    await userEvent.click(page.getByTestId('practice-make'));
    expect(named(lab, 'openPractice')).toEqual([
      ['openPractice', expect.objectContaining({ seed: 5, modalities: ['CT', 'MR', 'PT'], sites: null })],
    ]);
  });

  test('adds to a project that holds data, and names the sites that are ticked', async () => {
    const lab = show(STATES['data/choices']());
    const sites = () => page.getByTestId('practice-site').elements() as HTMLInputElement[];
    await expect.element(dialog()).toBeVisible();
    const before = sites().filter(({ checked }) => checked).length;
    await userEvent.click(sites().find(({ checked }) => checked)!);
    await userEvent.click(page.getByTestId('practice-add'));
    const [[, choices]] = named(lab, 'addPractice') as [[string, { sites: string[] }]];
    expect(choices.sites).toHaveLength(before - 1);
  });

  test('offers nothing where nothing would be made', async () => {
    show(STATES['data/choosing']());
    for (const one of ['CT', 'MR', 'PT', 'XR']) await userEvent.click(page.getByTestId(`practice-${one}`));
    await expect.element(page.getByTestId('practice-plan')).toHaveTextContent(/^Nothing would be made/);
    await expect.element(page.getByTestId('practice-make')).toBeDisabled();
    await expect.element(page.getByTestId('practice-zip')).toBeDisabled();
  });

  test('a knob asks for another picture with its stop alone, and a network answers to it', async () => {
    const orders: GlimpseOrder[] = [];
    show(STATES['data/choices'](), ({ glimpses }) => ({
      glimpses: () => {
        const { make, end } = glimpses();
        return { make: (order) => make(orders[orders.push(order) - 1]), end };
      },
    }));
    await expect.element(page.getByTestId('preview-verdict').getByText('CT', { exact: true })).toBeVisible();
    const dose = page.getByTestId('knob-mas');
    (dose.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}');
    await vi.waitFor(() => expect(orders.at(-1)?.settings).toEqual({ mas: 1 }));
    expect(dose.element().getAttribute('aria-valuetext')).toBe('1 mAs');
    await userEvent.selectOptions(page.getByTestId('preview-region'), 'head');
    await vi.waitFor(() => expect(orders.at(-1)).toMatchObject({ region: 'head', settings: { mas: 1 } }));
    await userEvent.click(page.getByTestId('preview-reset'));
    await vi.waitFor(() => expect(orders.at(-1)?.settings).toEqual({}));
    expect(await violations()).toEqual([]);
  });

  test('keeps the last picture while the next is made, and asks only for the newest', async () => {
    const waiting: (() => void)[] = [];
    const orders: GlimpseOrder[] = [];
    show(STATES['data/choosing'](), ({ glimpses }) => ({
      glimpses: () => {
        const { make, end } = glimpses();
        return {
          make: async (order) => {
            orders.push(order);
            await new Promise<void>((resolve) => waiting.push(resolve));
            return make(order);
          },
          end,
        };
      },
    }));
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]();
    const picture = page.getByTestId('preview-picture');
    await expect.element(picture.getByRole('img')).toBeVisible();
    (page.getByTestId('knob-mas').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect(picture.element().getAttribute('aria-busy')).toBe('true');
    await expect.element(picture.getByRole('img')).toBeVisible();
    waiting[1]();
    await vi.waitFor(() => expect(orders.at(-1)?.settings).toEqual({ mas: 20 }));
    expect(orders).toHaveLength(3);
  });

  test('a zip shows how far it is, can be cancelled, and ends with the dialog', async () => {
    let given: Parameters<Actions['zipPractice']>[1] | null = null;
    show(STATES['data/choosing'](), () => ({
      zipPractice: (_, options) => {
        given = options;
        return new Promise((_resolve, reject) => {
          options.signal.addEventListener('abort', () => reject(options.signal.reason));
        });
      },
    }));
    await userEvent.click(page.getByTestId('practice-zip'));
    given!.onProgress(20, 80);
    await vi.waitFor(() =>
      expect(
        (page.getByRole('progressbar', { name: 'Files of the zip' }).element() as HTMLProgressElement).value,
      ).toBe(20),
    );
    expect(await violations()).toEqual([]);
    await userEvent.click(page.getByTestId('practice-zip-cancel'));
    expect(given!.signal.aborted).toBe(true);
    await userEvent.click(page.getByTestId('practice-zip'));
    leave();
    expect(given!.signal.aborted).toBe(true);
  });
});

test('files that are made are not said to be read', async () => {
  const state = STATES['data/ingesting']();
  show({ ...state, job: { ...state.job!, making: true } });
  await expect
    .element(page.getByTestId('first-ingest').getByRole('heading'))
    .toHaveTextContent('Making files');
  await expect.element(page.getByTestId('job-bar')).toHaveTextContent(/^Making/);
  show(state);
  await expect
    .element(page.getByTestId('first-ingest').getByRole('heading'))
    .toHaveTextContent('Reading files');
  await expect.element(page.getByTestId('job-bar')).toHaveTextContent(/^Reading/);
});

test('the page with data leads to training until there is a run', async () => {
  const lab = show(STATES['data/untrained']());
  await userEvent.click(page.getByTestId('train-on-these'));
  expect(lab.calls).toContainEqual(['go', 'train']);
  show(STATES['data/full']());
  await expect.element(page.getByTestId('datasets-table')).toBeVisible();
  await expect.element(page.getByTestId('train-on-these')).not.toBeInTheDocument();
});

describe.each([
  [683, 384],
  [390, 844],
])('in a window of %d × %d', (width, height) => {
  beforeAll(() => page.viewport(width, height));
  afterAll(() => page.viewport(1366, 768));

  test('the question comes below the drop area, and all of it is in reach', async () => {
    show(STATES['data/empty']());
    await ready();
    const top = (id: string) => page.getByTestId(id).first().element().getBoundingClientRect().top;
    expect(top('quiz')).toBeGreaterThan(top('open-practice'));
    pictures()[2].click();
    await expect.element(page.getByTestId('quiz-answer')).toHaveTextContent(/this is/);
    expect(misfits({ print: false })).toEqual([]);
  });

  test('choices and knobs are in reach', async () => {
    show(STATES['data/choices']());
    await expect.element(page.getByTestId('preview-verdict')).toBeInTheDocument();
    expect(misfits({ print: false })).toEqual([]);
    expect(await violations()).toEqual([]);
  });
});
