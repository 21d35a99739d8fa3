/** Labels given by keys alone: counted, undone over a reload, and what a training then learns from. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { addFolder, go, open } from '../../scripts/driver.js';
import { dicomFile } from '../builders/dicom.ts';
import { randomFrom } from '../builders/phantom.ts';

const ROOT = process.cwd();
const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
const FOLDER = join(ROOT, 'out/label-e2e');
const SIDE = 32;
const FOLDERS = 4;
const SERIES = 10;
const SLICES = 3;

/** Series without a Modality, in folders that name no class: nobody says what they are. */
test.beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  const random = randomFrom(5);
  for (let dataset = 0; dataset < FOLDERS; dataset++) {
    for (let series = 0; series < SERIES; series++) {
      for (let slice = 0; slice < SLICES; slice++) {
        const home = join(FOLDER, `part ${dataset}`, `s${series}`);
        mkdirSync(home, { recursive: true });
        const uid = `1.2.3.${dataset}.${series}`;
        const bytes = dicomFile({
          rows: SIDE,
          columns: SIDE,
          pixels: Int16Array.from({ length: SIDE * SIDE }, () => random() * 1000),
          patient: `P${dataset}.${series}`,
          series: uid,
          instance: `${uid}.${slice}`,
          instanceNumber: slice + 1,
          elements: [{ tag: 0x00080060, vr: '', value: '' }],
        });
        writeFileSync(join(home, `${slice}.dcm`), bytes);
      }
    }
  }
});

const left = async (page: Page) => Number(await page.getByTestId('label-left').getAttribute('data-left'));
const stored = (page: Page) => expect(page.getByTestId('label-unsaved')).toHaveAttribute('data-unsaved', '0');
/** Slices of a class on all sides of the split. */
const slicesOf = async (page: Page, name: string) => {
  const cells = await page.locator(`[data-testid="label-tally"] [data-class="${name}"] td`).allTextContents();
  return cells.reduce((sum, text) => sum + Number(text), 0);
};

async function press(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  expect(found).toEqual([]);
}

test('thirty series are labelled by keys alone, taken back over a reload, and learned from', async ({
  page,
  baseURL,
}) => {
  await open(page, baseURL!);
  await addFolder(page, FOLDER);
  await expect(page.getByTestId('dataset-row')).toHaveCount(1);
  await go(page, 'train');
  await expect(page.getByTestId('train-start')).toBeDisabled();

  await press(page, ['g', 'b']);
  await expect(page.getByTestId('stack').first()).toBeVisible();
  await expectAccessible(page);
  expect(await left(page)).toBe(FOLDERS * SERIES);
  await press(
    page,
    Array.from({ length: 30 }, (_, i) => String(1 + (i % 4))),
  );
  expect(await left(page)).toBe(10);
  for (const [name, series] of [
    ['CT', 8],
    ['MR', 8],
    ['PT', 7],
    ['XR', 7],
  ] as const)
    expect(await slicesOf(page, name)).toBe(series * SLICES);

  await press(page, ['u', 'u', 'Control+z']);
  expect(await left(page)).toBe(13);
  await stored(page);
  await page.reload();
  await page.locator('[data-ready="true"]').waitFor();
  await expect(page.getByTestId('stack').first()).toBeVisible();
  expect(await left(page)).toBe(13);
  await press(page, ['u', 'r', 'r']);
  await expect.poll(() => left(page)).toBe(12);
  await stored(page);

  await press(page, ['Home', 'x']);
  expect(await slicesOf(page, 'CT')).toBe(6 * SLICES);
  await press(page, ['g']);
  await expect(page.getByTestId('label-stage')).toHaveAccessibleName(/^Slice 2 of 3, original$|stored/);
  await press(page, ['Shift+2']);
  await expect(page.getByTestId('item-facts')).toContainText('mixed');
  await expectAccessible(page);
  await stored(page);

  await go(page, 'train');
  await expect(page.getByTestId('train-start')).toBeEnabled();
  await go(page, 'data');
  // All but the excluded series.
  const slices = page.getByTestId('dataset-row').getByRole('cell').nth(4);
  const counted = String(FOLDERS * SERIES * SLICES - SLICES);
  await expect(slices).toHaveText(counted);
  await page.reload();
  await page.locator('[data-ready="true"]').waitFor();
  await expect(slices).toHaveText(counted);
});
