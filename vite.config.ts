/** Build of the app and its workers, and the test projects (Node and real Chromium). */
import { execFileSync } from 'node:child_process';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { BuildOptions } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumPath } from './scripts/chromium.js';
import { securityHeaders } from './scripts/headers.js';
import { BUDGETS, budget } from './scripts/vite/budget.js';
import { hosting } from './scripts/vite/hosting.js';
import { licences } from './scripts/vite/licences.js';
import { offline } from './scripts/vite/offline.js';
import { builtStarter } from './scripts/vite/starter.js';

/** SwiftShader gives GPU-less machines a WebGPU adapter: correct, far too slow to time. */
const softwareGpu = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** The commit a build was made from, shown in About and stored in reports. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return 'unknown';
  }
}

type OnLog = NonNullable<NonNullable<BuildOptions['rolldownOptions']>['onLog']>;

/** The codecs' glue names fs and path, which it asks for under Node alone: no news, and sixteen lines of it. */
const onLog: OnLog = (level, log, tell) => {
  if (!/externalized for browser compatibility, imported by ".*@cornerstonejs/.test(log.message))
    tell(level, log);
};
const chromium = chromiumPath();
const { app: appLicences, worker: workerLicences } = licences();

export default defineConfig({
  // Relative addresses: the build works below any path of a server.
  base: './',
  plugins: [react(), appLicences, hosting(), budget(), offline()],
  server: { headers: securityHeaders({ dev: true }) },
  preview: { headers: securityHeaders() },
  define: {
    __COMMIT__: JSON.stringify(commit()),
    __HEADERS__: JSON.stringify(securityHeaders()),
    __STARTER__: JSON.stringify(builtStarter()),
  },
  build: {
    target: 'es2023',
    sourcemap: false,
    rolldownOptions: { onLog, checks: { pluginTimings: false } },
    // The budget says what may be how large, and fails the build: Vite's own table and warning would say it twice.
    reportCompressedSize: false,
    chunkSizeWarningLimit: Math.max(...Object.values(BUDGETS).map(([kB]) => kB)),
  },
  worker: { format: 'es', plugins: () => [workerLicences], rolldownOptions: { onLog } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          environment: 'node',
          testTimeout: 60_000,
          // Vitest would leave a core alone, which halves a machine with two.
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        // Found only while tests run, they would be bundled a second time: two Reacts on one page.
        optimizeDeps: {
          include: [
            '@tanstack/react-virtual',
            '@tensorflow/tfjs',
            'axe-core',
            'react',
            'react-dom/client',
            'react/jsx-dev-runtime',
            'recharts',
            'zustand',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: softwareGpu, ...(chromium ? { executablePath: chromium } : {}) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
