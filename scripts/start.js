#!/usr/bin/env node
/** `npm start`: sets up, builds, serves the app and opens it. Options: --port N, --no-open. */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { build } from './setup.js';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4321' }, open: { type: 'boolean', default: true } },
  allowNegative: true,
});

build();
const { serve } = await import('./server.js');
const server = await serve(Number(values.port));
console.log(`\nModality Lab is at ${server.url}\nEverything stays on this machine. Ctrl+C stops it.`);
if (values.open && process.stdout.isTTY) open(server.url);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    void server.close().finally(() => process.exit(0));
  });
}

/** Opens an address in the person's browser; where there is none, the printed address serves. @param {string} url */
function open(url) {
  /** @type {Record<string, [string, string[]]>} */
  const openers = { darwin: ['open', [url]], win32: ['cmd', ['/c', 'start', '', url]] };
  const [command, args] = openers[process.platform] ?? ['xdg-open', [url]];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
