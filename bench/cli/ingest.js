/**
 * `npm run bench -- ingest --data DIR`: compares decoding of files to slices with a Python twin (pydicom, gdcm,
 * nibabel, OpenCV), A B A B, one core each, bytes in memory on both sides; one JSON object per class of files. With
 * --browser it measures the whole path instead, from a drop in the app to committed shards (drop.js).
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { UsageError } from '../../scripts/args.js';
import { install, ROOT } from '../../scripts/setup.js';
import { evenly, median, ratioOfMedians, significant } from '../stats.js';
import { bundleForBrowser, bundleForNode } from './bundle.js';
import { ask as askPage, launch, openPage, serveBundle } from './chromium.js';
import { command } from './command.js';
import { DATA, folderAt } from './data.js';
import { measureDrop } from './drop.js';
import { load, print } from './output.js';
import { measureRepeats } from './repeat.js';
import { saveResults } from './results.js';

/** Four folders deep, so that a codec in the bundle finds its .wasm by the same relative path as in its source. */
const OUT = join(ROOT, 'out/bench/ingest/node');

const OPTIONS = /** @type {const} */ ({
  data: DATA,
  conformance: { type: 'text', value: 'DIR', about: 'another folder to take compressed files from' },
  rounds: { type: 'number', default: 5, whole: true, least: 1, about: 'measurements of each' },
  limit: {
    type: 'number',
    default: 200,
    whole: true,
    least: 1,
    about: 'files of a class at most; a folder is taken whole',
  },
  only: { type: 'text', default: '', about: 'classes whose names hold this' },
  node: { type: 'flag', about: 'in Node instead of Chromium' },
  browser: { type: 'flag', about: 'the same as the command drop' },
  repeat: { type: 'flag', about: 'the same as the command repeat' },
  save: { type: 'flag', about: 'with --repeat: adds the lines to bench/results' },
  python: {
    type: 'text',
    value: 'FILE',
    default: '/usr/bin/python3',
    about: 'an interpreter with the twin’s packages',
  },
  json: { type: 'flag', about: 'lines are JSON with or without it' },
});

/** @typedef {import('../../scripts/args.js').Values<typeof OPTIONS>} Flags */
/** @typedef {{ slices: number, seconds: number }} Pass */
/** @typedef {{ load(paths: string[]): Promise<number[][]>, pass(): Promise<Pass>, close(): Promise<void> }} Reader */

export const ingest = command({
  name: 'ingest',
  describe: 'files to slices beside a Python twin, A B A B, one core each',
  options: OPTIONS,
  async run(flags) {
    const data = flags.data === undefined ? null : folderAt(flags.data);
    if (flags.repeat) {
      const lines = await measureRepeats(data, flags.rounds, flags.only);
      if (flags.save) saveResults(lines);
      return;
    }
    if (data === null) throw new UsageError('--data is missing.');
    await (flags.browser ? measureDrop(data, flags.rounds) : measureIngest(data, flags));
  },
});

/** @param {string} data @param {Flags} flags */
async function measureIngest(data, flags) {
  const conformance = flags.conformance === undefined ? null : folderAt(flags.conformance, '--conformance');
  install();
  const pinned = pinToOneCore();
  await bundleForBrowser(OUT, { page: 'bench/ingest/page.ts', worker: 'bench/ingest/worker.ts' });
  await bundleForNode(OUT, { node: 'bench/ingest/node.ts', transcode: 'bench/ingest/transcode.ts' });
  const classes = classesOf(data, conformance, flags.limit);
  const twin = lineReader(flags.python, [join(ROOT, 'bench/peer/ingest.py')]);
  const ours = flags.node ? lineReader(process.execPath, [join(OUT, 'node.mjs')]) : await openChromium();
  try {
    for (const [name, paths] of Object.entries(classes)) {
      if (paths.length > 0 && name.includes(flags.only))
        print({ ...(await measure(name, paths, ours, twin, flags)), pinned });
    }
  } finally {
    await ours.close();
    await twin.close();
    rmSync(join(OUT, 'made'), { recursive: true, force: true });
  }
}

/** Binds later processes to one core; returns false if the system can't do that. */
function pinToOneCore() {
  const core = String(availableParallelism() - 1);
  return spawnSync('taskset', ['-acp', core, String(process.pid)], { stdio: 'ignore' }).status === 0;
}

/** Files by class of decoding cost. @param {string} data @param {string | null} conformance @param {number} limit */
function classesOf(data, conformance, limit) {
  const all = filesBelow(data);
  const known = [...all, ...(conformance ? filesBelow(conformance) : [])].map((path) => ({
    path,
    syntax: syntaxOf(path),
  }));
  const having = (/** @type {string[]} */ ...syntaxes) =>
    known.filter(({ syntax }) => syntaxes.includes(syntax ?? '')).map(({ path }) => path);
  const plain = having('1.2.840.10008.1.2', '1.2.840.10008.1.2.1');
  const made = spawnSync(
    process.execPath,
    [join(OUT, 'transcode.mjs'), join(OUT, 'made'), '24', ...evenly(plain, 1000)],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const { jpeg2000, jpegLs } = JSON.parse(made.stdout);
  return {
    uncompressed: evenly(plain, limit),
    'jpeg2000, 512×512 transcoded': jpeg2000,
    'jpeg2000, as found': evenly(having('1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.91'), limit),
    'jpegLs, 512×512 transcoded': jpegLs,
    'jpegLs, as found': evenly(having('1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.81'), limit),
    folder: all,
  };
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The transfer syntax in a DICOM file's header, or null if it is absent. @param {string} path */
function syntaxOf(path) {
  const head = Buffer.alloc(1024);
  const file = openSync(path, 'r');
  readSync(file, head);
  closeSync(file);
  if (head.toString('latin1', 128, 132) !== 'DICM') return null;
  const at = head.indexOf(Buffer.from([2, 0, 0x10, 0, 0x55, 0x49]));
  if (at < 0) return null;
  return head.toString('latin1', at + 8, at + 8 + head.readUInt16LE(at + 6)).replace(/[\0 ]+$/, '');
}

/** @param {string} name @param {string[]} paths @param {Reader} ours @param {Reader} twin @param {Flags} flags */
async function measure(name, paths, ours, twin, { rounds, node }) {
  const [mine, theirs] = [await ours.load(paths), await twin.load(paths)];
  // Report files with different results, because their work is not the same.
  const differing = paths.filter(
    (_, i) =>
      mine[i].length !== theirs[i].length || mine[i].some((mean, k) => Math.abs(mean - theirs[i][k]) > 1),
  );
  if (process.env.BENCH_VERBOSE) for (const path of differing) console.error(path);
  /** @type {number[]} */ const a = [];
  /** @type {number[]} */ const b = [];
  for (let round = 0; round < rounds; round++) {
    a.push(perSecond(await ours.pass()));
    b.push(perSecond(await twin.pass()));
  }
  return {
    what: 'ingest',
    files: name,
    count: paths.length,
    differing: differing.length,
    host: node ? 'node' : 'chromium',
    rounds: a.length,
    slicesPerSecond: significant(median(a)),
    peerSlicesPerSecond: significant(median(b)),
    ratio: significant(ratioOfMedians(a, b)),
    load: load(),
  };
}

/** @param {Pass} pass */
function perSecond({ slices, seconds }) {
  return slices / seconds;
}

/**
 * A program that answers a line of JSON with a line of JSON.
 * @param {string} command @param {string[]} parameters @returns {Reader}
 */
function lineReader(command, parameters) {
  const child = spawn(command, parameters, { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    if (process.env.BENCH_VERBOSE) process.stderr.write(text);
    said = (said + text).slice(-2000);
  });
  // A process that has ended takes no question; why it ended stands in what it said.
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (/** @type {object} */ question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) {
      const last = said.trim().split('\n').at(-1);
      throw new UsageError(
        `${command} ended before it answered: ${last}. bench/README.md names its packages.`,
      );
    }
    return JSON.parse(value);
  };
  return {
    load: (paths) => ask({ load: paths }),
    pass: () => ask({}),
    close: async () => {
      child.stdin.end();
    },
  };
}

/** Runs the passes in a worker of headless Chromium. @returns {Promise<Reader>} */
async function openChromium() {
  /** @type {string[]} */
  let paths = [];
  const server = await serveBundle(OUT, {
    extra: (path) => paths[Number(/^\/file\/(\d+)$/.exec(path)?.[1] ?? -1)] ?? null,
  });
  const browser = await launch();
  const page = await browser.newPage();
  await openPage(page, server.url, 'ask');
  const ask = async (/** @type {object} */ question) =>
    /** @type {any} */ (await askPage(page, 'ask', question));
  return {
    load: (given) => {
      paths = given;
      return ask({ load: given.map((_, i) => `/file/${i}`) });
    },
    pass: () => ask({}),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
