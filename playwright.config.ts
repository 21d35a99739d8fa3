/** End-to-end tests: the built app, served with its real headers, in a real Chromium, or in another browser if asked. */
import { defineConfig } from '@playwright/test';
import { chromiumPath } from './scripts/chromium.js';

const port = Number(process.env.MODALITY_LAB_TEST_PORT ?? 4399);
/** MODALITY_LAB_BROWSER, of the workflow of a public host: chromium, firefox or webkit, of Playwright's own. */
const browserName = (process.env.MODALITY_LAB_BROWSER ?? 'chromium') as 'chromium' | 'firefox' | 'webkit';
const executablePath = chromiumPath();
const chromium = { args: ['--no-sandbox'], ...(executablePath ? { executablePath } : {}) };

export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/setup.ts',
  timeout: 300_000,
  // One at a time: training uses every core.
  workers: 1,
  fullyParallel: false,
  outputDir: 'test-results',
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1366, height: 768 },
    browserName,
    // Each page would make a copy of the whole app, and be answered by it from some moment on: tests that need it ask for it.
    serviceWorkers: 'block',
    launchOptions: browserName === 'chromium' ? chromium : {},
  },
  webServer: {
    command: `node scripts/start.js --port ${port} --no-open`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 600_000,
  },
});
