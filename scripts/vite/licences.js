/**
 * The licences of a build's contents: a Vite plugin that collects the packages of its modules, workers included, and
 * writes their full licence texts into THIRD-PARTY.txt. A package without a text fails the build.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEXTS = fileURLToPath(new URL('licences', import.meta.url));

/** The file in a build; the Settings page links to it. */
export const FILE = 'THIRD-PARTY.txt';

const EMSCRIPTEN = { name: 'Emscripten and musl', licence: 'MIT', text: 'emscripten.txt' };
/** Third-party compiled code inside a package that does not ship its licence texts. */
const INSIDE = /** @type {Record<string, { name: string, licence: string, text: string }[]>} */ ({
  '@cornerstonejs/codec-charls': [
    { name: 'CharLS', licence: 'BSD-3-Clause', text: 'charls.txt' },
    EMSCRIPTEN,
  ],
  '@cornerstonejs/codec-openjpeg': [
    { name: 'OpenJPEG', licence: 'BSD-2-Clause', text: 'openjpeg.txt' },
    EMSCRIPTEN,
  ],
});
/** Copyright holders of packages that name their licence without its text. */
const HOLDERS = /** @type {Record<string, string>} */ ({
  '@cornerstonejs/codec-openjpeg': 'Copyright (c) Chris Hafey and the Cornerstone contributors',
  seedrandom: 'Copyright 2019 David Bau',
});
/** Every kernel contains the compiler's library, though no module of it; others lack its Apache-2.0 text. */
const COMPILER = 'assemblyscript';
/** The packages of the service worker, which is bundled after all else. */
const OFFLINE = ['workbox-core', 'workbox-precaching', 'workbox-routing', 'workbox-strategies'];

/** @typedef {{ name: string, version: string, licence: string, text: string }} Entry */

/**
 * The packages of modules.
 * @param {Iterable<string>} ids paths of modules, with a bundler's additions
 * @returns {string[]} names, sorted
 */
export function packagesOf(ids) {
  const names = [...ids].flatMap((id) => {
    const inside = id.replaceAll('\\', '/').split('/node_modules/').at(-1);
    if (inside === undefined || !id.includes('node_modules')) return [];
    const [first, second] = inside.split('/');
    return [first.startsWith('@') ? `${first}/${second}` : first];
  });
  return [...new Set(names)].sort();
}

/**
 * A package's licence, with the licences of third-party code inside it.
 * @param {string} name @param {string} [root] @returns {Entry[]}
 */
export function licencesOf(name, root = ROOT) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  const own = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const text = own || standardText(name, license, root);
  const inside = (INSIDE[name] ?? []).map((part) => ({
    ...part,
    version: `in ${name} ${version}`,
    text: readFileSync(join(TEXTS, part.text), 'utf8'),
  }));
  return [{ name, version, licence: license, text }, ...inside];
}

/** @param {string} name @param {string} licence @param {string} root */
function standardText(name, licence, root) {
  const apache = () => readFileSync(join(root, 'node_modules', COMPILER, 'LICENSE'), 'utf8');
  if (name.startsWith('@tensorflow/')) return `Copyright Google LLC. All rights reserved.\n\n${apache()}`;
  if (licence === 'MIT' && HOLDERS[name])
    return `MIT License\n\n${HOLDERS[name]}\n\n${readFileSync(join(TEXTS, 'mit.txt'), 'utf8')}`;
  throw new Error(`There is no licence text of ${name} (${licence}): add it to scripts/vite/licences.js.`);
}

/** @param {readonly Entry[]} entries */
export function document(entries) {
  const line = '='.repeat(80);
  const head = `Modality Lab contains the following software of others.\n\n${entries
    .map(({ name, version, licence }) => `${name} ${version}: ${licence}`)
    .join('\n')}\n`;
  /** Names by text: many packages share one text. @type {Map<string, string[]>} */
  const texts = new Map();
  for (const { name, version, licence, text } of entries) {
    const key = text.replaceAll('\r\n', '\n').trim();
    texts.set(key, [...(texts.get(key) ?? []), `${name} ${version} (${licence})`]);
  }
  const parts = [...texts].map(([text, names]) => `${line}\n${names.join('\n')}\n${line}\n\n${text}\n`);
  return [head, ...parts].join('\n');
}

/**
 * Plugins for the app and for its workers: Vite builds the workers' bundles with their own plugins, and before the app.
 * @returns {{ app: import('vite').Plugin, worker: import('vite').Plugin }}
 */
export function licences() {
  /** @type {Set<string>} */
  const ids = new Set();
  const collect = (/** @type {Record<string, object>} */ bundle) => {
    for (const output of Object.values(bundle))
      if ('moduleIds' in output) for (const id of /** @type {string[]} */ (output.moduleIds)) ids.add(id);
  };
  return {
    worker: { name: 'licences of workers', generateBundle: (_, bundle) => collect(bundle) },
    app: {
      name: 'licences',
      apply: 'build',
      generateBundle(_, bundle) {
        collect(bundle);
        const names = new Set([...packagesOf(ids), COMPILER, ...OFFLINE]);
        const source = document([...names].sort().flatMap((name) => licencesOf(name)));
        this.emitFile({ type: 'asset', fileName: FILE, source });
      },
    },
  };
}
