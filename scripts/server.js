/** The one HTTP server: it serves files only to this machine, each with the app's security headers. */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { securityHeaders } from './headers.js';
import { fail, ROOT } from './setup.js';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** @typedef {{ url: string, close(): Promise<void> }} Server */

/**
 * Serves the built app.
 * @param {number} port 0: any free port
 * @param {string} [folder] of the build
 * @returns {Promise<Server>}
 */
export async function serve(port, folder = 'dist') {
  const root = resolve(ROOT, folder);
  try {
    return await serveFiles((path) => fileBelow(root, path === '/' ? '/index.html' : path), port);
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
 * @param {(path: string) => string | { html: string } | null} find a decoded path's file, or the page itself
 * @param {number} [port] 0: any free port
 * @returns {Promise<Server>}
 */
export async function serveFiles(find, port = 0) {
  const server = createServer((request, response) => {
    const answer = answerTo(request.url ?? '/', request.headers['if-none-match'], find);
    const known = request.method === 'GET' || request.method === 'HEAD';
    response.writeHead(known ? answer.status : 405, { ...securityHeaders(), ...answer.headers });
    if (!known || request.method === 'HEAD' || answer.body === null) response.end();
    else if (typeof answer.body === 'string') response.end(answer.body);
    // An unreadable file breaks only its own response, not the server.
    else
      answer
        .body()
        .on('error', () => response.destroy())
        .pipe(response);
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

/** @typedef {{ status: number, headers: Record<string, string | number>, body: string | (() => import('node:fs').ReadStream) | null }} Answer */

/** @param {string} url @param {string | undefined} seen the version the browser has @param {Parameters<typeof serveFiles>[0]} find @returns {Answer} */
function answerTo(url, seen, find) {
  const path = pathOf(url);
  const found = path === null ? null : find(path);
  if (found !== null && typeof found === 'object')
    return { status: 200, headers: { 'Content-Type': TYPES['.html'] }, body: found.html };
  const stat = found === null ? undefined : statSync(found, { throwIfNoEntry: false });
  if (found === null || !stat?.isFile()) return { status: 404, headers: {}, body: null };
  const version = `W/"${stat.size.toString(16)}-${Math.floor(stat.mtimeMs).toString(16)}"`;
  const headers = {
    'Content-Type': TYPES[extname(found)] ?? 'application/octet-stream',
    // The browser requests it again each time, so a new build never mixes with the previous one.
    'Cache-Control': 'no-cache',
    ETag: version,
  };
  if (seen === version) return { status: 304, headers, body: null };
  // No length: a file that changes during reading cannot break the next response.
  return { status: 200, headers, body: () => createReadStream(found) };
}

/** The decoded path of an address; null if it is invalid. @param {string} url */
function pathOf(url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

/** The file of a path, or null if the path leads out of the folder. @param {string} folder @param {string} path */
export function fileBelow(folder, path) {
  const file = join(folder, path);
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? file : null;
}
