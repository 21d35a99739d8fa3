#!/usr/bin/env node
/**
 * `npm run demo`: the main job, headless, through the real app in a real Chromium: files in, training, results,
 * classification. Writes report.json, the model and screenshots.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { commandLine } from './args.js';
import { loadModule } from './bundle.js';
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
    manifest: {
      type: 'text',
      value: 'FILE',
      about:
        'a run manifest or a report (JSON or page): repeats that run on the files of --data and compares every figure',
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
const recorded = options.manifest === undefined ? null : await readRecord(options.manifest);

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
  repeatRun,
  report,
  setReading,
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
  if (recorded) await setReading(page, recorded.preprocessing);
  if (options.data) {
    await addFolder(page, resolve(options.data), say);
    // A report has the folders' names for the datasets.
    await confirmNames(page);
  } else await openPractice(page, say);
  await go(page, 'data');
  await shot(page, 'data');

  say('training');
  const outcome = await run(page, say);
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
  return recorded ? compared(result.manifest) : 0;
}

/** @param {import('@playwright/test').Page} page @param {(text: string) => void} say */
async function run(page, say) {
  if (options.manifest) return repeatRun(page, resolve(options.manifest), say);
  if (model) return loadModel(page, resolve(model), say);
  await configure(page, options);
  return train(page, say);
}

/**
 * The record of a run, checked before anything is built or read.
 * @param {string} file
 */
async function readRecord(file) {
  if (!options.data) fail('--manifest needs --data DIR: the files of the recorded run.');
  const taken = /** @type {const} */ ([
    'model',
    'network',
    'size',
    'epochs',
    'batch',
    'seed',
    'preset',
    'device',
  ]).find((name) => options[name] !== undefined);
  if (taken) fail(`--manifest has every setting: leave --${taken} out.`);
  const { readRunFile, MOST_RUN_BYTES } = await loadModule('src/core/export/runFile.ts');
  const { size = 0 } =
    statSync(file, { throwIfNoEntry: false }) ?? fail(`--manifest: there is no file ${file}.`);
  if (size > MOST_RUN_BYTES) fail(`--manifest: ${file} is larger than any record of a run.`);
  try {
    return readRunFile(readFileSync(file, 'utf8'));
  } catch (error) {
    const { message, outcome, next } = /** @type {any} */ (error);
    return fail(`--manifest: ${[message, outcome, next].filter(Boolean).join(' ')}`);
  }
}

/**
 * Says whether a repeated run has the figures of the record; returns the exit status.
 * @param {{ agrees: boolean | null, differences: string[] | null, repeats: any, device: any }} manifest
 */
function compared({ agrees, differences, repeats, device }) {
  if (agrees) {
    console.log('The run repeats the record: weights and figures are the same, bit for bit.');
    return 0;
  }
  const named = (/** @type {any} */ { name, adapter, threads }) =>
    `${name}${adapter ? ` (${adapter})` : ''}, threads ${threads}`;
  console.error(`The run does not repeat the record: ${differences?.length ?? 0} figures differ.`);
  console.error(`Device then: ${named(repeats.device)}; now: ${named(device)}.`);
  if (!repeats.sameOrder) console.error('The slices were read in another order than then.');
  for (const one of differences ?? []) console.error(`  ${one}`);
  return 1;
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
