/** Ways out of the page: none reaches a place that listens; from a page without the app's policy, each does. */
import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { expect, type Page, test } from '@playwright/test';
import { LEAVING, PACKETS, QUIET } from '../harness/waysOut.ts';

const WAYS = { ...QUIET, ...LEAVING, ...PACKETS };
const NAMES = Object.keys(WAYS);
/** So long a way has to arrive: far more than one takes on a machine of its own. */
const WAIT_MS = 3000;

let sink: Awaited<ReturnType<typeof listen>>;
test.beforeEach(async () => {
  sink = await listen();
});
test.afterEach(() => sink.close());

const portOf = (server: { address(): unknown }) => (server.address() as { port: number }).port;

function opened(server: Server): Promise<number> {
  return new Promise((done) => server.listen(0, 'localhost', () => done(portOf(server))));
}

/** A place of this machine outside the app's origin. It answers nothing, so that a page stays where it is. */
async function listen() {
  const heard = new Set<string>();
  const note = (url = '') => heard.add(NAMES[Number(/\/way-(\d+)/.exec(url)?.[1])] ?? url);
  const server = createServer((request, response) => {
    note(request.url);
    response.writeHead(204).end();
  });
  server.on('upgrade', (request, socket) => {
    note(request.url);
    socket.destroy();
  });
  const port = await opened(server);
  const address =
    Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
  const sockets = await Promise.all(
    Object.keys(PACKETS).map(async (name) => {
      const socket = createSocket('udp4', () => heard.add(name));
      await new Promise<void>((done) => socket.bind(0, address, done));
      return { name, socket };
    }),
  );
  return {
    heard,
    to: (name: string) => `http://localhost:${port}/way-${NAMES.indexOf(name)}`,
    host: (name: string) => {
      const found = sockets.find((one) => one.name === name);
      return `${address}:${found ? portOf(found.socket) : port}`;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
      for (const { socket } of sockets) socket.close();
    },
  };
}

/** Tries every way from a page at `url`, those that could take it along from a page of their own. */
async function tried(page: Page, url: string): Promise<string[]> {
  const go = async (name: string) => {
    const call = `(${WAYS[name]})(${JSON.stringify(sink.to(name))}, ${JSON.stringify(sink.host(name))})`;
    // A refusal by an exception is one as well; what goes on is not waited for.
    await page.evaluate(`try { Promise.resolve(${call}).catch(() => {}) } catch {} 0`).catch(() => undefined);
  };
  const fresh = () => page.goto(url, { waitUntil: 'load' });
  await fresh();
  for (const name of [...Object.keys(QUIET), ...Object.keys(PACKETS)]) await go(name);
  await page.waitForTimeout(WAIT_MS);
  for (const name of Object.keys(LEAVING)) {
    await fresh();
    await go(name);
    await page.waitForTimeout(WAIT_MS / 3);
  }
  return NAMES.filter((name) => sink.heard.has(name));
}

test('none of them leaves the app', async ({ page, baseURL }) => {
  expect(await tried(page, baseURL!)).toEqual([]);
});

test('each of them leaves a page without the headers', async ({ page }) => {
  const bare = createServer((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><body>bare'),
  );
  const port = await opened(bare);
  expect(await tried(page, `http://localhost:${port}/`)).toEqual(NAMES);
  bare.close();
});
