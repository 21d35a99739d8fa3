/** Build of the app and its workers, and the test projects (Node and real Chromium). */
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumPath } from './scripts/chromium.js';
import { securityHeaders } from './scripts/headers.js';

/** SwiftShader gives GPU-less machines a WebGPU adapter: correct, far too slow to time. */
const softwareGpu = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

export default defineConfig({
  plugins: [react()],
  server: { headers: securityHeaders({ dev: true }) },
  build: { target: 'es2023', chunkSizeWarningLimit: 2500, sourcemap: false },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/core/**/*.test.ts', 'test/app/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromiumPath() ?? undefined, args: softwareGpu },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
