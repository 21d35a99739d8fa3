/**
 * The licences of what a build contains: a Vite plugin that collects the packages whose modules are in it, workers
 * included, and writes their full texts into THIRD-PARTY.txt. A package without a text fails the build.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEXTS = fileURLToPath(new URL('licences', import.meta.url));

/** The file of a build, linked from Settings. */
export const FILE = 'THIRD-PARTY.txt';

const EMSCRIPTEN = { name: 'Emscripten and musl', licence: 'MIT', text: 'emscripten.txt' };
/** Compiled code of others inside a package that does not ship their texts. */
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
/** Packages that name their licence without its text: who holds the copyright. */
const HOLDERS = /** @type {Record<string, string>} */ ({
  '@cornerstonejs/codec-openjpeg': 'Copyright (c) Chris Hafey and the Cornerstone contributors',
  seedrandom: 'Copyright 2019 David Bau',
});
/** In every kernel, though no module of it is: the compiler's library, and its Apache-2.0 text, which others lack. */
const COMPILER = 'assemblyscript';

/** @typedef {{ name: string, version: string, licence: string, text: string }} Entry */

/**
 * The packages that modules belong to.
 * @param {Iterable<string>} ids paths of modules, with what a bundler adds to them
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

/** What a package's licence says, with what it holds of others. @param {string} name @param {string} [root] @returns {Entry[]} */
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
  /** Names by text: many share one. @type {Map<string, string[]>} */
  const texts = new Map();
  for (const { name, version, licence, text } of entries) {
    const key = text.replaceAll('\r\n', '\n').trim();
    texts.set(key, [...(texts.get(key) ?? []), `${name} ${version} (${licence})`]);
  }
  const parts = [...texts].map(([text, names]) => `${line}\n${names.join('\n')}\n${line}\n\n${text}\n`);
  return [head, ...parts].join('\n');
}

/**
 * For the app, and for its workers, whose bundles are made by plugins of their own and go first.
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
        const names = new Set([...packagesOf(ids), COMPILER]);
        const source = document([...names].sort().flatMap((name) => licencesOf(name)));
        this.emitFile({ type: 'asset', fileName: FILE, source });
      },
    },
  };
}
