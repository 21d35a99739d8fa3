/** A Chromium that a test can kill as a power cut or a crash would, with a profile that outlives it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumPath } from '../../scripts/chromium.js';

export type Killable = {
  page: Page;
  /** SIGKILL to the whole process group; resolves when it is gone. */
  kill(): Promise<void>;
  close(): Promise<void>;
};

/** A Chromium that is killed while it makes its profile hangs at its next start: a new profile is made and left first. */
export async function launchKillable(profile: string): Promise<Killable> {
  if (!existsSync(join(profile, 'Local State'))) await (await launch(profile)).close();
  return launch(profile);
}

/** How long a start may take, and how often one that hangs is killed and made again, as a person would. */
const START_MS = 25_000;
const MOST_STARTS = 3;

async function launch(profile: string, start = 1): Promise<Killable> {
  const child = spawn(
    chromiumPath() ?? chromium.executablePath(),
    [
      '--headless',
      '--no-sandbox',
      '--no-first-run',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const kill = async () => {
    process.kill(-child.pid!, 'SIGKILL');
    await gone;
  };
  let browser: Browser;
  try {
    browser = await chromium.connectOverCDP(await endpoint(child), { timeout: START_MS });
  } catch (error) {
    if (child.exitCode === null && child.signalCode === null) await kill();
    if (start === MOST_STARTS) throw error;
    return launch(profile, start + 1);
  }
  const [context] = browser.contexts();
  const page = context.pages()[0] ?? (await context.newPage());
  return { page, kill, close: () => closeGently(browser, gone) };
}

async function closeGently(browser: Browser, gone: Promise<void>): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.close').catch(() => {});
  await gone;
}

/** Chromium says where to connect on its standard error. */
function endpoint(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error('Chromium ended before it could be spoken to.')));
  });
}
