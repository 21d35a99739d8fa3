/** Serves the built app on localhost with its security headers. */
import { fail, ROOT } from './setup.js';

/**
 * @param {number} port
 * @param {string} [folder] of the build; dist/ if not said
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serve(port, folder = 'dist') {
  const { preview } = await import('vite');
  try {
    const server = await preview({
      root: ROOT,
      logLevel: 'error',
      build: { outDir: folder },
      preview: { port, strictPort: port !== 0, host: 'localhost' },
    });
    const address = server.httpServer.address();
    const actual = typeof address === 'object' && address ? address.port : port;
    return { url: `http://localhost:${actual}/`, close: () => server.close() };
  } catch (error) {
    if (error instanceof Error && /already in use|EADDRINUSE/.test(error.message)) {
      fail(
        `Port ${port} is in use: stop the program that uses it, or choose another with --port ${port + 1}.`,
      );
    }
    throw error;
  }
}
