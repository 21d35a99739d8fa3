/** The one HTTP server. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { securityHeaders } from '../../scripts/headers.js';
import { listen, serve } from '../../scripts/server.js';

// A name with what an address has to encode.
const top = mkdtempSync(join(tmpdir(), 'modality lab ä-'));
const root = join(top, 'dist');
let server: { url: string; close(): Promise<void> };

beforeAll(async () => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<title>here</title>');
  writeFileSync(join(root, 'assets', 'a b.js'), 'export {};');
  writeFileSync(join(root, 'THIRD-PARTY.txt'), 'MIT');
  writeFileSync(join(top, 'secret.txt'), 'no');
  server = await serve(0, root);
});

afterAll(async () => {
  await server.close();
  rmSync(top, { recursive: true });
});

/** An address as it stands, which fetch would tidy. */
function status(path: string, method = 'GET'): Promise<number | undefined> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test.each([
  ['', 'text/html;charset=utf-8', '<title>here</title>'],
  ['assets/a%20b.js', 'text/javascript', 'export {};'],
  ['THIRD-PARTY.txt', 'text/plain; charset=utf-8', 'MIT'],
])('/%s is served as %s with every security header', async (path, type, text) => {
  const response = await fetch(server.url + path);
  expect(response.headers.get('content-type')).toBe(type);
  expect(await response.text()).toBe(text);
  for (const [name, value] of Object.entries(securityHeaders()))
    expect(response.headers.get(name)).toBe(value);
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
])('nothing outside of the folder is served for %s', async (path) => {
  expect(await status(path)).toBe(404);
});

test.each(['/assets', '/none.js', '/%', '/%00'])('there is nothing at %s', async (path) => {
  expect(await status(path)).toBe(404);
});

test('what is not there has the security headers too', async () => {
  const response = await fetch(`${server.url}none`);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('nothing but reading is answered', async () => {
  expect(await status('/', 'POST')).toBe(405);
  expect(await status('/', 'HEAD')).toBe(200);
});

test('a file that the browser has is not sent again, until it changes', async () => {
  const url = `${server.url}THIRD-PARTY.txt`;
  const first = await fetch(url);
  expect(await first.text()).toBe('MIT');
  const etag = first.headers.get('etag')!;
  const again = () => fetch(url, { headers: { 'If-None-Match': etag } });
  expect((await again()).status).toBe(304);
  // Another file under its name: the server may still look for more of the old one.
  writeFileSync(join(root, 'new'), 'MIT, BSD');
  renameSync(join(root, 'new'), join(root, 'THIRD-PARTY.txt'));
  expect(await (await again()).text()).toBe('MIT, BSD');
});

test('the first handler that knows a path answers, with every security header', async () => {
  const pages = await listen([
    ({ url }, response, next) => (url === '/' ? response.end('page') : next()),
    (_, response) => response.end('other'),
  ]);
  const page = await fetch(pages.url);
  expect(await page.text()).toBe('page');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await (await fetch(`${pages.url}file/1`)).text()).toBe('other');
  await pages.close();
});

test('once closed nothing is answered, and the port is free', async () => {
  const first = await serve(0, root);
  await fetch(first.url);
  await first.close();
  await expect(fetch(first.url)).rejects.toThrow('fetch failed');
  const second = await serve(Number(new URL(first.url).port), root);
  expect((await fetch(second.url)).status).toBe(200);
  await second.close();
});
