/** Programs are started without a shell, whatever the folder is called. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { binOf, npmScript, programOf } from '../../scripts/programs.js';

const root = mkdtempSync(join(tmpdir(), 'a folder & ünïcode-'));

beforeAll(() => {
  for (const [name, bin] of Object.entries({
    one: 'one.js',
    two: { two: 'bin/two.js', other: 'other.js' },
  })) {
    mkdirSync(join(root, 'node_modules', name, 'bin'), { recursive: true });
    writeFileSync(join(root, 'node_modules', name, 'package.json'), JSON.stringify({ name, bin }));
  }
  writeFileSync(join(root, 'node_modules/one/one.js'), 'console.log(process.argv.slice(2).join("|"))');
});

afterAll(() => rmSync(root, { recursive: true }));

test('a package’s command is its script, run by this Node', () => {
  expect(binOf('one', root)).toBe(join(root, 'node_modules/one/one.js'));
  expect(programOf('npx', ['two', '--watch'], root)).toEqual([
    process.execPath,
    [join(root, 'node_modules/two/bin/two.js'), '--watch'],
  ]);
});

test('what is handed on arrives as it is, from a folder with spaces too', () => {
  const [program, args] = programOf('npx', ['one', 'a b', '$HOME', '"c"'], root);
  expect(spawnSync(program, args, { encoding: 'utf8' }).stdout.trim()).toBe('a b|$HOME|"c"');
});

test('npm is the one that started this process, unless that was something else', () => {
  const npm = join(root, 'npm-cli.js');
  writeFileSync(npm, '');
  expect(npmScript(npm, process.execPath)).toBe(npm);
  writeFileSync(join(root, 'yarn.js'), '');
  expect(npmScript(join(root, 'yarn.js'), join(root, 'node'))).toBe(null);
  expect(npmScript(join(root, 'gone', 'npm-cli.js'), join(root, 'node'))).toBe(null);
});

test.each([
  ['on Windows', 'node.exe', 'node_modules/npm/bin'],
  ['elsewhere', 'bin/node', 'lib/node_modules/npm/bin'],
])('npm is found beside Node %s', (_, node, folder) => {
  const top = mkdtempSync(join(root, 'node-'));
  mkdirSync(join(top, folder), { recursive: true });
  writeFileSync(join(top, folder, 'npm-cli.js'), '');
  expect(npmScript(undefined, join(top, node))).toBe(join(top, folder, 'npm-cli.js'));
});

test('no script asks for a shell', () => {
  for (const name of readdirSync('scripts').filter((one) => one.endsWith('.js')))
    expect(readFileSync(join('scripts', name), 'utf8'), name).not.toMatch(/\bshell:|\bexecSync\b/);
  expect(readFileSync('vite.config.ts', 'utf8')).not.toMatch(/\bexecSync\b/);
});
