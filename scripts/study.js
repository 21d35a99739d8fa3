#!/usr/bin/env node
/**
 * `npm run study -- --data DIR`: the paper's study, through the real app in a real Chromium without a window: a folder of
 * datasets, the leak guard, a queue of networks and seeds, and one report of all runs. The same command goes on after a stop.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandLine } from './args.js';
import { drawFolder } from './drawFolder.js';
import { build, fail, ROOT } from './setup.js';

const { values: options } = commandLine({
  usage: 'npm run study',
  about: 'networks × seeds on a folder of datasets, in a real browser, to one report (page, JSON, PDF)',
  options: {
    data: {
      type: 'text',
      value: 'DIR',
      required: true,
      about: '<dataset>/<CT|MR|PT|XR>/… with a datasets.json of splits',
    },
    networks: { type: 'texts', default: ['resnet18', 'resnet50', 'vgg16'], about: 'of the app' },
    seeds: { type: 'numbers', default: [1, 2, 3], whole: true, least: 0, about: 'one run each' },
    preset: {
      type: 'text',
      value: 'quick|paper|paper-code',
      default: 'quick',
      about: 'the settings to begin from',
    },
    size: { type: 'text', value: '64|96|128|224', default: '64', about: 'pixels of a side' },
    epochs: { type: 'number', whole: true, least: 1, about: 'without it those of the preset' },
    batch: { type: 'number', whole: true, least: 1, about: 'without it that of the preset' },
    device: { type: 'text', value: 'auto|simd|webgpu', about: 'what computes' },
    slices: {
      type: 'number',
      whole: true,
      least: 1,
      about: 'about so many of each class of a dataset, by a seeded draw of whole files; without it all',
    },
    'slices-seed': { type: 'number', default: 1, whole: true, least: 0, about: 'of that draw' },
    without: { type: 'texts', value: 'NAMES', default: [], about: 'datasets that stay away' },
    name: { type: 'text', default: 'Study', about: 'that the names of the runs begin with' },
    save: { type: 'flag', about: 'keeps the numbers in bench/results, for docs/study.md' },
    'report-only': { type: 'flag', about: 'trains nothing, writes the report of the finished runs again' },
    port: {
      type: 'number',
      default: 4325,
      whole: true,
      least: 1,
      about: 'of the app: the same for the same --out',
    },
    out: {
      type: 'text',
      value: 'DIR',
      default: 'out/study',
      about: 'where project, report and state are kept',
    },
  },
});
if (!statSync(options.data, { throwIfNoEntry: false })?.isDirectory())
  fail(`--data: there is no folder ${options.data}.`);

build();
const [{ chromium }, { requireChromium }, { serve }, driver] = await Promise.all([
  import('@playwright/test'),
  import('./browser.js'),
  import('./server.js'),
  import('./driver.js'),
]);

/** A browser that dies so often without a run ending in between will die again. */
const MOST_DEATHS = 5;
const SHOWN_EVERY_MS = 30_000;

const out = resolve(options.out);
const profile = join(out, 'profile');
const stateFile = join(out, 'state.json');
mkdirSync(out, { recursive: true });
/** What is done already; of `queued`, `trained` of them. @type {{ read?: true, checked?: string, queued?: string[], trained?: number }} */
const state = existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : {};
/** Playwright closes the browser of a program that is stopped: that is no reason for another. */
let stopped = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => (stopped = true));

const executablePath = await requireChromium();
const server = await serve(options.port);
try {
  await study();
} finally {
  await server.close();
}

/** Every step that is not done, in as many browsers as it takes. */
async function study() {
  for (let deaths = 0; ; ) {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      viewport: { width: 1366, height: 768 },
      args: ['--no-sandbox'],
    });
    // A run takes longer than any usual limit of a page's answer.
    context.setDefaultTimeout(120_000);
    const before = JSON.stringify(state);
    try {
      const page = context.pages()[0] ?? (await context.newPage());
      page.on('pageerror', (error) => console.error(`page error: ${error.message}`));
      page.on('crash', () => console.error('The page crashed.'));
      await steps(page, context);
      return;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      deaths = before === JSON.stringify(state) ? deaths + 1 : 1;
      if (stopped) return;
      if (!/closed|crashed|disconnected|Target/.test(text) || deaths > MOST_DEATHS) throw error;
      console.error(`The browser ended (${text.split('\n')[0]}): another goes on.`);
    } finally {
      await context.close().catch(() => {});
    }
  }
}

/** @param {import('@playwright/test').Page} page @param {import('@playwright/test').BrowserContext} context */
async function steps(page, context) {
  const say = progress();
  const { data, preset, size, epochs, batch, device, name } = options;
  await driver.open(page, server.url);
  if (!state.read) {
    say('reading files');
    await driver.addFolder(page, drawn(resolve(data)), say);
    await driver.confirmNames(page);
    done({ read: true });
  }
  if (!state.checked) {
    say('looking for copies across splits');
    const checked = await driver.checkForCopies(page, say);
    tell(checked);
    await page.screenshot({ path: join(out, 'data.png') });
    done({ checked });
  }
  if (!options['report-only']) {
    await trainQueued(page, say);
    for (const { networks, seeds } of missing()) {
      const text = (/** @type {number | undefined} */ value) =>
        value === undefined ? undefined : String(value);
      await driver.configure(page, { preset, size, epochs: text(epochs), batch: text(batch), device });
      await driver.queueRuns(page, { networks, seeds, name });
      done({ queued: [...(state.queued ?? []), ...pairs(networks, seeds)] });
      await trainQueued(page, say);
    }
  }
  await report(page, context);
}

/** @param {import('@playwright/test').Page} page @param {(text: string) => void} say */
async function trainQueued(page, say) {
  const queued = state.queued?.length ?? 0;
  if ((state.trained ?? 0) === queued) return;
  await driver.runQueue(page, say);
  for (const notice of await driver.notices(page)) tell(notice);
  done({ trained: queued });
}

/** Runs that are asked for and not queued yet; networks that lack the same seeds together. */
function missing() {
  /** @type {Map<string, { networks: string[], seeds: number[] }>} */
  const groups = new Map();
  for (const network of options.networks) {
    const seeds = options.seeds.filter((seed) => !state.queued?.includes(pairs([network], [seed])[0]));
    if (seeds.length === 0) continue;
    const group = groups.get(seeds.join()) ?? { networks: [], seeds };
    group.networks.push(network);
    groups.set(seeds.join(), group);
  }
  return groups.values();
}

/** @param {string[]} networks @param {number[]} seeds */
function pairs(networks, seeds) {
  return networks.flatMap((network) => seeds.map((seed) => `${network} ${seed}`));
}

/** @param {import('@playwright/test').Page} page @param {import('@playwright/test').BrowserContext} context */
async function report(page, context) {
  const runs = await driver.compareAll(page);
  await page.screenshot({ path: join(out, 'results.png') });
  const html = await driver.studyReport(page);
  writeFileSync(join(out, 'report.html'), html);
  const figures = await driver.studyFigures(page);
  writeFileSync(join(out, 'report.json'), figures);
  if (options.save) keep(JSON.parse(figures));
  const paper = await context.newPage();
  await paper.goto(pathToFileURL(join(out, 'report.html')).href);
  await paper.pdf({ path: join(out, 'report.pdf'), preferCSSPageSize: true, tagged: true, outline: true });
  await paper.close();
  tell(`${runs} runs: ${join(out, 'report.html')}, report.json, report.pdf`);
}

/** @param {object} study */
function keep(study) {
  const date = new Date().toISOString().slice(0, 10);
  const [{ model }] = cpus();
  const machine = { cores: availableParallelism(), processor: model.replace(/\s+/g, ' ').trim() };
  const record = { date, machine, results: [{ what: 'study', command: asked(), study }] };
  writeFileSync(join(ROOT, 'bench/results', `${date}-study.json`), `${JSON.stringify(record)}\n`);
}

/** The command that makes this study anew, without folders of this machine. */
function asked() {
  const { networks, seeds, preset, size, epochs, slices, without } = options;
  const words = [
    `--data DIR --networks ${networks.join()} --seeds ${seeds.join()} --preset ${preset} --size ${size}`,
    ...(epochs ? [`--epochs ${epochs}`] : []),
    ...(slices ? [`--slices ${slices}`] : []),
    ...(without.length > 0 ? [`--without ${without.join()}`] : []),
  ];
  return `npm run study -- ${words.join(' ')}`;
}

/** The folder, or a smaller one that is made of it. @param {string} from */
function drawn(from) {
  const { slices: most, without, 'slices-seed': seed } = options;
  if (most === undefined && without.length === 0) return from;
  const to = join(out, 'data');
  rmSync(to, { recursive: true, force: true });
  const { files, of } = drawFolder(from, to, { most: most ?? Infinity, seed, without });
  tell(`${files} of ${of} files drawn`);
  return to;
}

/** @param {typeof state} step */
function done(step) {
  Object.assign(state, step);
  writeFileSync(stateFile, `${JSON.stringify(state, null, 1)}\n`);
}

/** @param {string} text */
function tell(text) {
  console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);
}

/** Tells each text once, and not too often. */
function progress() {
  let last = '';
  let time = 0;
  /** @param {string} text */
  return (text) => {
    if (text === last || Date.now() - time < SHOWN_EVERY_MS) return;
    last = text;
    time = Date.now();
    tell(text);
  };
}
