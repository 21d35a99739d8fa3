/** The queue and the list of runs on the Train page. */
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { QueuedRun } from '../../src/app/queue.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import { FULL, STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

async function seriousFaults() {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

const words = () => page.getByTestId('queue-words');
const titles = () =>
  page
    .getByTestId('queue-row')
    .elements()
    .map((row) => row.querySelector('button')!.textContent);

describe('the queue’s dialog', () => {
  const dialog = () => page.getByTestId('queue-dialog');
  const open = async () => {
    const lab = show({ ...FULL, page: 'train', detail: 'new' });
    await userEvent.click(page.getByTestId('train-queue'));
    return lab;
  };

  test('makes a run of every combination, with the time of each and of all, and queues them', async () => {
    const lab = await open();
    expect(await seriousFaults()).toEqual([]);
    await userEvent.click(dialog().getByRole('checkbox', { name: 'VGG16', exact: true }));
    await userEvent.fill(page.getByTestId('queue-seeds'), '1–3');
    await userEvent.fill(page.getByTestId('queue-tags'), 'night, pilot');
    await expect.element(page.getByTestId('queue-total')).toHaveTextContent(/^6 runs, about .+ in all$/);
    expect(page.getByTestId('queue-plan').element().querySelectorAll('tbody tr')).toHaveLength(6);
    // More runs than fit are scrolled to.
    const body = page.getByTestId('queue-plan').element().parentElement!;
    expect(getComputedStyle(body).overflowY).toBe('auto');
    await userEvent.click(page.getByTestId('queue-add'));
    await expect.element(dialog()).not.toBeInTheDocument();
    const [, queued] = lab.calls.find(([name]) => name === 'queueRuns') as [string, QueuedRun[]];
    expect(queued.map(({ config: { network, seed } }) => `${network} ${seed}`)).toEqual([
      'resnet18 1',
      'vgg16 1',
      'resnet18 2',
      'vgg16 2',
      'resnet18 3',
      'vgg16 3',
    ]);
    expect(queued[0].tags).toEqual(['night', 'pilot']);
  });

  test('keeps test closed for all of them, unless that is ticked off', async () => {
    const closed = async (lab: Awaited<ReturnType<typeof open>>) => {
      await userEvent.click(page.getByTestId('queue-add'));
      await expect.element(dialog()).not.toBeInTheDocument();
      const [, queued] = lab.calls.find(([name]) => name === 'queueRuns') as [string, QueuedRun[]];
      return queued.map(({ config }) => config.testOnDemand);
    };
    const lab = await open();
    await expect.element(page.getByTestId('queue-test-closed')).toBeChecked();
    expect(await closed(lab)).toEqual([true]);
    const other = await open();
    await userEvent.click(page.getByTestId('queue-test-closed'));
    expect(await closed(other)).toEqual([undefined]);
  });

  test('says what is missing, and queues nothing', async () => {
    await open();
    await userEvent.fill(page.getByTestId('queue-seeds'), 'all');
    await expect.element(page.getByTestId('queue-total')).toHaveTextContent('Write seeds as whole numbers');
    await expect.element(page.getByTestId('queue-add')).toBeDisabled();
    await expect.element(dialog()).toHaveTextContent('None ticked: the size of the settings.');
    await expect.element(dialog()).toHaveTextContent('A run that fails says why, and the next one begins.');
  });
});

describe('the queue', () => {
  test('is shown with its order and time, and goes on only when told to', async () => {
    const lab = show(STATES['train/queue']());
    await expect.element(words()).toHaveTextContent(/^4 runs wait, about .+ in all · paused$/);
    await expect
      .element(page.getByTestId('queue-panel'))
      .toHaveTextContent('Its runs begin one after the other');
    expect(titles()[1]).toContain('seed 2');
    expect(await seriousFaults()).toEqual([]);
    await userEvent.click(page.getByTestId('queue-go'));
    await expect.element(words()).toHaveTextContent('goes on');
    await expect
      .element(page.getByTestId('queue-panel'))
      .toHaveTextContent('After a reload or a crash the queue goes on by itself, from what was saved.');
    await userEvent.click(page.getByTestId('queue-pause'));
    expect(lab.state.getState().queueGoes).toBe(false);
  });

  test('is put in another order by buttons, which say what they did', async () => {
    show(STATES['train/queue']());
    await expect.poll(titles).toHaveLength(4);
    const before = titles();
    await userEvent.click(page.getByTestId('queue-down').nth(1));
    await expect.poll(titles).toEqual([before[0], before[2], before[1], before[3]]);
    await expect.element(page.getByTestId('said').first()).toHaveTextContent('moved down');
    await userEvent.click(page.getByTestId('queue-remove').nth(1));
    await expect.poll(titles).toEqual([before[0], before[1], before[3]]);
    await expect.poll(() => document.activeElement?.getAttribute('data-testid')).toBe('queue-remove');
  });

  test('has its run in progress at its head, which can’t be moved', async () => {
    show(STATES['train/queue-goes']());
    await expect.element(words()).toHaveTextContent(/goes on$/);
    await userEvent.click(page.getByTestId('queue-open'));
    await expect.element(page.getByTestId('queue-down').first()).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByTestId('queue-up').nth(1)).toHaveAttribute('aria-disabled', 'true');
  });

  test('waits for what needs the device, and says for what', async () => {
    show({
      ...STATES['train/queue'](),
      queueGoes: true,
      baselines: { key: 'baseline-features-knn', done: 1, total: 2 },
    });
    await expect.element(words()).toHaveTextContent('waits: Baselines are being made');
  });

  test('is only shown in a tab that doesn’t write', async () => {
    show({ ...STATES['train/queue'](), readOnly: true });
    await expect.element(words()).toHaveTextContent('this tab only shows it');
    await expect.element(page.getByTestId('queue-go')).toBeDisabled();
    await expect.element(page.getByTestId('queue-remove').first()).toHaveAttribute('aria-disabled', 'true');
  });

  test('a waiting run is opened from it, with its settings and no button to start it twice', async () => {
    show({ ...STATES['train/queue'](), detail: 'q2' });
    await expect
      .element(page.getByText('This run waits in the queue, with the settings above.'))
      .toBeVisible();
    await expect.element(page.getByText('It waits in the queue.')).toBeVisible();
    await expect.element(page.getByTestId('train-start')).not.toBeInTheDocument();
    leave();
    show({ ...STATES['train/queue'](), page: 'results', detail: 'q2' });
    await expect.element(page.getByText('It waits in the queue of the Train page.')).toBeVisible();
    // Those that nobody asked for are no chips of Results.
    expect(page.getByTestId('run-chip').elements()).toHaveLength(5);
  });
});

describe('the list of runs', () => {
  const open = async () => {
    const lab = show(STATES['train/many']());
    await userEvent.click(page.getByTestId('runs-open'));
    return lab;
  };
  const drawn = () => page.getByTestId('runs-row').elements().length;

  test('draws of 60 runs those in sight, and finds them by words, status and tag', async () => {
    await open();
    await expect.element(page.getByTestId('runs-count')).toHaveTextContent('60 runs');
    expect(drawn()).toBeLessThan(40);
    expect(await seriousFaults()).toEqual([]);
    await userEvent.selectOptions(page.getByTestId('runs-status'), 'failed');
    await expect.element(page.getByTestId('runs-count')).toHaveTextContent('6 of 60 runs');
    await userEvent.selectOptions(page.getByTestId('runs-status'), 'all');
    await userEvent.selectOptions(page.getByTestId('runs-tag'), 'pilot');
    await expect.element(page.getByTestId('runs-count')).toHaveTextContent('30 of 60 runs');
    await userEvent.fill(page.getByTestId('runs-search'), 'best seed');
    await expect.poll(drawn).toBe(1);
    await userEvent.fill(page.getByTestId('runs-search'), 'no such run');
    await expect.element(page.getByText('No run is like this.')).toBeVisible();
  });

  test('takes names, tags and notes in place; the arrow keys go from run to run', async () => {
    const lab = await open();
    await userEvent.click(page.getByLabelText('Tags of Run 60 of the study, by commas'));
    await userEvent.fill(page.getByLabelText('Tags of Run 60 of the study, by commas'), 'best, paper');
    await userEvent.keyboard('{Enter}');
    expect(lab.calls.at(-1)).toEqual(['tagRun', 'm59', ['best', ' paper']]);
    await userEvent.fill(page.getByLabelText('Note on Run 60 of the study'), 'seen');
    await userEvent.keyboard('{Enter}');
    expect(lab.calls.at(-1)).toEqual(['noteRun', 'm59', 'seen']);
    page.getByRole('button', { name: 'Run 60 of the study' }).element().focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('button', { name: 'Run 59 of the study' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(lab.state.getState().detail).toBe('m58');
    await expect.element(page.getByTestId('runs-dialog')).not.toBeInTheDocument();
  });
});

test('the settings of the form are those that are queued', async () => {
  const lab = show({ ...FULL, page: 'train', detail: 'new' });
  await userEvent.fill(page.getByTestId('train-epochs'), '3');
  await userEvent.click(page.getByTestId('train-queue'));
  await userEvent.click(page.getByTestId('queue-add'));
  const [, queued] = lab.calls.find(([name]) => name === 'queueRuns') as [string, QueuedRun[]];
  expect(queued).toEqual([
    { config: { ...presetConfig('quick'), epochs: 3, testOnDemand: true }, title: null, note: '', tags: [] },
  ]);
});
