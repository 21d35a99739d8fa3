/** Doubts about labels from the first press to their answers: fold models trained in the tab, cancelled, closed, trained again. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { addFolder, go, open } from '../../scripts/driver.js';
import { dicomFile } from '../builders/dicom.ts';
import { randomFrom } from '../builders/phantom.ts';

const FOLDER = join(process.cwd(), 'out/audit-e2e');
const SIDE = 32;
const SERIES = 24;
const SLICES = 2;
/** One series of each class gets the other's label. */
const WRONG = [
  { is: 'CT', key: '2', label: 'MR' },
  { is: 'MR', key: '1', label: 'CT' },
] as const;

/** Patients in turn with a bright disc (CT) and with stripes (MR): three models learn that in seconds. */
test.beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const random = randomFrom(3);
  for (let series = 0; series < SERIES; series++) {
    const modality = series % 2 ? 'MR' : 'CT';
    for (let slice = 0; slice < SLICES; slice++) {
      const [size, noise] = [6 + 8 * random(), 120];
      const at = (x: number, y: number) =>
        modality === 'MR'
          ? 500 + 400 * Math.sin((y * 12) / size)
          : Math.hypot(x - SIDE / 2, y - SIDE / 2) < size
            ? 1000
            : 100;
      const instance = `1.2.3.${series}.${slice}`;
      const bytes = dicomFile({
        rows: SIDE,
        columns: SIDE,
        pixels: Int16Array.from({ length: SIDE * SIDE }, (_, i) => {
          return at(i % SIDE, Math.floor(i / SIDE)) + noise * random();
        }),
        modality,
        patient: `patient${1000 + series}`,
        study: `1.2.${1000 + series}`,
        series: `1.2.3.${series}`,
        instance,
        instanceNumber: slice + 1,
      });
      writeFileSync(join(FOLDER, `${String(series).padStart(2, '0')} ${slice}.dcm`), bytes);
    }
  }
});

const bar = (page: Page) => page.getByTestId('audit-progress');
const doubtAbout = (page: Page, { label }: (typeof WRONG)[number]) =>
  page.getByTestId('doubt').filter({ hasText: `Labelled ${label}, but` });

async function toDoubts(page: Page): Promise<void> {
  await go(page, 'label');
  await page.getByTestId('label-view').getByText('Doubts').click();
  await expect(page.getByTestId('doubts')).toBeVisible();
}

/** Slices of each class, as the Label page counts them. */
const counted = (page: Page) => page.getByTestId('label-tally').textContent();

test('two wrong labels are found by models trained in the tab, answered by key, and do not come back', async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(900_000);
  await open(page, baseURL!);
  await addFolder(page, FOLDER);
  await go(page, 'label');
  const places = await Promise.all(
    WRONG.map(async ({ is }) => {
      const texts = await page.getByTestId('stack').allInnerTexts();
      return texts.findIndex((text) => text.includes(is));
    }),
  );
  for (const [i, { key }] of WRONG.entries()) {
    await page.getByTestId('stack').nth(places[i]).click();
    await page.keyboard.press(key);
  }
  await expect(page.getByTestId('label-unsaved')).toHaveAttribute('data-unsaved', '0');
  await toDoubts(page);
  const before = await counted(page);

  await page.getByTestId('audit-start').click();
  await expect(bar(page)).toContainText(/Model 1 of 3 learns.*\d s left/, { timeout: 120_000 });
  await go(page, 'train');
  await expect(page.getByTestId('train-start')).toBeDisabled();
  await expect(page.getByTestId('train-remarks')).toContainText('Doubts about labels are being looked for');
  await toDoubts(page);
  await page.getByTestId('audit-cancel').click();
  await expect(page.getByTestId('audit-start')).toHaveText('Look for doubts');
  await expect(page.getByTestId('doubt')).toHaveCount(0);
  expect(await counted(page)).toBe(before);

  await page.getByTestId('audit-start').click();
  await expect(bar(page)).toContainText('Model 1 of 3 learns', { timeout: 120_000 });
  await page.close();
  const next = await context.newPage();
  await open(next, baseURL!, 'label');
  await toDoubts(next);
  await expect(next.getByTestId('audit-start')).toHaveText('Look for doubts');
  expect(await counted(next)).toBe(before);

  await next.getByTestId('audit-start').click();
  await expect(bar(next)).toContainText('Model 3 of 3', { timeout: 600_000 });
  await expect(next.getByTestId('audit-start')).toHaveText('Look again', { timeout: 300_000 });
  await expect(next.getByTestId('noise')).toContainText(/judged labels (is|are) probably wrong \(between/);
  const [corrected, left] = WRONG.map((one) => doubtAbout(next, one));
  for (const [at, found] of [corrected, left].entries()) {
    const { is, label } = WRONG[at];
    expect(Number(await found.getAttribute('aria-posinset'))).toBeLessThanOrEqual(2);
    await expect(found).toContainText(
      new RegExp(
        `Labelled ${label}, but .*(says ${is} |similar pictures? of other patients (is|are) labelled ${is})`,
      ),
    );
    await expect(found.locator('canvas').first()).toBeVisible();
  }

  await corrected.focus();
  await next.keyboard.press('Enter');
  await expect(corrected).toHaveCount(0);
  await expect.poll(() => counted(next)).not.toBe(before);
  const after = await counted(next);
  await left.focus();
  await next.keyboard.press('=');
  await expect(left).toHaveCount(0);

  await next.reload();
  await next.locator('[data-ready="true"]').waitFor();
  await expect(next.getByTestId('audit-start')).toHaveText('Look again');
  await expect(next.getByTestId('noise')).toBeVisible();
  await expect(corrected).toHaveCount(0);
  await expect(left).toHaveCount(0);
  expect(await counted(next)).toBe(after);

  await next.keyboard.press('u');
  await expect(left).toBeFocused();
  await expect(corrected).toHaveCount(0);
});
