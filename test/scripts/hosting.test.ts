/** The rules for servers of others: each sends the same headers as our own. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metaPolicy, securityHeaders } from '../../scripts/headers.js';
import { hostHeaders, hostingText, RULE_FILES, ruleFiles } from '../../scripts/hosting.js';
import { filesBelow } from '../../scripts/server.js';
import { hosting } from '../../scripts/vite/hosting.js';
import { overKept, withIntegrity } from '../../scripts/vite/offline.js';

const text = (name: string) => ruleFiles().find((file) => file.name === name)!.text;
/** How each kind of rule writes a header. */
const READ: Record<string, RegExp> = {
  'nginx.conf': /^ *add_header (\S+) "([^"]*)" always;$/gm,
  '.htaccess': /^Header always set (\S+) "([^"]*)"$/gm,
  Caddyfile: /^\t\t(\S+) "([^"]*)"$/gm,
  'web.config': /<add name="([^"]*)" value="([^"]*)" \/>/g,
  'serve.json': /"key": "([^"]*)",\s+"value": "([^"]*)"/g,
};

test('there are rules for nginx, Apache, Caddy, IIS and npx serve', () => {
  expect(RULE_FILES).toEqual(Object.keys(READ));
});

test.each(RULE_FILES)('%s has every header of our own server, and asks for fresh files', (name) => {
  const headers = Object.fromEntries(
    [...text(name).matchAll(READ[name])].map(([, key, value]) => [key, value]),
  );
  expect(headers).toEqual({ ...securityHeaders(), 'Cache-Control': 'no-cache' });
});

test('the guide to them lists every header and every rule', () => {
  for (const [name, value] of hostHeaders()) expect(hostingText()).toContain(`${name}: ${value}`);
  for (const name of RULE_FILES) expect(hostingText()).toContain(name);
});

describe('a plain server of static files with the rules', () => {
  const root = mkdtempSync(join(tmpdir(), 'modality-lab-hosting-'));
  let url: string;
  let close: () => void;

  beforeAll(async () => {
    writeFileSync(join(root, 'index.html'), '<title>here</title>');
    const files = await filesBelow(root);
    const rules = JSON.parse(text('serve.json')).headers as { headers: { key: string; value: string }[] }[];
    const server = createServer((request, response) => {
      for (const { headers } of rules) for (const { key, value } of headers) response.setHeader(key, value);
      files(request, response, () => response.writeHead(404).end());
    });
    await new Promise<void>((done) => server.listen(0, 'localhost', done));
    url = `http://localhost:${(server.address() as { port: number }).port}/`;
    close = () => server.close();
  });
  afterAll(() => {
    close();
    rmSync(root, { recursive: true });
  });

  test.each(['', 'none-such'])('sends the same headers as ours with /%s', async (path) => {
    const { headers } = await fetch(url + path);
    for (const [name, value] of Object.entries(securityHeaders()))
      expect(headers.get(name), name).toBe(value);
  });
});

describe('the syntax of the rules', () => {
  /** What a program says of a file; null where it is not installed. */
  function checked(program: string, args: string[]): string | null {
    const { error, status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (error) {
      console.info(`${program} is not installed: its rules were not checked by it.`);
      return null;
    }
    return status === 0 ? '' : stderr;
  }
  /** Debian has them beside the program. */
  function modules(program: string): string {
    const place = (process.env.PATH ?? '').split(delimiter).find((one) => existsSync(join(one, program)));
    return resolve(place ?? '/usr/sbin', '../lib', program, 'modules');
  }
  const folder = mkdtempSync(join(tmpdir(), 'modality-lab-rules-'));
  for (const { name, text } of ruleFiles()) writeFileSync(join(folder, name), text);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is that of nginx, Caddy and Apache, where they are installed', () => {
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const nginx = write(
      'all.conf',
      `pid ${folder}/pid;\nerror_log ${folder}/log;\nevents {}\nhttp {\naccess_log off;\n${places
        .map((place) => `${place}_temp_path ${folder}/${place};`)
        .join('\n')}\ninclude ${folder}/nginx.conf;\n}\n`,
    );
    const needed = ['mpm_event', 'authz_core', 'mime', 'headers', 'filter', 'deflate'];
    const apache = write(
      'httpd.conf',
      `ServerName localhost\nListen 127.0.0.1:8099\nPidFile ${folder}/pid\nErrorLog ${folder}/log\n${needed
        .map((name) => `LoadModule ${name}_module ${modules('apache2')}/mod_${name}.so`)
        .join(
          '\n',
        )}\nTypesConfig /etc/mime.types\n<Directory ${folder}>\nInclude ${folder}/.htaccess\n</Directory>\n`,
    );
    const caddy = ['validate', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
    expect(checked('nginx', ['-t', '-c', nginx])).toBeOneOf([null, '']);
    expect(checked('caddy', caddy)).toBeOneOf([null, '']);
    expect(checked('apache2', ['-t', '-f', apache])).toBeOneOf([null, '']);
  });

  test('is that of XML and JSON for the others', () => {
    expect(() => JSON.parse(text('serve.json'))).not.toThrow();
    const open: string[] = [];
    for (const [, end, name, self] of text('web.config')
      .replace(/<[?!][^>]*>/g, '')
      .matchAll(/<(\/?)([\w.]+)[^>]*?(\/?)>/g)) {
      if (end) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
    }
    expect(open).toEqual([]);
  });
});

describe('the page of a build', () => {
  test('holds the policy itself, but for what a page can’t hold', () => {
    const meta = metaPolicy().split('; ');
    const header = securityHeaders()['Content-Security-Policy'].split('; ');
    expect(header.filter((directive) => !meta.includes(directive))).toEqual([
      "frame-ancestors 'none'",
      'sandbox allow-scripts allow-same-origin allow-downloads allow-modals',
    ]);
    const { transformIndexHtml } = hosting() as unknown as {
      transformIndexHtml(): { attrs: Record<string, string> }[];
    };
    expect(transformIndexHtml().map(({ attrs }) => attrs.content)).toEqual([metaPolicy(), 'no-referrer']);
  });
});

describe('the copy that a browser keeps', () => {
  const entries = [{ url: 'index.html', revision: '1', size: 3000 }];

  test('is checked by a hash of each file', () => {
    const [{ integrity }] = withIntegrity(entries, () => new TextEncoder().encode('abc'));
    // The hash of "abc" as FIPS 180-2 has it.
    expect(integrity).toBe('sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=');
  });

  test('has a budget', () => {
    expect(overKept(entries, 3)).toEqual([]);
    expect(overKept(entries, 2)).toEqual(['The browser would keep 3 kB, budget 2.']);
  });
});
