/** Finds or installs a Chromium for tests, benchmarks and the headless demo. */
import { existsSync } from 'node:fs';
import { askYes, isAnswered } from './ask.js';
import { chromiumPath } from './chromium.js';
import { fail, run } from './setup.js';

/** @typedef {{ tool: string, steps: string[][] }} Installer */

/** Another installation may be in progress, for example on a machine that has just started: wait for it. */
const APT = ['-o', 'DPkg::Lock::Timeout=300'];

/** Package managers that have a Chromium, in order of preference, each with its commands. @type {Installer[]} */
const INSTALLERS = [
  {
    tool: '/usr/bin/apt-get',
    steps: [
      ['apt-get', ...APT, 'update', '-qq'],
      ['apt-get', ...APT, 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    ],
  },
  { tool: '/usr/bin/dnf', steps: [['dnf', 'install', '-y', '-q', 'chromium']] },
  { tool: '/sbin/apk', steps: [['apk', 'add', '--quiet', 'chromium']] },
];

/**
 * Path of a Chromium. Without one, root (a container, as in CI) installs the system's, after a question if a user can
 * answer; other users get Playwright's own, in the home folder: the script never requests more rights, but prints the
 * command that needs them.
 * @param {{ yes?: boolean }} [options] yes: asks no question
 * @returns {Promise<string>}
 */
export async function requireChromium({ yes = false } = {}) {
  const found = chromiumPath() ?? (await playwrightPath());
  if (found) return found;
  const installer = INSTALLERS.find(({ tool }) => existsSync(tool));
  if (installer) {
    await installSystem(installer, {
      isRoot: process.getuid?.() === 0,
      ask: yes || !isAnswered() ? null : askYes,
      start: (command, args) => run(command, args, 2),
      tell: console.error,
    });
    const installed = chromiumPath();
    if (installed) return installed;
  }
  console.error('Downloading Playwright’s own Chromium, for this user …');
  run('npx', ['playwright', 'install', 'chromium'], 2);
  return (
    (await playwrightPath()) ??
    fail(
      'There is no Chromium: install one (apt install chromium, or Chrome), or set CHROMIUM_PATH to its executable.',
    )
  );
}

/**
 * Installs the system's Chromium if that needs no more rights and the user does not refuse; else prints the command.
 * @param {Installer} installer
 * @param {{ isRoot: boolean, ask: ((question: string) => Promise<boolean>) | null,
 *   start(command: string, args: string[]): void, tell(text: string): void }} means `ask` null: no user can answer
 */
export async function installSystem({ steps }, { isRoot, ask, start, tell }) {
  const commands = steps.map((step) => (isRoot ? step : ['sudo', ...step]).join(' ')).join(' && ');
  tell(`There is no Chromium. The system's is installed by:\n  ${commands}`);
  if (!isRoot || (ask && !(await ask('Install it now?')))) return;
  tell('Installing a Chromium …');
  for (const [command, ...args] of steps) start(command, args);
}

/** Playwright's own Chromium, if it was downloaded. */
async function playwrightPath() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}
