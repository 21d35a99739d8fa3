/**
 * `npm run bench -- classify`: a disk of DICOM files dropped on the Classify page of the built app with the starter, until the
 * last series is sure; and, in turn, the same glance by pydicom and PyTorch.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classified, go, open, waitForJob } from '../../scripts/driver.js';
import { serve } from '../../scripts/server.js';
import { build, buildKernels, ROOT } from '../../scripts/setup.js';
import { median, significant } from '../stats.js';
import { bundleForNode } from './bundle.js';
import { launchWithProfile } from './chromium.js';
import { command } from './command.js';
import { load, print } from './output.js';
import { cpuSecondsOf, memoryOf } from './processes.js';

const OUT = join(ROOT, 'out/bench/classify/node');
/** Between two looks at the memory. */
const SAMPLE_MS = 200;

export const classify = command({
  name: 'classify',
  describe: 'a disk of DICOM files judged by the starter at a glance, beside pydicom and PyTorch',
  options: {
    files: { type: 'number', default: 5000, whole: true, least: 25, about: 'of the disk' },
    series: { type: 'number', default: 25, whole: true, least: 1, about: 'CT and MR in turn' },
    rounds: { type: 'number', default: 3, whole: true, least: 1, about: 'measurements of each' },
    python: {
      type: 'text',
      value: 'FILE',
      default: '/usr/bin/python3',
      about: 'an interpreter with pydicom and torch; left out where it has none',
    },
    threads: { type: 'number', default: 2, whole: true, least: 1, about: 'of PyTorch' },
  },
  run: async ({ files, series, rounds, python, threads }) => {
    build();
    const folder = await diskOf(files, series);
    /** @type {{ app: Awaited<ReturnType<typeof dropOn>>, twin: ReturnType<typeof twinOf> }[]} */
    const lines = [];
    for (let round = 0; round < rounds; round++)
      lines.push({ app: await dropOn(folder), twin: twinOf(python, folder, threads) });
    const middle = (/** @type {(line: typeof lines[number]) => number} */ of) => median(lines.map(of));
    const rate = files / middle(({ app }) => app.seconds);
    const twins = lines.flatMap(({ twin }) => twin ?? []);
    const twinRate = twins.length > 0 ? files / median(twins.map(({ seconds }) => seconds)) : null;
    print({
      what: 'classify, drop to the last sure verdict',
      ...{ files, series, rounds },
      filesPerSecond: significant(rate),
      firstVerdictSeconds: significant(middle(({ app }) => app.first)),
      cpuSeconds: significant(middle(({ app }) => app.cpuSeconds)),
      looked: lines[0].app.looked,
      memoryMiB: Math.max(...lines.map(({ app }) => app.memoryMiB)),
      twinFilesPerSecond: twinRate && significant(twinRate),
      twinCpuSeconds:
        twins.length > 0 ? significant(median(twins.map(({ cpuSeconds }) => cpuSeconds))) : null,
      ratio: twinRate && significant(rate / twinRate),
      load: load(),
    });
  },
});

/**
 * The disk, made once for each program that makes it and kept in the system's temporary folder.
 * @param {number} files @param {number} series
 */
async function diskOf(files, series) {
  await bundleForNode(OUT, { disk: 'bench/classify/disk.ts' });
  buildKernels();
  const program = join(OUT, 'disk.mjs');
  const recipe = createHash('sha256')
    .update(readFileSync(program))
    .update(`${files} ${series}`)
    .digest('hex');
  const folder = join(tmpdir(), 'modality-lab-disks', recipe.slice(0, 16));
  if (!existsSync(folder)) {
    console.error(`Makes a disk of ${files} files below ${folder}, once.`);
    execFileSync(process.execPath, [program, JSON.stringify({ folder, files, series })], {
      stdio: 'inherit',
    });
  }
  return folder;
}

/** @param {string} folder */
async function dropOn(folder) {
  const server = await serve(0);
  const profile = mkdtempSync(join(tmpdir(), 'modality-lab-'));
  const context = await launchWithProfile(profile);
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await open(page, server.url);
    await go(page, 'classify');
    await page.evaluate(() => {
      const times = { begun: 0, first: 0, ended: 0 };
      Object.assign(globalThis, { times });
      const start = () => {
        times.begun = performance.now();
      };
      document.addEventListener('change', start, { capture: true, once: true });
      new MutationObserver(() => {
        if (!times.first && document.querySelector('[data-testid="series-row"] [data-label]'))
          times.first = performance.now();
        if (document.querySelector('[data-testid="job-bar"]')) times.ended = 0;
        else times.ended ||= performance.now();
      }).observe(document.body, { childList: true, subtree: true });
    });
    const empty = memoryOf(profile)?.allMiB ?? 0;
    let most = empty;
    const timer = setInterval(() => {
      most = Math.max(most, memoryOf(profile)?.allMiB ?? 0);
    }, SAMPLE_MS);
    const spent = cpuSecondsOf(profile);
    await page.getByTestId('classify-folder').setInputFiles(folder);
    await waitForJob(page);
    clearInterval(timer);
    const cpuSeconds = cpuSecondsOf(profile) - spent;
    const { begun, first, ended } = await page.evaluate(
      () => /** @type {{ begun: number, first: number, ended: number }} */ (Reflect.get(globalThis, 'times')),
    );
    // A heading, and a line for each judged slice.
    const looked = (await classified(page, 'slices')).trim().split('\n').length - 1;
    return {
      seconds: (ended - begun) / 1000,
      first: (first - begun) / 1000,
      cpuSeconds,
      looked,
      memoryMiB: most - empty,
    };
  } finally {
    await context.close();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** null where the interpreter lacks what it needs. @param {string} python @param {string} folder @param {number} threads */
function twinOf(python, folder, threads) {
  try {
    const args = [join(ROOT, 'bench/peer/classify.py'), folder, String(threads)];
    const text = execFileSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return /** @type {{ seconds: number, cpuSeconds: number }} */ (JSON.parse(text));
  } catch {
    return null;
  }
}
