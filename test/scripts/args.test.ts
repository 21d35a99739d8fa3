/** The command line of the scripts. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listOptions, readArgs, UsageError } from '../../scripts/args.js';

const OPTIONS = {
  network: { type: 'text', default: 'resnet18', about: 'the network' },
  peer: { type: 'text', choices: ['pytorch', 'tfjs'] },
  rounds: { type: 'number', default: 3, whole: true, least: 1 },
  factor: { type: 'number' },
  seeds: { type: 'numbers', default: [1, 2], whole: true },
  sites: { type: 'texts' },
  save: { type: 'flag', about: 'keeps the lines' },
  open: { type: 'flag', default: true, about: 'opens nothing' },
} as const;

const read = (...args: string[]) => readArgs(OPTIONS, args).values;

describe('what is read', () => {
  test('options that are not given have their defaults, or are undefined', () => {
    expect(read()).toEqual({
      ...{ network: 'resnet18', rounds: 3, seeds: [1, 2], save: false, open: true },
      ...{ peer: undefined, factor: undefined, sites: undefined },
    });
  });

  test('a value follows its option or an equals sign', () => {
    expect(read('--network', 'vgg16', '--rounds=5')).toMatchObject({ network: 'vgg16', rounds: 5 });
    expect(read('--factor=-0.5', '--network=-x')).toMatchObject({ factor: -0.5, network: '-x' });
  });

  test('lists are divided by commas', () => {
    expect(read('--seeds', '3,4', '--sites', 'a,b,')).toMatchObject({ seeds: [3, 4], sites: ['a', 'b'] });
  });

  test('a flag is on, and off with no- before it', () => {
    expect(read('--save', '--no-open')).toMatchObject({ save: true, open: false });
  });

  test('the last of several counts', () => {
    expect(read('--rounds', '4', '--rounds', '5').rounds).toBe(5);
  });

  test('arguments without dashes are operands, wherever they stand', () => {
    expect(readArgs(OPTIONS, ['--save', 'here', '--rounds', '2'], ['DIR']).operands).toEqual(['here']);
  });

  test('with --help nothing else has to be there', () => {
    const needed = { data: { type: 'text', required: true } } as const;
    expect(readArgs(needed, ['--help'], ['DIR']).help).toBe(true);
  });
});

test.each([
  [['--speed', '3'], 'There is no option --speed.'],
  [['-r', '3'], 'There is no option -r.'],
  [['--no-network'], 'There is no option --no-network.'],
  [['--constructor'], 'There is no option --constructor.'],
  [['--rounds'], '--rounds needs a value.'],
  [['--network', '--save'], '--network needs a value.'],
  [['--save=yes'], '--save takes no value.'],
  [['--rounds', 'many'], '--rounds is a whole number from 1 on, not “many”.'],
  [['--rounds', '0'], '--rounds is a whole number from 1 on, not “0”.'],
  [['--rounds', '1.5'], '--rounds is a whole number from 1 on, not “1.5”.'],
  [['--factor='], '--factor is a number, not “”.'],
  [['--seeds', '1,x'], '--seeds is a whole number, not “x”.'],
  [['--peer', 'jax'], '--peer is one of pytorch, tfjs, not “jax”.'],
  [['here'], '“here” is one argument too many.'],
])('%j is refused in a sentence', (args, sentence) => {
  expect(() => read(...args)).toThrow(new UsageError(sentence));
});

test('what must be there is asked for', () => {
  const needed = { data: { type: 'text', required: true } } as const;
  expect(() => readArgs(needed, [])).toThrow(new UsageError('--data is missing.'));
  expect(() => readArgs({}, [], ['DIR'])).toThrow(new UsageError('DIR is missing.'));
});

test('the list has a line for each option, with its default and how a flag is written', () => {
  const lines = listOptions(OPTIONS).split('\n');
  expect(lines).toHaveLength(Object.keys(OPTIONS).length);
  expect(lines[0]).toMatch(/^ {2}--network TEXT +the network \(default: resnet18\)$/);
  expect(lines[1]).toBe('  --peer pytorch|tfjs');
  expect(lines.at(-1)).toMatch(/^ {2}--no-open +opens nothing$/);
});

describe('the scripts', () => {
  const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
  const commands = Object.entries(scripts)
    .filter(([, line]) => /^node (scripts|bench)\//.test(line))
    .map(([name, line]) => [name, line.split(' ').slice(1)] as const)
    .filter(([, [file]]) => /args\.js|cli\/index\.js/.test(readFileSync(file, 'utf8')));

  test('that people call take their options from the one parser', () => {
    expect(commands.map(([name]) => name)).toEqual(
      expect.arrayContaining(
        'start demo bench figures kill heap conformance malformed fuzz practice'.split(' '),
      ),
    );
    const own = ['scripts', 'bench'].flatMap((folder) =>
      readdirSync(folder, { recursive: true })
        .map((name) => join(folder, String(name)))
        .filter((path) => /\.[jt]s$/.test(path) && /\bparseArgs\b/.test(readFileSync(path, 'utf8'))),
    );
    expect(own).toEqual([join('scripts', 'args.js')]);
  });

  test.each(commands)('%s lists its options and does nothing', (_, args) => {
    expect(execFileSync(process.execPath, [...args, '--help']).toString()).toMatch(/--\w+/);
  });

  test.each(commands)('%s refuses an option that it does not know, in one sentence', (_, args) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [...args, '--nonsense'], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trim()).toMatch(
      /^(There is no (option|benchmark) \S+|Say what .*) .*--help` lists what there is\.$/,
    );
  });
});
