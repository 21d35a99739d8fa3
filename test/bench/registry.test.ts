/** The benchmarks' registry: every command can be found, is listed and is in the README. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS, findCommand, help } from '../../bench/cli/index.js';
import { UsageError } from '../../scripts/args.js';

const NAMES = COMMANDS.map(({ name }) => name);

test('names are found, each once', () => {
  expect(new Set(NAMES).size).toBe(NAMES.length);
  for (const one of COMMANDS) expect(findCommand(one.name)).toBe(one);
});

test('every file that describes a command is in the registry', () => {
  const files = readdirSync('bench/cli').map((name) => readFileSync(`bench/cli/${name}`, 'utf8'));
  const defined = files.flatMap((text) =>
    [...text.matchAll(/(?:\bname: |engineCommand\()'(\w+)'/g)].map(([, name]) => name),
  );
  expect(defined.sort()).toEqual([...NAMES].sort());
});

test('another name is refused with the names that there are', () => {
  expect(() => findCommand('trian')).toThrow(UsageError);
  expect(() => findCommand('trian')).toThrow(`There is no benchmark “trian”, but ${NAMES.join(', ')}.`);
  expect(() => findCommand(undefined)).toThrow('Say what to measure: train, infer');
});

test('the help names every command and every option', () => {
  const sections = help().split('\n\n').slice(1);
  expect(sections).toHaveLength(COMMANDS.length);
  COMMANDS.forEach(({ name, describe, options }, i) => {
    expect(sections[i]).toContain(`${name}: ${describe}`);
    for (const option of Object.keys(options)) expect(sections[i]).toContain(`--${option}`);
  });
});

test('the README lists every command', () => {
  const readme = readFileSync('bench/README.md', 'utf8');
  for (const name of NAMES)
    expect(readme).toMatch(new RegExp(`^ {4}npm run (?:bench -- |train-)?${name}\\b`, 'm'));
});

test('options keep the names and defaults that measurements were made with', () => {
  const defaults = (name: string) =>
    Object.fromEntries(
      Object.entries(findCommand(name).options).map(([key, option]) => [key, option.default]),
    );
  expect(defaults('train')).toMatchObject({
    network: 'resnet18',
    size: 64,
    batch: 16,
    steps: 10,
    device: 'simd',
  });
  expect(defaults('compare')).toMatchObject({
    ...defaults('train'),
    what: 'train',
    peer: 'pytorch',
    rounds: 3,
  });
  expect(defaults('ingest')).toMatchObject({ rounds: 5, limit: 200, only: '', python: '/usr/bin/python3' });
  expect(defaults('scale')).toMatchObject({ counts: [5000, 15000, 50000] });
  expect(defaults('transfer')).toMatchObject({ seeds: [1, 2, 3], images: 8192, limit: 100, patients: 1 });
});
