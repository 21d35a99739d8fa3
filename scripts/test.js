#!/usr/bin/env node
/** `npm test`: prepares the tests and runs everything; ends with "N passed, N failed". */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from './args.js';
import { build, run } from './setup.js';

const { values } = commandLine({
  usage: 'npm test',
  about: 'sets up what tests need and runs them all',
  options: { yes: { type: 'flag', about: 'installs a missing browser without a question, as in CI' } },
});
build();
const { requireChromium } = await import('./browser.js');
process.env.CHROMIUM_PATH = await requireChromium(values);

const reports = mkdtempSync(join(tmpdir(), 'modality-lab-test-'));
let passed = 0;
let failed = 0;
/** Tests with missing real data, each listed once. @type {Set<string>} */
const missing = new Set();

/** @param {string} name @param {boolean} ok */
function count(name, ok) {
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}\n`);
  if (ok) passed++;
  else failed++;
}

count('types', run('npm', ['run', '--silent', 'check:types']));
count('lint and format', run('npm', ['run', '--silent', 'check:lint']));

for (const project of ['node', 'browser']) {
  const file = join(reports, `${project}.json`);
  const ok = run('npx', [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = read(file);
  if (!report) {
    count(`${project} tests`, false);
    continue;
  }
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  for (const { assertionResults } of report.testResults) {
    for (const { title, ancestorTitles } of assertionResults) {
      if (title.startsWith('did not run: ')) missing.add(`${ancestorTitles.join(' ')}: ${title}`);
    }
  }
  // A file that fails to load, or an unhandled error, fails the run but no test.
  if (!ok && report.numFailedTests === 0) count(`${project} tests`, false);
}

{
  const file = join(reports, 'e2e.json');
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = file;
  const ok = run('npx', ['playwright', 'test', '--reporter=list,json']);
  const report = read(file);
  passed += report?.stats.expected ?? 0;
  failed += report?.stats.unexpected ?? 0;
  for (const reason of skipped(report?.suites ?? [])) missing.add(reason);
  if (!ok && !report?.stats.unexpected) count('end to end tests', false);
}

rmSync(reports, { recursive: true, force: true });
if (missing.size > 0) {
  console.log(`\n${missing.size} groups of tests did not run here:`);
  for (const one of missing) console.log(`  ${one}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/**
 * Why end-to-end tests did not run.
 * @typedef {{ title: string, tests: { annotations: { type: string, description?: string }[] }[] }} Spec
 * @typedef {{ suites?: Suite[], specs: Spec[] }} Suite
 * @param {Suite[]} suites @returns {string[]}
 */
function skipped(suites) {
  return suites.flatMap(({ suites: inner = [], specs }) => [
    ...skipped(inner),
    ...specs.flatMap(({ title, tests }) =>
      tests
        .flatMap(({ annotations }) => annotations)
        .flatMap(({ type, description }) => (type === 'skip' ? [`${title}: ${description}`] : [])),
    ),
  ]);
}

/** @param {string} file */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
