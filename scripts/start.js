#!/usr/bin/env node
/** `npm start`: sets up, builds, serves the app and opens it. */
import { spawn } from 'node:child_process';
import { commandLine } from './args.js';
import { build } from './setup.js';

const { values } = commandLine({
  usage: 'npm start',
  about: 'builds the app, serves it to this machine and opens it',
  options: {
    port: {
      type: 'number',
      default: 4321,
      whole: true,
      least: 0,
      about: 'of the address; 0: any that is free',
    },
    open: { type: 'flag', default: true, about: 'opens no browser' },
  },
});

build();
const { serve } = await import('./server.js');
const server = await serve(values.port);
console.log(`\nModality Lab is at ${server.url}\nEverything stays on this machine. Ctrl+C stops it.`);
if (values.open && process.stdout.isTTY) open(server.url);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    void server.close().finally(() => process.exit(0));
  });
}

/** Opens an address in the user's browser; without a browser, the user has the printed address. @param {string} url */
function open(url) {
  /** @type {Record<string, [string, string[]]>} */
  const openers = { darwin: ['open', [url]], win32: ['cmd', ['/c', 'start', '', url]] };
  const [command, args] = openers[process.platform] ?? ['xdg-open', [url]];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
