/** Makes sure there is a Chromium for tests and the headless demo. */
import { spawnSync } from 'node:child_process';
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
 * Path of a Chromium; installs one through the system's packages, else Playwright's own.
 * @returns {Promise<string>}
 */
export async function requireChromium() {
  const found = chromiumPath() ?? (await playwrightPath());
  if (found) return found;
  console.error('Installing a Chromium …');
  const installer = INSTALLERS.find(({ tool }) => existsSync(tool));
  const as = privilege();
  if (as && installer) {
    for (const step of installer.steps) {
      const [command, ...args] = [...as, ...step];
      run(command, args, 2);
    }
  }
  const installed = chromiumPath();
  if (installed) return installed;
  run('npx', ['playwright', 'install', 'chromium'], 2);
  return (
    (await playwrightPath()) ??
    fail(
      'There is no Chromium: install one (apt install chromium, or Chrome), or set CHROMIUM_PATH to its executable.',
    )
  );
}

/** What to put before a command that installs: nothing for root, sudo where it asks no password, else null. */
function privilege() {
  if (process.getuid?.() === 0) return [];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return sudo.status === 0 ? ['sudo', '-n'] : null;
}

/** Playwright's own Chromium, if it was downloaded. */
async function playwrightPath() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}
