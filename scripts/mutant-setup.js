/** In each test file of a mutation run: turns one mutant on, or first records which tests reach which mutants. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach } from 'vitest';

const { id, limit } = JSON.parse(readFileSync(String(process.env.MUTANT), 'utf8'));
/** How often code reached each mutant since the last test began. */
const counts = new Uint32Array(id < 0 ? limit : 0);
let times = 0;

/** @param {number} mutant */
function count(mutant) {
  counts[mutant]++;
  return false;
}

/** @returns {[number, number][]} the reached mutants and their counts */
function reached() {
  return [...counts].flatMap((number, mutant) => (number > 0 ? [[mutant, number]] : []));
}

/** @param {number} mutant */
function turnOn(mutant) {
  if (mutant !== id) return false;
  // A mutated loop may never end.
  if (++times > limit) throw new Error('The mutant was reached far more often than the code it stands for.');
  return true;
}

Object.assign(globalThis, { __mutant: id < 0 ? count : turnOn });

if (id < 0) {
  // biome-ignore lint/correctness/noEmptyPattern: Vitest asks for this pattern
  beforeAll(({}, suite) => {
    Object.assign(suite.meta, { reached: reached() });
  });
  beforeEach(() => {
    counts.fill(0);
  });
  afterEach(({ task }) => {
    Object.assign(task.meta, { reached: reached() });
  });
}
