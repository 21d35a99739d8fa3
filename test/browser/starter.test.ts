/** The starter on the pages: chosen on Classify without any run, and begun with on Train. */
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { STARTER_FACTS, STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

const ready = () => ({ ...STATES['train/ready'](), starter: STARTER_FACTS });

async function accessible() {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}

describe('Classify', () => {
  test('without any run has the starter, and asks for no training', async () => {
    show(STATES['classify/starter']());
    await expect.element(page.getByText('No training is needed, and no project data.')).toBeVisible();
    await expect.element(page.getByTestId('classify-model')).toHaveTextContent('Starter – 93.0 % balanced');
    await expect.element(page.getByTestId('starter-card')).toHaveAttribute('href', './starter/card.md');
    await accessible();
  });

  test('the address of the starter is known', async () => {
    show({ ...STATES['classify/starter'](), detail: 'starter' });
    await expect.element(page.getByTestId('classify-model')).toHaveValue('starter');
  });

  test('lists the starter before the runs, and judges again with it as soon as it is chosen', async () => {
    const lab = show({ ...STATES['classify/disk'](), starter: STARTER_FACTS });
    const options = page.getByTestId('classify-model').getByRole('option');
    await expect.element(options.first()).toHaveTextContent('Starter');
    await userEvent.selectOptions(page.getByTestId('classify-model'), 'starter');
    expect(lab.calls.slice(-2)).toEqual([
      ['go', 'classify', 'starter'],
      ['classifyAgain', { kind: 'starter' }],
    ]);
  });
});

describe('Train', () => {
  test('begins with the starter at its network and size, which cannot be changed', async () => {
    const lab = show(ready());
    await userEvent.click(page.getByTestId('preset-starter'));
    await expect.element(page.getByTestId('form-start')).toHaveTextContent('Its last layer is kept');
    await expect.element(page.getByTestId('train-network')).toBeDisabled();
    await expect.element(page.getByTestId('train-size')).toHaveTextContent(/96$/);
    await expect.element(page.getByTestId('preset-starter')).not.toHaveTextContent('edited');
    await accessible();
    await userEvent.click(page.getByTestId('train-start'));
    const config = { network: 'resnet18', inputSize: 96, start: { from: 'starter', layers: 'all' } };
    expect(lab.calls.at(-1)).toEqual(['startRun', expect.objectContaining(config)]);
  });

  test('says that the last layer is new where the classes are others', async () => {
    show({ ...ready(), labelSet: BODY_REGION_SET });
    await userEvent.click(page.getByTestId('preset-starter-head'));
    await expect.element(page.getByTestId('form-start')).toHaveTextContent('Its last layer is new');
  });

  test('without a starter offers no preset of it', async () => {
    show(STATES['train/ready']());
    await expect.element(page.getByTestId('preset-quick')).toBeVisible();
    await expect.element(page.getByTestId('preset-starter')).not.toBeInTheDocument();
  });
});
