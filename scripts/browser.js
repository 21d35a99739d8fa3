/** Makes sure there is a Chromium for tests and the headless demo. */
import { existsSync } from 'node:fs';
import { chromiumPath } from './chromium.js';
import { fail, run } from './setup.js';

/** Another installation may be under way, as on a machine that has just started: wait for it. */
const APT = ['-o', 'DPkg::Lock::Timeout=300'];

/** Package managers that have a Chromium, in order of preference, each with its commands. */
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
 * Path of a Chromium. Where there is none, root (a container, as in CI) installs the system's; anybody else gets
 * Playwright's own, in the home folder: nothing asks for more rights, the command that needs them is printed.
 * @returns {Promise<string>}
 */
export async function requireChromium() {
  const found = chromiumPath() ?? (await playwrightPath());
  if (found) return found;
  const installer = INSTALLERS.find(({ tool }) => existsSync(tool));
  if (installer && process.getuid?.() === 0) {
    console.error('Installing a Chromium …');
    for (const [command, ...args] of installer.steps) run(command, args, 2);
    const installed = chromiumPath();
    if (installed) return installed;
  } else if (installer) {
    const commands = installer.steps.map((step) => `sudo ${step.join(' ')}`).join(' && ');
    console.error(`There is no Chromium. The system's is installed by:\n  ${commands}`);
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

/** Playwright's own Chromium, if it was downloaded. */
async function playwrightPath() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}
