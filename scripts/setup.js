/** Prepares a fresh checkout: Node version, locked dependencies, kernels, app. It uses only Node's own modules. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programOf } from './programs.js';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMPS = join(ROOT, 'node_modules', '.modality-lab');

/** Ends the process with one clear sentence. @param {string} sentence @returns {never} */
export function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

/** Stops on a Node that cannot run this project. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Node ${process.versions.node} is too old: install Node 20.19 or newer from nodejs.org, then run this again.`,
  );
}

/**
 * Runs a command in the project and shows its output.
 * @param {string} command a program, `npm`, or `npx` for a command of an installed package
 * @param {string[]} args
 * @param {'inherit' | number} [output] target of its standard output: 2 is this process's error output
 * @returns {boolean} whether it succeeded
 */
export function run(command, args, output = 'inherit') {
  const [program, parameters] = programOf(command, args, ROOT);
  const result = spawnSync(program, parameters, { cwd: ROOT, stdio: ['inherit', output, 'inherit'] });
  return result.status === 0;
}

/** Compiles the WebAssembly of src that is not up to date. */
export function buildKernels() {
  if (!run(process.execPath, ['scripts/build-wasm.js'], 2))
    fail('The kernels could not be compiled: the messages above say why.');
}

/**
 * Hash of the contents of files and folders, so that a step repeats only when its inputs have changed.
 * @param {string[]} paths relative to the project
 */
function fingerprint(paths) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    const full = join(ROOT, path);
    if (!existsSync(full)) return;
    const stat = statSync(full);
    if (stat.isDirectory()) {
      for (const name of readdirSync(full).sort()) if (name !== 'build') add(join(path, name));
    } else {
      hash.update(`${path}:`).update(readFileSync(full));
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}

/**
 * Runs `work` unless it was done for the same inputs and its output is still there.
 * @param {string} name
 * @param {string[]} inputs
 * @param {string} output
 * @param {() => void} work
 */
function once(name, inputs, output, work) {
  const stamp = join(STAMPS, name);
  const current = fingerprint(inputs);
  if (existsSync(join(ROOT, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return;
  work();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, current);
}

/** Dependencies exactly as in the lock file. */
export function install() {
  requireNode();
  once('install', ['package.json', 'package-lock.json'], 'node_modules', () => {
    // Standard output is for results: some commands print only JSON.
    console.error('Installing dependencies …');
    if (!run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 2)) {
      fail(
        'The dependencies could not be installed: check the connection to the npm registry (or its mirror), then run this again.',
      );
    }
  });
}

/** The app in dist/, kernels included. */
export function build() {
  install();
  once(
    'build',
    [
      'src',
      'workers',
      'public',
      'docs/lessons',
      'index.html',
      'vite.config.ts',
      'package-lock.json',
      'scripts',
    ],
    'dist',
    () => {
      console.error('Building …');
      buildKernels();
      if (!run('npx', ['vite', 'build', '--logLevel', 'error'], 2))
        fail('The build failed: the messages above say where.');
    },
  );
}
