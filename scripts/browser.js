/** Makes sure there is a Chromium for tests and the headless demo. */
import { existsSync } from 'node:fs';
import { chromiumPath } from './chromium.js';
import { fail, run } from './setup.js';

/** Package managers that have a Chromium, in order of preference, each with its commands. */
const INSTALLERS = [
  {
    tool: '/usr/bin/apt-get',
    steps: [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    ],
  },
  { tool: '/usr/bin/dnf', steps: [['dnf', 'install', '-y', '-q', 'chromium']] },
  { tool: '/sbin/apk', steps: [['apk', 'add', '--quiet', 'chromium']] },
];

/**
 * Path of a Chromium; installs one through the system's packages, else Playwright's own.
 * @returns {Promise<string>}
 */
export async function requireChromium() {
  const found = chromiumPath() ?? (await playwrightPath());
  if (found) return found;
  console.log('Installing a Chromium …');
  const isRoot = process.getuid?.() === 0;
  const installer = INSTALLERS.find(({ tool }) => existsSync(tool));
  if (isRoot && installer) for (const [command, ...args] of installer.steps) run(command, args);
  const installed = chromiumPath();
  if (installed) return installed;
  run('npx', ['playwright', 'install', 'chromium']);
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
