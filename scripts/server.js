/** The one HTTP server: the built app and the pages of the benchmarks, for this machine alone. */
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { securityHeaders } from './headers.js';
import { fail, ROOT } from './setup.js';

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, next: () => void) => void} Handler */
/** @typedef {{ url: string, close(): Promise<void> }} Server */

/**
 * Serves the built app.
 * @param {number} port 0: any that is free
 * @param {string} [folder] of the build; dist/ if not said
 * @returns {Promise<Server>}
 */
export async function serve(port, folder = 'dist') {
  try {
    return await listen([await filesBelow(resolve(ROOT, folder))], port);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      fail(
        `Port ${port} is in use: stop the program that uses it, or choose another with --port ${port + 1}.`,
      );
    }
    throw error;
  }
}

/**
 * Serves what the first handler that knows a path answers; every answer has the app's security headers.
 * @param {readonly Handler[]} handlers
 * @returns {Promise<Server>}
 */
export async function listen(handlers, port = 0) {
  const headers = Object.entries(securityHeaders());
  const server = createServer((request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    /** @param {number} at */
    const ask = (at) => {
      if (at < handlers.length) handlers[at](request, response, () => ask(at + 1));
      else response.writeHead(404).end();
    };
    if (request.method === 'GET' || request.method === 'HEAD') ask(0);
    else response.writeHead(405).end();
  });
  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen({ port, host: 'localhost' }, () => done(null));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://localhost:${address.port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * The files below a folder, as they are when asked for: a new build never mixes with the one before.
 * @param {string} folder
 * @returns {Promise<Handler>}
 */
export async function filesBelow(folder) {
  // Loaded when needed: a fresh clone has no dependencies yet.
  const { default: sirv } = await import('sirv');
  return sirv(folder, {
    dev: true,
    etag: true,
    // Only plain text needs its encoding: modules are UTF-8, a page says so, a style has its page's.
    setHeaders: (response, path) => {
      if (path.endsWith('.txt')) response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    },
  });
}
