/** Operates the app through its pages, like a user; the headless demo and the end-to-end tests use it. */

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('../src/app/route.ts').Page} PageName */

/**
 * Opens a page of the app and waits until the app has read its project.
 * @param {Page} page @param {string} url @param {PageName} name
 */
export async function open(page, url, name = 'data') {
  await page.goto(`${url}#/${name}`);
  await page.locator('[data-ready="true"]').waitFor({ timeout: 60_000 });
}

/** @param {Page} page @param {PageName} name */
export async function go(page, name) {
  await page.getByTestId(`nav-${name}`).click();
}

/**
 * Waits for the end of the current ingest or classify job; calls back with the job bar's text.
 * @param {Page} page @param {(text: string) => void} [onProgress]
 */
export async function waitForJob(page, onProgress) {
  // A small drop can end before its bar appears, so only the bar's absence counts.
  await page.waitForTimeout(500);
  const bar = page.getByTestId('job-bar');
  while ((await bar.count()) > 0) {
    const [text] = await bar.allInnerTexts();
    if (text) onProgress?.(text.replace(/\s+/g, ' '));
    await page.waitForTimeout(500);
  }
}

/** Adds a folder to the project through the picker. @param {Page} page @param {string} folder @param {(text: string) => void} [onProgress] */
export async function addFolder(page, folder, onProgress) {
  await go(page, 'data');
  await page.getByTestId('pick-folder').setInputFiles(folder);
  await waitForJob(page, onProgress);
}

/**
 * Names every new dataset after its folder, including doubtful names; these folders have no person's name.
 * @param {Page} page
 */
export async function confirmNames(page) {
  await go(page, 'data');
  const card = page.getByTestId('naming-card');
  if ((await card.count()) === 0) return;
  for (const box of await card.getByRole('checkbox').all()) await box.check();
  await page.getByTestId('naming-use').click();
  await card.waitFor({ state: 'detached' });
}

/**
 * Opens the practice project and waits until the app has made and read its files.
 * @param {Page} page @param {(text: string) => void} [onProgress]
 */
export async function openPractice(page, onProgress) {
  await go(page, 'data');
  await page.getByTestId('open-practice').click();
  await page.getByTestId('job-bar').waitFor({ timeout: 60_000 });
  await waitForJob(page, onProgress);
  await page.getByTestId('datasets-table').waitFor();
}

/**
 * @typedef {{ [name in 'preset' | 'network' | 'size' | 'epochs' | 'batch' | 'seed' | 'device']?: string | undefined }} Choices
 */

/** Sets the choices on the Train page; other settings stay at default. @param {Page} page @param {Choices} choices */
export async function configure(page, choices) {
  await go(page, 'train');
  if (choices.preset) await page.getByTestId(`preset-${choices.preset}`).click();
  await page.getByTestId('train-advanced').evaluate((details) => details.setAttribute('open', ''));
  if (choices.network) await page.getByTestId('train-network').selectOption(choices.network);
  if (choices.size) await page.getByTestId('train-size').getByText(choices.size, { exact: true }).click();
  for (const name of /** @type {const} */ (['epochs', 'batch', 'seed'])) {
    const value = choices[name];
    if (value) await page.getByTestId(`train-${name}`).fill(value);
  }
  if (choices.device) await page.getByTestId('train-device').selectOption(choices.device);
}

/**
 * Presses Train and waits for the end of the run's evaluation; returns the final state.
 * @param {Page} page @param {(text: string) => void} [onProgress]
 */
export async function train(page, onProgress) {
  await startRun(page, 'train-start');
  return waitForRun(page, onProgress);
}

/**
 * Reads files as a recorded run did: to be called before they are added.
 * @param {Page} page @param {{ antialias: boolean, padding: string }} options
 */
export async function setReading(page, { antialias, padding }) {
  await go(page, 'settings');
  await page.getByTestId('option-antialias').setChecked(antialias);
  await page.getByTestId('option-padding').setChecked(padding === 'exclude');
}

/**
 * Repeats a run from its manifest or its report and waits for the end; returns the final state.
 * @param {Page} page @param {string} file @param {(text: string) => void} [onProgress]
 */
export async function repeatRun(page, file, onProgress) {
  await go(page, 'train');
  await page.getByTestId('repeat-run').setInputFiles(file);
  const refusal = page.locator('[data-testid="notice"][data-tone="error"]');
  const arrange = page.getByTestId('question-yes');
  const status = page.getByTestId('run-status');
  for (;;) {
    await status.or(refusal).or(arrange).first().waitFor();
    if ((await arrange.count()) === 0) break;
    await arrange.click();
  }
  return (await refusal.count()) > 0 ? 'failed' : waitForRun(page, onProgress);
}

/**
 * Trains the run of the Results page again and waits for the end; returns the final state.
 * @param {Page} page @param {(text: string) => void} [onProgress]
 */
export async function trainAgain(page, onProgress) {
  await startRun(page, 'train-again');
  return waitForRun(page, onProgress);
}

/**
 * Presses a button that starts a run, and waits for the page of the new run: until then the page shows the
 * state of an earlier one.
 * @param {Page} page @param {string} button
 */
async function startRun(page, button) {
  const before = page.url();
  await Promise.all([
    page.waitForURL(({ href, hash }) => hash.startsWith('#/train/') && href !== before),
    page.getByTestId(button).click(),
  ]);
}

/** @param {Page} page @param {(text: string) => void} [onProgress] */
export async function waitForRun(page, onProgress) {
  const status = page.getByTestId('run-status');
  await status.waitFor();
  for (;;) {
    // The app opens the results when they are ready; the run is the previous page.
    if (page.url().includes('#/results/')) {
      await page.goBack();
      await status.waitFor();
    }
    const state = await status.getAttribute('data-status', { timeout: 2000 }).catch(() => null);
    if (state === 'finished' || state === 'stopped' || state === 'failed') return state;
    const text = (
      await page.getByTestId('run-phase').or(page.getByTestId('run-figures')).allInnerTexts()
    ).join(' · ');
    onProgress?.(text.replace(/\s+/g, ' '));
    await page.waitForTimeout(1000);
  }
}

/**
 * Presses the leak guard's button and waits for its answer, which it returns.
 * @param {Page} page @param {(text: string) => void} [onProgress]
 */
export async function checkForCopies(page, onProgress) {
  await go(page, 'data');
  const check = page.getByTestId('leak-check');
  await check.click();
  const progress = page.getByTestId('leak-progress');
  await progress.or(page.getByTestId('leak-state')).first().waitFor();
  await waitWhile(progress, onProgress);
  return (await page.getByTestId('leak-state').allInnerTexts()).join(' ');
}

/**
 * Queues every network with every seed, with the settings of the form.
 * @param {Page} page @param {{ networks: readonly string[], seeds: readonly number[], name: string }} runs
 */
export async function queueRuns(page, { networks, seeds, name }) {
  await page.getByTestId('train-queue').click();
  const dialog = page.getByTestId('queue-dialog');
  for (const box of await dialog.locator('[data-network]').all())
    await box.setChecked(networks.includes((await box.getAttribute('data-network')) ?? ''));
  // Nothing is chosen by it: all runs stand in the report.
  await page.getByTestId('queue-test-closed').uncheck();
  await page.getByTestId('queue-seeds').fill(seeds.join(', '));
  await page.getByTestId('queue-name').fill(name);
  await page.getByTestId('queue-add').click();
  await dialog.waitFor({ state: 'detached' });
}

/**
 * Lets the queue go on, if it does not already, and waits until it is empty.
 * @param {Page} page @param {(text: string) => void} [onProgress]
 */
export async function runQueue(page, onProgress) {
  await go(page, 'train');
  const panel = page.getByTestId('queue-panel');
  const start = page.getByTestId('queue-go');
  if (await start.isVisible()) await start.click();
  while ((await panel.count()) > 0) {
    const row = page.getByTestId('queue-row').first();
    const paused = (await start.count()) > 0;
    if (paused)
      throw new Error(`The queue was paused: ${(await notices(page)).join(' ') || 'no reason given'}`);
    const [words, run, figures] = await Promise.all(
      [
        page.getByTestId('queue-words'),
        row,
        page.getByTestId('run-phase').or(page.getByTestId('run-figures')),
      ].map((part) => part.allInnerTexts()),
    );
    onProgress?.([...words, ...run, ...figures].join(' · ').replace(/\s+/g, ' '));
    await page.waitForTimeout(2000);
  }
}

/** What the app has said and nobody has dismissed. @param {Page} page */
export async function notices(page) {
  const texts = await page.getByTestId('notice').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' '));
}

/** Opens the oldest run of the Results page and ticks all others. @param {Page} page @returns how many are compared */
export async function compareAll(page) {
  await go(page, 'results');
  await page.getByTestId('run-chip').first().waitFor();
  const list = page.getByTestId('chooser-open');
  if ((await list.count()) > 0) return compareInList(page, list);
  const boxes = page.getByTestId('run-compare');
  await page.getByTestId('run-chip').last().click();
  for (const box of await boxes.all()) await box.check();
  return 1 + (await boxes.count());
}

/** More runs than fit in a row are a list. @param {Page} page @param {import('@playwright/test').Locator} list */
async function compareInList(page, list) {
  await list.click();
  const begun = page.getByRole('columnheader', { name: 'Begun' });
  while ((await begun.getAttribute('aria-sort')) !== 'ascending') await begun.getByRole('button').click();
  await page.getByTestId('chooser-row').first().getByRole('button').click();
  await list.click();
  const boxes = page.getByTestId('chooser-compare');
  for (const box of await boxes.all()) if (await box.isEnabled()) await box.check();
  const compared = await boxes.count();
  await page.getByTestId('chooser-done').click();
  return compared;
}

/** The page of the report of all compared runs. @param {Page} page */
export async function studyReport(page) {
  return downloaded(page, 'download-study');
}

/** The numbers of that report, as JSON. @param {Page} page */
export async function studyFigures(page) {
  return downloaded(page, 'download-study-json');
}

/** @param {Page} page @param {string} button */
async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
  return (await read(download)).toString('utf8');
}

/** @param {import('@playwright/test').Locator} part @param {(text: string) => void} [onProgress] */
async function waitWhile(part, onProgress) {
  while ((await part.count()) > 0) {
    const [text] = await part.allInnerTexts();
    if (text) onProgress?.(text.replace(/\s+/g, ' '));
    await part.page().waitForTimeout(500);
  }
}

/**
 * Loads a saved model and waits for the end of its evaluation; returns the final state.
 * @param {Page} page @param {string} file @param {(text: string) => void} [onProgress]
 */
export async function loadModel(page, file, onProgress) {
  await go(page, 'train');
  await page.getByTestId('load-model').setInputFiles(file);
  const refusal = page.locator('[data-testid="notice"][data-tone="error"]');
  await page.getByTestId('run-status').or(refusal).first().waitFor();
  return (await refusal.count()) > 0 ? 'failed' : waitForRun(page, onProgress);
}

/** The run's weights, a safetensors file. @param {Page} page */
export async function weights(page) {
  await go(page, 'results');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('download-weights').click(),
  ]);
  return read(download);
}

/** The run's report from the app's own download. @param {Page} page @returns {Promise<any>} */
export async function report(page) {
  await go(page, 'results');
  await page.getByTestId('include-file-names').check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('download-report').click(),
  ]);
  return JSON.parse((await read(download)).toString('utf8'));
}

/**
 * Classifies a folder with the chosen model, the trained one unless another is named; returns the series table as CSV, with paths below the folder.
 * @param {Page} page @param {string} folder @param {(text: string) => void} [onProgress] @param {string} [model]
 */
export async function classify(page, folder, onProgress, model) {
  await go(page, 'classify');
  if (model) await page.getByTestId('classify-model').selectOption(model);
  await page.getByTestId('classify-folder').setInputFiles(folder);
  await waitForJob(page, onProgress);
  await page.getByTestId('classify-table').waitFor();
  return classified(page, 'csv');
}

/**
 * The Classify page's export of its shown series, with names of files.
 * @param {Page} page @param {'csv' | 'slices' | 'json'} kind
 */
export async function classified(page, kind) {
  const menu = page.getByTestId('classify-export');
  // A folder without a series has no export.
  if (await menu.isDisabled()) return '';
  await menu.click();
  await page.getByTestId('classify-file-names').check();
  const button = page.getByTestId(`download-classify-${kind}`);
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  await page.keyboard.press('Escape');
  return (await read(download)).toString('utf8');
}

/** @param {import('@playwright/test').Download} download */
async function read(download) {
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
