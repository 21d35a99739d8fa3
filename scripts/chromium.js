/** Finds a Chromium: CHROMIUM_PATH, the system's, or Playwright's own. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Path of a Chromium on this machine, or null if only Playwright's own (if downloaded) is left.
 * @returns {string | null}
 */
export function chromiumPath() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) return asked;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
  }
  return FIXED.find((path) => existsSync(path)) ?? null;
}
