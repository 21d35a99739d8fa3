/**
 * `npm run bench -- ingest --repeat [--data DIR]`: a folder dropped into a new project, then again and again, in turn with
 * the stored pixels held against their checksums and without. One JSON object a folder: DIR, and two that are generated.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { requireChromium } from './browser.js';
import { securityHeaders } from './headers.js';
import { fail, install, ROOT, run } from './setup.js';

/** Three folders deep, so that a codec finds its .wasm from the bundle as from its source. */
const OUT = join(ROOT, 'out/bench/drop');
const TYPES = /** @type {Record<string, string>} */ ({
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
});
const COMMON = /** @type {const} */ ({
  bundle: true,
  absWorkingDir: ROOT,
  logLevel: 'error',
  format: 'esm',
});
/** Files that are generated: small ones of a slice each, and volumes of 256 slices that need no resizing. */
const GENERATED = { slices: 4000, volumes: 16 };
/** @param {string | null} data @param {number} rounds @param {string} only */
export async function benchRepeat(data, rounds, only) {
  install();
  if (!run('npm', ['run', '--silent', 'build:wasm'], 2)) fail('The kernels could not be compiled.');
  await bundleAll();
  const server = await serve();
  const made = mkdtempSync(join(tmpdir(), 'modality-lab-bench-'));
  try {
    const make = (/** @type {keyof typeof GENERATED} */ kind) => () =>
      generate(join(made, kind), kind, GENERATED[kind]);
    const folders = /** @type {Record<string, () => string | Promise<string>>} */ ({
      ...(data && { data: () => data }),
      'generated, 64×64 DICOM': make('slices'),
      'generated, 224×224×256 NIfTI': make('volumes'),
    });
    const lines = [];
    for (const [name, folder] of Object.entries(folders)) {
      if (!name.includes(only)) continue;
      const line = await measure(name, await folder(), rounds, server.url);
      console.log(JSON.stringify(line));
      lines.push(line);
    }
    return lines;
  } finally {
    server.close();
    rmSync(made, { recursive: true, force: true });
  }
}

/** @param {string} name @param {string} folder @param {number} rounds @param {string} url */
async function measure(name, folder, rounds, url) {
  const { chromium } = await import('@playwright/test');
  const executablePath = await requireChromium();
  /** @typedef {{ seconds: number, healed: number, files: number, slices: number, known: number }} Dropped */
  const first = /** @type {Dropped[]} */ ([]);
  const repeated = { checked: /** @type {Dropped[]} */ ([]), unchecked: /** @type {Dropped[]} */ ([]) };
  /** @type {number[]} */
  const ratios = [];
  for (let round = 0; round < rounds; round++) {
    // A profile on the disk: one without keeps what is stored in memory.
    const profile = mkdtempSync(join(tmpdir(), 'modality-lab-profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: ['--no-sandbox'],
    });
    try {
      const page = await context.newPage();
      await page.goto(url);
      await page.waitForFunction(() => 'drop' in globalThis);
      await page.locator('input').setInputFiles(folder);
      const drop = (/** @type {boolean} */ checked) =>
        page.evaluate(
          (given) =>
            /** @type {{ drop(checked: boolean): Promise<Dropped> }} */ (
              /** @type {unknown} */ (globalThis)
            ).drop(given),
          checked,
        );
      first.push(await drop(true));
      // A B, then B A: what drifts in a round counts for both.
      const order = round % 2 === 0 ? [true, false] : [false, true];
      for (const checked of order) repeated[checked ? 'checked' : 'unchecked'].push(await drop(checked));
      ratios.push(repeated.checked[round].seconds / repeated.unchecked[round].seconds);
    } finally {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    }
  }
  const [{ files, slices }] = first;
  const seconds = (/** @type {Dropped[]} */ all) => round3(median(all.map((one) => one.seconds)));
  if (repeated.checked.some(({ healed, known }) => healed > 0 || known < slices))
    throw new Error('A repeated drop found something new.');
  return {
    what: 'ingest, repeated drop',
    name,
    files,
    slices,
    rounds,
    firstSeconds: seconds(first),
    uncheckedSeconds: seconds(repeated.unchecked),
    checkedSeconds: seconds(repeated.checked),
    /** The median of the rounds'. */
    ratio: round3(median(ratios)),
    ratios: ratios.map(round3),
    load: Number(loadavg()[0].toFixed(1)),
  };
}

/**
 * Writes generated files into a folder.
 * @param {string} folder @param {keyof typeof GENERATED} kind @param {number} count
 */
export async function generate(folder, kind, count) {
  await build({
    ...COMMON,
    outdir: join(OUT, 'node'),
    entryPoints: { generate: 'bench/drop/generate.ts' },
    platform: 'node',
    target: 'node20',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
  });
  const generator = join(OUT, 'node/generate.mjs');
  const { status } = spawnSync(process.execPath, [generator, folder, kind, String(count)], {
    stdio: ['ignore', 2, 'inherit'],
  });
  if (status !== 0) fail('The files could not be generated.');
  return folder;
}

async function bundleAll() {
  await build({
    ...COMMON,
    outdir: OUT,
    entryPoints: { page: 'bench/drop/page.ts', worker: 'bench/drop/worker.ts', decode: 'workers/decode.ts' },
    splitting: true,
    platform: 'browser',
    // The codecs' glue asks for them under Node alone.
    external: ['fs', 'path'],
    target: 'es2023',
  });
}

async function serve() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path =
      pathname.startsWith('/node_modules/') || pathname.startsWith('/src/')
        ? join(ROOT, pathname)
        : join(OUT, pathname);
    const headers = {
      ...securityHeaders(),
      'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    };
    if (pathname === '/') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html' });
      response.end(
        '<!doctype html><input type="file" webkitdirectory /><script type="module" src="/page.js"></script>',
      );
    } else if (existsSync(path)) {
      response.writeHead(200, headers);
      createReadStream(path).pipe(response);
    } else response.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(null)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
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
