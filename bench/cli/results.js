/** Saves measured lines in bench/results, one file per machine and day. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/setup.js';

/** @param {object[]} lines */
export function saveResults(lines) {
  const [{ model }] = cpus();
  const machine = { cores: availableParallelism(), processor: model.replace(/\s+/g, ' ').trim() };
  const date = new Date().toISOString().slice(0, 10);
  const name = `${date}-${machine.processor}-${machine.cores}-cores`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  const folder = join(ROOT, 'bench/results');
  const path = join(folder, `${name}.json`);
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).results : [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${JSON.stringify({ date, machine, results: [...before, ...lines] }, null, 1)}\n`);
}
