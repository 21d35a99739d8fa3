#!/usr/bin/env node
/**
 * `npm run demo`: the main job, headless, through the real app in a real Chromium: files in, training, results,
 * classification. Writes report.json, the model and screenshots.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { commandLine } from './args.js';
import { build, fail } from './setup.js';
import { verdictTable } from './verdicts.js';
import { STARTER_FILE } from './vite/starter.js';

const { values: options } = commandLine({
  usage: 'npm run demo',
  about:
    'files in, training, results and classification in a real browser; writes report.json, the model, pictures',
  options: {
    data: {
      type: 'text',
      value: 'DIR',
      about:
        '<dataset>/<CT|MR|PT|XR>/… and optionally datasets.json; without it the built-in practice project',
    },
    classify: { type: 'text', value: 'DIR', about: 'unlabelled files to classify with the trained model' },
    model: {
      type: 'text',
      value: 'FILE|starter',
      about: 'a saved model (.safetensors), or the one that comes with the app, instead of training',
    },
    network: { type: 'text', value: 'NAME', about: 'resnet18 …' },
    size: { type: 'text', value: '64|96|128|224', about: 'pixels of a side' },
    epochs: { type: 'text', value: 'N', about: 'times the training slices are shown' },
    batch: { type: 'text', value: 'N', about: 'slices of a step' },
    seed: { type: 'text', value: 'N', about: 'the same one gives the same run' },
    preset: {
      type: 'text',
      value: 'quick|paper|paper-code|starter|starter-head',
      about: 'the settings to begin from',
    },
    device: { type: 'text', value: 'auto|simd|webgpu', about: 'what computes' },
    out: { type: 'text', value: 'DIR', default: 'out', about: 'where the files are written' },
  },
});
for (const name of /** @type {const} */ (['data', 'classify'])) {
  const folder = options[name];
  if (folder && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    fail(`--${name}: there is no folder ${folder}.`);
}
const starter = options.model === 'starter';
const model = starter ? STARTER_FILE : options.model;
if (model && !statSync(model, { throwIfNoEntry: false })?.isFile())
  fail(starter ? '--model starter: this copy of the app has none.' : `--model: there is no file ${model}.`);

build();
const [{ chromium }, { requireChromium }, { serve }] = await Promise.all([
  import('@playwright/test'),
  import('./browser.js'),
  import('./server.js'),
]);
const {
  addFolder,
  classified,
  classify,
  configure,
  confirmNames,
  go,
  loadModel,
  open,
  openPractice,
  report,
  train,
  weights,
} = await import('./driver.js');

const executablePath = await requireChromium();
const server = await serve(0);
const profile = mkdtempSync(join(tmpdir(), 'modality-lab-'));
const out = resolve(options.out);
mkdirSync(out, { recursive: true });

/** Flags for the software adapter on a machine without a GPU; only for an explicit --device webgpu. */
const softwareGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  viewport: { width: 1366, height: 768 },
  args: [
    '--no-sandbox',
    ...(options.device === 'webgpu' && !process.env.MODALITY_LAB_GPU ? softwareGpu : []),
  ],
});

try {
  process.exitCode = await job();
} finally {
  await context.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}

/** The whole job; returns the exit status. */
async function job() {
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => console.error(`page error: ${error.message}`));
  const say = progress();

  await open(page, server.url);
  // It needs no project data.
  if (starter && options.classify && !options.data) {
    const { app, classify: figures } = await classifyFolder(page, resolve(options.classify), say);
    writeFileSync(
      join(out, 'report.json'),
      `${JSON.stringify({ version: 1, app, classify: figures }, null, 1)}\n`,
    );
    await shot(page, 'classify');
    console.log(`\n${join(out, 'series.csv')}`);
    return 0;
  }
  say('reading files');
  if (options.data) {
    await addFolder(page, resolve(options.data), say);
    // A report has the folders' names for the datasets.
    await confirmNames(page);
  } else await openPractice(page, say);
  await go(page, 'data');
  await shot(page, 'data');

  say('training');
  if (!model) await configure(page, options);
  const outcome = model ? await loadModel(page, resolve(model), say) : await train(page, say);
  // A screenshot dismisses the notices.
  const said = await page.getByTestId('notice').or(page.getByTestId('run-error')).allInnerTexts();
  // The app opens the run's results.
  await go(page, 'train');
  await shot(page, 'train');
  if (outcome !== 'finished') {
    console.error(`The run ${outcome}. ${said.join(' ').replace(/\s+/g, ' ')}`);
    return 1;
  }

  if (options.classify) {
    await classifyFolder(page, resolve(options.classify), say);
  } else {
    await go(page, 'classify');
  }
  await shot(page, 'classify');

  const result = await report(page);
  await shot(page, 'results');
  writeFileSync(join(out, 'report.json'), `${JSON.stringify(result, null, 1)}\n`);
  if (!model) writeFileSync(join(out, 'model.safetensors'), await weights(page));
  summarise(result);
  return 0;
}

/**
 * Writes the tables of a classified folder; returns the page's record of it.
 * @param {import('@playwright/test').Page} page @param {string} folder @param {(text: string) => void} say
 */
async function classifyFolder(page, folder, say) {
  say('classifying');
  writeFileSync(join(out, 'series.csv'), await classify(page, folder, say, starter ? 'starter' : undefined));
  writeFileSync(join(out, 'slices.csv'), await classified(page, 'slices'));
  const record = await classified(page, 'json');
  writeFileSync(join(out, 'report.csv'), verdictTable(record, folder));
  return record === '' ? { app: null, classify: null } : JSON.parse(record);
}

/** @param {import('@playwright/test').Page} page @param {string} name */
async function shot(page, name) {
  for (const close of await page.getByTestId('notice').getByLabel('Dismiss').all()) {
    await close.click({ timeout: 1000 }).catch(() => {});
  }
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(out, `${name}.png`) });
}

/** Prints progress at most every five seconds, and each text once. */
function progress() {
  let last = '';
  let time = 0;
  /** @param {string} text */
  return (text) => {
    if (text === last || Date.now() - time < 5000) return;
    last = text;
    time = Date.now();
    console.log(`  ${text}`);
  };
}

/** @param {any} result */
function summarise(result) {
  const { run, ingest, evaluation } = result;
  console.log(
    `\n${ingest.slices} slices of ${ingest.files} files in ${ingest.seconds.toFixed(1)} s, ${ingest.skipped.length} skipped`,
  );
  if (run?.imagesPerSecond)
    console.log(
      `${run.network} at ${run.size}: ${run.imagesPerSecond?.toFixed(1)} images/s, first point after ${run.firstPointSeconds?.toFixed(1)} s`,
    );
  for (const split of ['train', 'validate', 'test']) {
    const figures = evaluation[split];
    if (figures)
      console.log(
        `${split}: accuracy ${percent(figures.accuracy)}, balanced ${percent(figures.balancedAccuracy)}, n ${figures.n}`,
      );
  }
  console.log(`\n${join(out, 'report.json')}`);
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
