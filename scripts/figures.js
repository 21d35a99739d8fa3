#!/usr/bin/env node
/**
 * Writes the figures of bench/README.md and docs/study.md from bench/results: `npm run figures`. With --check it only
 * reports whether they are current. It reads the newest file of each machine, and in it the last comparison of each kind.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine } from './args.js';
import { loadModule } from './bundle.js';
import { readStudy, studyTables } from './studyPage.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const README = join(ROOT, 'bench/README.md');
const STUDY = join(ROOT, 'docs/study.md');
const BEGIN = '<!-- figures: made by `npm run figures` from bench/results -->';
const END = '<!-- end of figures -->';
/** @type {typeof import('../src/core/nn/meta.ts')} */
const { networkLabel } = await loadModule('src/core/nn/meta.ts');
const TASKS = /** @type {Record<string, string>} */ ({ train: 'training', infer: 'prediction' });

/**
 * @typedef {{ what: string, task: string, host: string, device: string, adapter: string | null, threads: number,
 *   peer: string, network: string, size: number, batch: number, rounds: number, imagesPerSecond: number,
 *   peerImagesPerSecond: number, ratio: number }} Comparison
 * @typedef {{ date: string, machine: { processor: string, cores: number }, results: Comparison[] }} Results
 */

/** The newest comparisons of each machine. @returns {Results[]} */
export function readResults(folder = join(ROOT, 'bench/results')) {
  const newest = new Map();
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    const results = /** @type {Results} */ (JSON.parse(readFileSync(join(folder, name), 'utf8')));
    if (results.results.every(({ what }) => what !== 'compare')) continue;
    // Names begin with the date.
    newest.set(JSON.stringify(results.machine), results);
  }
  return [...newest.values()].sort((a, b) => (a.date < b.date ? 1 : -1));
}

/** The tables, one for each machine. @param {Results[]} all */
export function figures(all) {
  return all.map(table).filter(Boolean).join('\n\n');
}

/** @param {Results} results */
function table({ date, machine, results }) {
  /** @type {Map<string, Comparison>} */
  const last = new Map();
  for (const result of results) {
    if (result.what !== 'compare') continue;
    const { task, device, peer, network, size, batch } = result;
    last.set([task, device, peer, network, size, batch].join(), result);
  }
  if (last.size === 0) return '';
  const rows = [...last.values()].map(row);
  const adapters = new Set([...last.values()].flatMap(({ adapter }) => adapter ?? []));
  const hosts = new Set(
    [...last.values()].map(({ host }) => host.replace('chromium', 'Chromium').replace('node', 'Node')),
  );
  const place = [`${machine.cores} cores of ${machine.processor}`, ...adapters, ...hosts].join(', ');
  return [
    `Measured on ${date}: ${place}. Images per second, medians of runs in turn:`,
    '',
    '| | Modality Lab | peer | ratio |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** @param {Comparison} comparison */
function row({
  task,
  device,
  threads,
  peer,
  network,
  size,
  batch,
  imagesPerSecond,
  peerImagesPerSecond,
  ratio,
}) {
  const what = `${networkLabel(network)}, ${TASKS[task]}, ${size}×${size}, batch ${batch}`;
  const ours = `${rounded(imagesPerSecond)} (${device === 'simd' ? `WASM SIMD, ${threads} threads` : device})`;
  return `| ${what} | ${ours} | ${rounded(peerImagesPerSecond)} (${nameOf(peer, threads)}) | ${ratio.toFixed(2)} |`;
}

/** @param {string} peer @param {number} threads */
function nameOf(peer, threads) {
  const [, version, where] = /^pytorch (\d+\.\d+)\S* (.*)$/.exec(peer) ?? [];
  const [, kind, release] = /^onnxruntime-(\w+) (\d+\.\d+)/.exec(peer) ?? [];
  if (kind) return `ONNX Runtime ${release}${kind === 'web' ? ' WASM' : ''}, ${threads} threads`;
  if (!version) return `stock ${peer}`;
  return where === 'cpu' ? `PyTorch ${version} CPU, ${threads} threads` : `PyTorch ${version} ${where}`;
}

/** Three significant digits. @param {number} value */
function rounded(value) {
  return String(Number(value.toPrecision(3)));
}

/** The tables of docs/study.md; null if no study was kept. */
export function studyFigures(kept = readStudy()) {
  return kept && studyTables(kept, networkLabel);
}

/** The page with its figures replaced. @param {string} readme @param {string} text */
export function withFigures(readme, text) {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The page has no section between “${BEGIN}” and “${END}”.`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${readme.slice(end)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = commandLine({
    usage: 'npm run figures',
    about: 'writes the figures of bench/README.md and docs/study.md from bench/results',
    options: { check: { type: 'flag', about: 'only says whether they are current' } },
  });
  const study = studyFigures();
  for (const [page, text] of [[README, figures(readResults())], ...(study ? [[STUDY, study]] : [])]) {
    const before = readFileSync(page, 'utf8');
    const current = withFigures(before, text);
    if (!values.check) writeFileSync(page, current);
    else if (current !== before) {
      console.error('The figures of a page are not those of bench/results: run npm run figures.');
      process.exit(1);
    }
  }
}
