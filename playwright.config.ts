/** End-to-end tests: the built app, served with its real headers, in a real Chromium. */
import { defineConfig } from '@playwright/test';
import { chromiumPath } from './scripts/chromium.js';

const port = Number(process.env.MODALITY_LAB_TEST_PORT ?? 4399);
const executablePath = chromiumPath();

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
    launchOptions: { args: ['--no-sandbox'], ...(executablePath ? { executablePath } : {}) },
  },
  webServer: {
    command: `node scripts/start.js --port ${port} --no-open`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 180_000,
  },
});
