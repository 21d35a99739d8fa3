#!/usr/bin/env node
/**
 * `npm run --silent mutate -- [--paths src/app,src/core/dataset] [--tests GLOB,GLOB] [--count N] [--seed 1] [--jobs 2]
 * [--json]`: changes the code in N small ways under each path, one at a time and in a copy, and counts the changes that
 * the Node tests detect. Without --count it tries all. It lists the changes that no test detected.
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { commandLine } from './args.js';
import { mutantsOf } from './mutants.js';
import { fail, ROOT } from './setup.js';

/**
 * @typedef {import('./mutants.js').Mutant & { path: string, file: string }} Placed
 * @typedef {import('./mutate-worker.js').Test} Test
 * @typedef {{ mutant: Placed, outcome: 'killed' | 'survived' | 'untested', by: string }} Result
 */

const FOLDERS = ['src/core/dataset', 'src/core/evaluate', 'src/core/ingest', 'src/app'];
const PARTS = 'dataset,evaluate,export,ingest,inspect,rpc,storage,train';
/** After this time a mutant is assumed to keep the test run from ending. */
const LONGEST_MS = 120_000;

const { values } = commandLine({
  usage: 'npm run mutate',
  about: 'changes the code in small ways and counts the changes that the Node tests notice',
  options: {
    paths: { type: 'texts', default: FOLDERS, about: 'folders or files whose code is changed' },
    tests: {
      type: 'text',
      value: '"GLOB;GLOB"',
      default: `test/app/**/*.test.ts;test/core/{${PARTS}}/**/*.test.ts`,
      about: 'the tests that may notice',
    },
    count: { type: 'number', default: 0, whole: true, least: 0, about: 'changes under each path; 0: all' },
    seed: { type: 'number', default: 1, whole: true, least: 0, about: 'chooses the changes' },
    jobs: { type: 'number', default: 2, whole: true, least: 1, about: 'changes tried at a time' },
    json: { type: 'flag', about: 'prints one JSON object' },
  },
});
const { count, jobs } = values;

const top = mkdtempSync(join(tmpdir(), 'modality-lab-mutate-'));
const copy = join(top, 'copy');
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

/** @param {string} text progress, kept out of the result */
const tell = (text) => process.stderr.write(`${text}\n`);

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(join(ROOT, path), { withFileTypes: true }).flatMap((entry) => {
    const full = `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesOf(full);
    return /(?<!\.d)\.ts$/.test(entry.name) ? [full] : [];
  });
}

/** Copies the project and puts all mutants into the copy. @param {string[]} paths @returns {Placed[]} */
function plant(paths) {
  const left = new Set(['node_modules', '.git', 'dist', 'out', 'test-results', 'reports']);
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !left.has(relative(ROOT, path).split(sep)[0]) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  /** @type {Placed[]} */
  const placed = [];
  for (const path of paths) {
    for (const file of filesOf(path)) {
      const { code, mutants } = mutantsOf(readFileSync(join(ROOT, file), 'utf8'), file, placed.length);
      writeFileSync(join(copy, file), code);
      placed.push(...mutants.map((mutant) => ({ ...mutant, path, file })));
    }
  }
  return placed;
}

/** Ranks by change, not by position: an edit elsewhere does not change the sample. @param {Placed} mutant */
function rank({ file, was, now }) {
  return createHash('sha256').update(`${values.seed}\n${file}\n${was}\n${now}`).digest('hex');
}

/** @param {Placed[]} all @param {string} path @returns {Placed[]} */
function sample(all, path) {
  const ranked = all
    .filter((mutant) => mutant.path === path)
    .map((mutant) => ({ mutant, key: rank(mutant) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ mutant }) => mutant);
  return count > 0 ? ranked.slice(0, count) : ranked;
}

/** One Vitest in a separate process, with a restart after a hang. @param {number} number */
function worker(number) {
  /** @type {import('node:child_process').ChildProcess | null} */
  let child = null;
  /** @param {number} ms @returns {Promise<any>} null after `ms`, or at the end of the process */
  const answer = (ms) =>
    new Promise((done) => {
      /** @param {any} message */
      const end = (message) => {
        clearTimeout(timer);
        child?.off('message', end).off('exit', ended);
        done(message);
      };
      const ended = () => end(null);
      const timer = setTimeout(ended, ms);
      child?.once('message', end).once('exit', ended);
    });
  const stop = () => {
    // Also kills the process that runs its tests, which may be in an endless loop.
    if (child?.pid && process.platform !== 'win32') {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // All of its processes had ended.
      }
    } else child?.kill('SIGKILL');
    child = null;
  };
  return {
    stop,
    /** @param {object} message @param {number} ms */
    async ask(message, ms) {
      if (!child) {
        const given = [copy, join(top, `mutant-${number}.json`), JSON.stringify(values.tests.split(';'))];
        writeFileSync(given[1], JSON.stringify({ id: -1, limit: 0 }));
        child = fork(join(copy, 'scripts/mutate-worker.js'), given, {
          cwd: copy,
          stdio: ['ignore', 2, 2, 'ipc'],
          detached: true,
        });
        await answer(ms);
      }
      const answered = answer(ms);
      child.send(message);
      const result = await answered;
      if (result === null) stop();
      if (result?.error) throw new Error(result.error);
      return result;
    },
  };
}

/** @param {Placed} mutant @param {Test[]} tests @param {ReturnType<typeof worker>} runner @returns {Promise<Result>} */
async function attempt(mutant, tests, runner) {
  const reaching = tests
    .map((test) => ({ ...test, times: test.reached.find(([id]) => id === mutant.id)?.[1] ?? 0 }))
    .filter(({ times }) => times > 0);
  if (reaching.length === 0) return { mutant, outcome: 'untested', by: '' };
  /** @type {Map<string, number>} for each file, the time of its tests that reach the mutant */
  const files = new Map();
  for (const { file, ms } of reaching) files.set(file, (files.get(file) ?? 0) + ms);
  // The mutant was reached at the load of a file: any of its tests may detect it.
  const names = reaching.some(({ name }) => !name) ? null : reaching.map(({ name }) => name);
  const times = reaching.reduce((sum, test) => sum + test.times, 0);
  const sorted = [...files].sort((a, b) => a[1] - b[1]).map(([file]) => file);
  const message = { id: mutant.id, limit: 10_000 + 100 * times, files: sorted, names };
  const result = await runner.ask(message, LONGEST_MS);
  if (result === null) return { mutant, outcome: 'killed', by: 'it never ended' };
  if (!result.killed && result.ran === 0) return { mutant, outcome: 'untested', by: '' };
  return {
    mutant,
    outcome: result.killed ? 'killed' : 'survived',
    by: result.killed ? result.by || 'a file that could not be loaded' : '',
  };
}

/** @param {Result[]} results @param {number} all */
function score(results, all) {
  const killed = results.filter(({ outcome }) => outcome === 'killed').length;
  const percent = results.length > 0 ? Math.round((1000 * killed) / results.length) / 10 : 0;
  return { mutants: all, tried: results.length, killed, percent };
}

const { paths } = values;
const all = plant(paths);
const chosen = paths.flatMap((path) => sample(all, path));
const runners = Array.from({ length: jobs }, (_, number) => worker(number));
process.on('exit', () => {
  for (const runner of runners) runner.stop();
  rmSync(top, { recursive: true, force: true });
});
const begun = Date.now();
const sofar = () => `${Math.round((Date.now() - begun) / 1000)} s`;
tell(`${all.length} mutants, ${chosen.length} to try (seed ${values.seed}). Running all tests once …`);
/** @type {Test[]} */
const ran =
  (await runners[0].ask({ id: -1, limit: all.length }, 1_200_000)) ?? fail('The tests did not end.');
const every = ran.filter((test) => test.ok);
for (const { ok, file, name, why } of ran) {
  if (!ok) tell(`left out, since it fails without a mutant: ${relative(copy, file)} ${name}: ${why}`);
}
const files = [...new Set(every.map(({ file }) => file))];
const control = await runners[0].ask(
  { id: all.length, limit: 0, files, names: every.map(({ name }) => name) },
  1_200_000,
);
if (control?.killed !== false) fail(`Fails when run again without a mutant: ${control?.by}`);
tell(`${every.length} tests, ${sofar()}`);
/** @type {Result[]} */
const results = [];
const queue = [...chosen];
await Promise.all(
  runners.map(async (runner) => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const result = await attempt(mutant, every, runner);
      results.push(result);
      tell(`${line(result)}  ${result.by}`);
      if (results.length % 25 === 0) tell(`${results.length} of ${chosen.length}, ${sofar()}`);
    }
    runner.stop();
  }),
);

/** @param {Result} result */
function line({ mutant: { file, line: at, was, now }, outcome }) {
  return `${outcome} ${file}:${at}  ${was}  →  ${now || 'nothing'}`;
}

const report = {
  seed: values.seed,
  tests: every.length,
  paths: Object.fromEntries(
    paths.map((path) => {
      const total = all.filter((mutant) => mutant.path === path).length;
      return [
        path,
        score(
          results.filter(({ mutant }) => mutant.path === path),
          total,
        ),
      ];
    }),
  ),
  total: score(results, all.length),
  left: results
    .filter(({ outcome }) => outcome !== 'killed')
    .map(line)
    .sort(),
};
if (values.json) console.log(JSON.stringify(report, null, 2));
else {
  console.log(report.left.join('\n'));
  for (const [path, { mutants, tried, killed, percent }] of Object.entries(report.paths)) {
    console.log(`${path}: ${killed} of ${tried} killed (${percent} %); tried ${tried} of ${mutants}`);
  }
  console.log(`all: ${report.total.killed} of ${report.total.tried} killed (${report.total.percent} %)`);
}
process.exit(0);
