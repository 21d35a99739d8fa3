/** The lessons as a class goes through them: every step, every way it leads, and the question at the end. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { go, open } from '../../scripts/driver.js';

const FOLDER = new URL('../../docs/lessons/', import.meta.url);
const LESSONS = readdirSync(FOLDER)
  .filter((name) => /^\d/.test(name))
  .map((name) => ({ id: name.split('-')[0], text: readFileSync(new URL(name, FOLDER), 'utf8') }));
/** Acts that only lead to a page; the others train or make files for minutes. */
const WAYS = ['data', 'train', 'results', 'classify'];

for (const { id, text } of LESSONS) {
  const title = /^# (.*)$/m.exec(text)![1];
  test(`lesson ${id}, ${title}, is walked from its first step to its answer`, async ({ page, baseURL }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await open(page, baseURL!, 'lessons');
    await page.getByTestId(`lesson-${id}`).click();
    const panel = page.getByTestId('lesson');
    for (const step of [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)) {
      await expect(panel.getByRole('heading', { level: 3 })).toHaveText(step);
      if (step === 'Question') break;
      for (const way of WAYS) {
        const act = panel.getByTestId(`act-${way}`);
        if ((await act.count()) === 0) continue;
        await act.click();
        await expect(page).toHaveURL(new RegExp(`#/${way}\\?lesson=${id}\\.`));
        await expect(panel.getByRole('heading', { level: 3 })).toHaveText(step);
      }
      await panel.getByTestId('lesson-next').click();
    }
    const right = /^- \[x\] (.*(?:\n {2}.*)*)/m.exec(text)![1].replace(/\s+/g, ' ');
    const answers = panel.getByTestId('lesson-answer');
    for (const answer of await answers.all()) {
      await answer.click();
      const isRight = ((await answer.textContent()) ?? '').replace(/\s+/g, ' ').trim() === right;
      await expect(panel.getByTestId('lesson-why')).toContainText(
        isRight ? 'That is right.' : 'No: choose again.',
      );
    }
    // Another page, another step: the address says so, and a reload brings both back.
    await go(page, 'data');
    await page.reload();
    await expect(panel.getByRole('heading', { level: 3 })).toHaveText('Question');
    await panel.getByTestId('lesson-close').click();
    await expect(panel).toHaveCount(0);
    expect(errors).toEqual([]);
  });
}
