/**
 * `npm run bench -- ingest --data DIR`: files to slices beside a Python twin (pydicom, gdcm, nibabel, OpenCV), A B A B,
 * one core each, bytes in memory on both sides; one JSON object a class of files. With --browser the whole way
 * instead, from a drop in the app to committed shards (bench-drop.js).
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build as bundle } from 'esbuild';
import { requireChromium } from './browser.js';
import { securityHeaders } from './headers.js';
import { saveResults } from './results.js';
import { fail, install, ROOT } from './setup.js';

/** Four folders deep, so that a codec finds its .wasm from the bundle as from its source. */
const OUT = join(ROOT, 'out/bench/ingest/node');
const USAGE =
  'npm run bench -- ingest --data DIR [--conformance DIR] [--rounds 5] [--limit 200] [--only folder] [--node] [--browser] [--repeat] [--save] [--python /usr/bin/python3]';

const { values: flags } = parseArgs({
  args: process.argv.slice(3),
  options: {
    data: { type: 'string' },
    conformance: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    /** Files of a class at most; the whole folder is always taken whole. */
    limit: { type: 'string', default: '200' },
    /** A word that the names of the classes to measure hold. */
    only: { type: 'string', default: '' },
    node: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
    repeat: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    python: { type: 'string', default: '/usr/bin/python3' },
    json: { type: 'boolean', default: true },
  },
});

/** @typedef {{ slices: number, seconds: number }} Pass */
/** @typedef {{ load(paths: string[]): Promise<number[][]>, pass(): Promise<Pass>, close(): Promise<void> }} Reader */

export async function benchIngest() {
  if (flags.repeat) {
    const { benchRepeat } = await import('./bench-repeat.js');
    const lines = await benchRepeat(
      flags.data ? resolve(flags.data) : null,
      Number(flags.rounds),
      flags.only,
    );
    if (flags.save) saveResults(lines);
    return;
  }
  if (!flags.data || !existsSync(flags.data)) fail(USAGE);
  if (flags.browser) {
    const { benchDrop } = await import('./bench-drop.js');
    return benchDrop(resolve(flags.data), Number(flags.rounds));
  }
  install();
  const pinned = pinToOneCore();
  await bundleAll();
  const classes = classesOf(resolve(flags.data), flags.conformance ? resolve(flags.conformance) : null);
  const twin = lineReader(flags.python, [join(ROOT, 'bench/peer/ingest.py')]);
  const ours = flags.node ? lineReader(process.execPath, [join(OUT, 'node.mjs')]) : await openChromium();
  try {
    for (const [name, paths] of Object.entries(classes)) {
      if (paths.length > 0 && name.includes(flags.only))
        console.log(JSON.stringify({ ...(await measure(name, paths, ours, twin)), pinned }));
    }
  } finally {
    await ours.close();
    await twin.close();
    rmSync(join(OUT, 'made'), { recursive: true, force: true });
  }
}

/** What is started from here on shares one core; false where the system can't do that. */
function pinToOneCore() {
  const core = String(availableParallelism() - 1);
  return spawnSync('taskset', ['-acp', core, String(process.pid)], { stdio: 'ignore' }).status === 0;
}

async function bundleAll() {
  const common = /** @type {const} */ ({
    bundle: true,
    outdir: OUT,
    absWorkingDir: ROOT,
    logLevel: 'error',
    format: 'esm',
  });
  await bundle({
    ...common,
    entryPoints: { page: 'bench/ingest/page.ts', worker: 'bench/ingest/worker.ts' },
    splitting: true,
    platform: 'browser',
    // The codecs' glue asks for them under Node alone.
    external: ['fs', 'path'],
    target: 'es2023',
  });
  await bundle({
    ...common,
    entryPoints: { node: 'bench/ingest/node.ts', transcode: 'bench/ingest/transcode.ts' },
    platform: 'node',
    target: 'node20',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
  });
}

/** Files by what they cost to decode. @param {string} data @param {string | null} conformance */
function classesOf(data, conformance) {
  const all = filesBelow(data);
  const known = [...all, ...(conformance ? filesBelow(conformance) : [])].map((path) => ({
    path,
    syntax: syntaxOf(path),
  }));
  const having = (/** @type {string[]} */ ...syntaxes) =>
    known.filter(({ syntax }) => syntaxes.includes(syntax ?? '')).map(({ path }) => path);
  const plain = having('1.2.840.10008.1.2', '1.2.840.10008.1.2.1');
  const limit = Number(flags.limit);
  const made = spawnSync(
    process.execPath,
    [join(OUT, 'transcode.mjs'), join(OUT, 'made'), '24', ...spread(plain, 1000)],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const { jpeg2000, jpegLs } = JSON.parse(made.stdout);
  return {
    uncompressed: spread(plain, limit),
    'jpeg2000, 512×512 transcoded': jpeg2000,
    'jpeg2000, as found': spread(having('1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.91'), limit),
    'jpegLs, 512×512 transcoded': jpegLs,
    'jpegLs, as found': spread(having('1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.81'), limit),
    folder: all,
  };
}

/** `count` of them, evenly. @param {string[]} paths @param {number} count */
function spread(paths, count) {
  if (paths.length <= count) return paths;
  return Array.from({ length: count }, (_, i) => paths[Math.floor((i * paths.length) / count)]);
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The transfer syntax of a DICOM file that says it, else null. @param {string} path */
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

/** @param {string} name @param {string[]} paths @param {Reader} ours @param {Reader} twin */
async function measure(name, paths, ours, twin) {
  const [mine, theirs] = [await ours.load(paths), await twin.load(paths)];
  // Files of which the two make something else are told, since they are not the same work.
  const differing = paths.filter(
    (_, i) =>
      mine[i].length !== theirs[i].length || mine[i].some((mean, k) => Math.abs(mean - theirs[i][k]) > 1),
  );
  if (process.env.BENCH_VERBOSE) for (const path of differing) console.error(path);
  /** @type {number[]} */ const a = [];
  /** @type {number[]} */ const b = [];
  for (let round = 0; round < Number(flags.rounds); round++) {
    a.push(perSecond(await ours.pass()));
    b.push(perSecond(await twin.pass()));
  }
  return {
    what: 'ingest',
    files: name,
    count: paths.length,
    differing: differing.length,
    host: flags.node ? 'node' : 'chromium',
    rounds: a.length,
    slicesPerSecond: round3(median(a)),
    peerSlicesPerSecond: round3(median(b)),
    ratio: round3(median(a) / median(b)),
    load: Number(loadavg()[0].toFixed(1)),
  };
}

/** @param {Pass} pass */
function perSecond({ slices, seconds }) {
  return slices / seconds;
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number} value */
function round3(value) {
  return Number(value.toPrecision(3));
}

/** A program that answers a line of JSON with a line of JSON. @param {string} command @param {string[]} parameters @returns {Reader} */
function lineReader(command, parameters) {
  const child = spawn(command, parameters, {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', process.env.BENCH_VERBOSE ? 'inherit' : 'ignore'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (/** @type {object} */ question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended before it answered.`);
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

/** The passes in a worker of headless Chromium. @returns {Promise<Reader>} */
async function openChromium() {
  const { chromium } = await import('@playwright/test');
  const executablePath = await requireChromium();
  const types = /** @type {Record<string, string>} */ ({
    '.js': 'text/javascript',
    '.wasm': 'application/wasm',
  });
  /** @type {string[]} */
  let paths = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const numbered = /^\/file\/(\d+)$/.exec(pathname);
    const own = pathname.startsWith('/node_modules/') ? join(ROOT, pathname) : join(OUT, pathname);
    const path = numbered ? paths[Number(numbered[1])] : own;
    const headers = {
      ...securityHeaders(),
      'Content-Type': types[extname(path)] ?? 'application/octet-stream',
    };
    if (pathname === '/') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html' });
      response.end('<!doctype html><script type="module" src="/page.js"></script>');
    } else if (existsSync(path)) {
      response.writeHead(200, headers).end(readFileSync(path));
    } else response.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(null)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.waitForFunction(() => 'ask' in globalThis);
  const ask = (/** @type {object} */ question) =>
    page.evaluate(
      (given) =>
        /** @type {{ ask(question: unknown): Promise<any> }} */ (/** @type {unknown} */ (globalThis)).ask(
          given,
        ),
      question,
    );
  return {
    load: (given) => {
      paths = given;
      return ask({ load: given.map((_, i) => `/file/${i}`) });
    },
    pass: () => ask({}),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
