/** The workflow of a public host calls what is there, on every system and in every browser. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const WORKFLOW = readFileSync('.github/workflows/test.yml', 'utf8');
const { scripts, devDependencies, engines } = JSON.parse(readFileSync('package.json', 'utf8'));

const commands = [...WORKFLOW.matchAll(/^ +- run: (.+)$/gm)].map(([, command]) => command);

test('it has commands, and every npm script in them is there', () => {
  expect(commands).toEqual(expect.arrayContaining(['npm ci', 'npm test -- --yes', 'npm run test:e2e']));
  for (const command of commands) {
    const [, run, short] = /^npm (?:run ([\w:]+)|(\w+))/.exec(command) ?? [];
    const [, tool] = /^npx (\w+)/.exec(command) ?? [];
    if (tool) expect(`@${tool}/test` in devDependencies, command).toBe(true);
    else if (short !== 'ci') expect(Object.keys(scripts), command).toContain(run ?? short);
  }
});

test('it uses the public host’s own actions alone', () => {
  const actions = [...WORKFLOW.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  expect([...new Set(actions)].sort()).toEqual(['actions/checkout@v4', 'actions/setup-node@v4']);
});

test('it covers three systems and three browsers, and may read the repository alone', () => {
  const lists = [...WORKFLOW.matchAll(/^ +(os|browser): \[(.*)\]$/gm)].map(
    ([, name, list]) => `${name}: ${list}`,
  );
  expect([...new Set(lists)]).toEqual([
    'os: ubuntu-latest, macos-latest, windows-latest',
    'browser: chromium, firefox, webkit',
  ]);
  expect(WORKFLOW).toMatch(/^permissions:\n {2}contents: read$/m);
  expect(WORKFLOW).not.toMatch(/secrets\.|: write/);
});

test('it has no tab, and what it indents is indented by two', () => {
  expect(WORKFLOW).not.toMatch(/\t/);
  for (const line of WORKFLOW.split('\n')) expect(/^ */.exec(line)![0].length % 2, line).toBe(0);
});

test('the Node of .nvmrc is the oldest that package.json allows', () => {
  const [, oldest] = /^>=(\d+\.\d+)$/.exec(engines.node)!;
  expect(readFileSync('.nvmrc', 'utf8').trim()).toBe(`${oldest}.0`);
});

test('the lock file names no host, so that npm ci works with any registry', () => {
  const lock = readFileSync('package-lock.json', 'utf8');
  expect(lock).not.toMatch(/"resolved"|https?:\/\/(registry|[\w.-]*npm)/);
  expect(existsSync('.ci/run')).toBe(true);
});
