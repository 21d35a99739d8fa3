/** What README, docs and the pages say in numbers and names is what the code does: change one, and the other must follow. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { FLOORS } from '../../scripts/floors.js';
import { LIMITS } from '../../src/core/bytes/limits.ts';
import { MOST_NESTED } from '../../src/core/files/archive.ts';
import { FORMATS } from '../../src/core/formats/index.ts';
import { FORMAT_LIST } from '../../src/core/formats/meta.ts';
import { NETWORK_META } from '../../src/core/nn/meta.ts';
import { SLICE_SIDE } from '../../src/core/types.ts';
import { LIBRARIES } from '../../src/ui/settings/libraries.ts';
import { MODALITIES } from '../builders/modalities.ts';
import explained from '../golden/explain/explain.json' with { type: 'json' };

const read = (path: string) => readFileSync(path, 'utf8').replace(/\s+/g, ' ');
const README = read('README.md');
const LIMITS_PAGE = read('docs/limits.md');
const MIB = 2 ** 20;

describe('docs/limits.md', () => {
  test.each([
    ['files of more than 2 GB', LIMITS.fileBytes, 2 * 1024 * MIB],
    ['frames of more than 64 megapixels', LIMITS.pixels, 64 * MIB],
    ['64 megapixels or 128 MB', LIMITS.frameBytes, 128 * MIB],
    ['a file of more than 20,000 slices', LIMITS.frames, 20_000],
    ['a gzip stream of more than 448 MB', LIMITS.inflatedBytes, 448 * MIB],
    ['an archive of more than 250,000 files', LIMITS.archiveFiles, 250_000],
    ['archives three deep', MOST_NESTED + 1, 3],
    ['Four modalities', MODALITIES.length, 4],
  ])('%s', (sentence, limit, said) => {
    expect(LIMITS_PAGE).toContain(sentence);
    expect(limit).toBe(said);
  });

  test('JPEG 2000: 44 million samples, by the memory its decoder needs for one', () => {
    const [, bytes] = /SAMPLE_BYTES = ([\d.]+);/.exec(read('src/core/codecs/jpeg2000.ts'))!;
    expect(LIMITS_PAGE).toContain('(JPEG 2000: 44 million samples)');
    expect(Math.floor(LIMITS.codecBytes / Number(bytes) / 1e6)).toBe(44);
  });
});

test('README stays a page', () => {
  expect(readFileSync('README.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(90);
});

test('ARCHITECTURE lists the rooms of core, each below those it may import', () => {
  const [, table] = /## The rooms of core(.*?)## /s.exec(readFileSync('ARCHITECTURE.md', 'utf8'))!;
  const rooms = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, room]) => room);
  expect(rooms.toSorted()).toEqual(Object.keys(FLOORS).sort());
  for (const [room, { below }] of Object.entries(FLOORS))
    for (const other of below) expect(rooms.indexOf(other)).toBeLessThan(rooms.indexOf(room));
});

test('README names every network but the variant of one, and the Node it needs', () => {
  for (const { label } of Object.values(NETWORK_META)) expect(README).toContain(label.split(' ')[0]);
  expect(README).toContain(`Node ${packageJson.engines.node.replace('>=', '')} or newer`);
});

test('README names every format that is read, and so does the start page', () => {
  const start = read('src/ui/data/EmptyData.tsx');
  const added = read('src/app/added.ts');
  for (const { meta } of FORMATS) {
    expect(README).toContain(meta.label);
    expect(FORMAT_LIST).toContain(meta.label);
  }
  for (const page of [start, added]) expect(page).toContain('{FORMAT_LIST}');
});

test('every library that travels with the app stands in Settings', () => {
  const said = LIBRARIES.map(({ name }) => name.toLowerCase()).join();
  const words: Record<string, string> = {
    '@cornerstonejs/codec-charls': 'charls',
    '@cornerstonejs/codec-openjpeg': 'openjpeg',
    '@tanstack/react-virtual': 'tanstack virtual',
    '@tensorflow/tfjs': 'tensorflow.js',
    '@tensorflow/tfjs-backend-webgpu': 'tensorflow.js',
    'react-dom': 'react',
    'workbox-core': 'workbox',
    'workbox-precaching': 'workbox',
    'workbox-routing': 'workbox',
  };
  for (const name of Object.keys(packageJson.dependencies)) expect(said).toContain(words[name] ?? name);
});

test('the pages say the size that slices are stored in', () => {
  const size = `${SLICE_SIDE} × ${SLICE_SIDE} grey pixels`;
  for (const page of ['data/EmptyData', 'settings/PrivacyCard'])
    expect(read(`src/ui/${page}.tsx`)).toContain(size);
});

test('a ResNet at 64 pixels ends in 2×2 cells', () => {
  const ends = explained.filter(({ name, size }) => name.startsWith('resnet') && size === 64);
  expect(ends.length).toBeGreaterThan(0);
  for (const { shape } of ends) expect(shape.slice(1, 3)).toEqual([2, 2]);
});

test('the address of npm start is the one README says', () => {
  const [, port] = /port: \{ type: 'number', default: (\d+),/.exec(read('scripts/start.js'))!;
  expect(README).toContain(`http://localhost:${port} `);
});

test('npm test runs every part', () => {
  const script = read('scripts/test.js');
  for (const part of ["'check:types'", "'check:lint'", "['node', 'browser']", "'playwright', 'test'"])
    expect(script).toContain(part);
  expect(read('vite.config.ts')).toContain("instances: [{ browser: 'chromium' }]");
  expect(read('playwright.config.ts')).toContain("MODALITY_LAB_BROWSER ?? 'chromium'");
  expect(script).not.toContain('MODALITY_LAB_BROWSER');
});

test('npm run demo lists all its options', () => {
  const help = execFileSync(process.execPath, ['scripts/demo.js', '--help']).toString();
  // Others measure the app through these: options may be added, none may go.
  const names = 'data classify model network size epochs batch seed preset device out'.split(' ');
  for (const name of names) expect(help).toContain(`--${name} `);
});

const DOCS = [
  ...readdirSync('.'),
  ...['bench', 'docs', 'src', 'test', 'workers'].flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((path) => join(folder, String(path))),
  ),
].filter((path) => path.endsWith('.md'));

test.each(DOCS)('every path and command that %s names is there', (doc) => {
  const text = readFileSync(doc, 'utf8');
  const links = [...text.matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map(([, link]) => link);
  const code = [...text.matchAll(/`([^`\n]+)`/g)].map(([, one]) => one);
  const paths = code.filter((one) => /^[\w.-]+(\/[\w.{},-]+)+\/?$/.test(one) && !/^\.\.\//.test(one));
  const scripts = [...text.matchAll(/npm (?:run (?:--silent )?(\w[\w:-]*)|(start|test)\b)/g)].map(
    ([, run, short]) => run ?? short,
  );
  const near = ['', 'src', 'src/core', 'test', dirname(doc)];
  const isThere = (path: string) =>
    near.some((place) => [path, `${path}.ts`].some((one) => existsSync(join(place, one))));
  const missing = [
    ...links.filter((link) => !/^https?:/.test(link) && !existsSync(join(dirname(doc), link))),
    ...paths.flatMap(braces).filter((path) => !isThere(path)),
    ...scripts.filter((name) => !(name in packageJson.scripts)),
  ];
  expect(missing).toEqual([]);
});

/** `a/{b,c}` is `a/b` and `a/c`. */
function braces(path: string): string[] {
  const [, before, choices, after] = /^(.*?)\{(.*?)\}(.*)$/.exec(path) ?? [];
  return choices === undefined ? [path] : choices.split(',').map((one) => before + one + after);
}
