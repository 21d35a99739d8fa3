/** System packages are installed only after a question, where there is somebody to ask. */
import { describe, expect, test } from 'vitest';
import { isAnswered, isYes } from '../../scripts/ask.js';
import { installSystem } from '../../scripts/browser.js';

const INSTALLER = {
  tool: '/usr/bin/tool',
  steps: [
    ['tool', 'update'],
    ['tool', 'install', 'chromium'],
  ],
};

/** What was started, said and asked. */
async function install(isRoot: boolean, answer: boolean | null) {
  const [started, said, asked]: string[][] = [[], [], []];
  await installSystem(INSTALLER, {
    isRoot,
    ask:
      answer === null
        ? null
        : async (question) => {
            // The command stands there before the question does.
            expect(said.join()).toContain('tool update && tool install chromium');
            expect(started).toEqual([]);
            asked.push(question);
            return answer;
          },
    start: (command, args) => started.push([command, ...args].join(' ')),
    tell: (text) => said.push(text),
  });
  return { started, said: said.join('\n'), asked };
}

const ALL = ['tool update', 'tool install chromium'];

test('root is asked, with the command before the question, and installs after yes', async () => {
  const { started, asked } = await install(true, true);
  expect(started).toEqual(ALL);
  expect(asked).toEqual(['Install it now?']);
});

test('after no nothing is started', async () => {
  expect((await install(true, false)).started).toEqual([]);
});

test('with nobody to ask root installs and says the command', async () => {
  const { started, said } = await install(true, null);
  expect(started).toEqual(ALL);
  expect(said).toContain('tool install chromium');
});

test.each([true, null])(
  'anybody else is told the command for more rights, which is not run (answer %s)',
  async (answer) => {
    const { started, said, asked } = await install(false, answer);
    expect({ started, asked }).toEqual({ started: [], asked: [] });
    expect(said).toContain('sudo tool update && sudo tool install chromium');
  },
);

describe('there is somebody to ask', () => {
  const terminal = { isTTY: true };
  test.each([
    ['at a terminal', {}, terminal, terminal, true],
    ['under CI', { CI: '1' }, terminal, terminal, false],
    ['with input from elsewhere', {}, {}, terminal, false],
    ['with output to elsewhere', {}, terminal, {}, false],
  ])('%s', (_, env, input, output, expected) => {
    expect(isAnswered({ env, input, output })).toBe(expected);
  });

  test.each([
    ['', true],
    ['y', true],
    ['Yes', true],
    ['n', false],
    [' No', false],
  ])('whose “%s” is %s', (answer, expected) => {
    expect(isYes(answer)).toBe(expected);
  });
});
