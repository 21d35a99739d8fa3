/** The service worker of a build: a Vite plugin that bundles workers/offline.ts with the list of all files and hashes. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULE_FILES } from '../hosting.js';

/** In kB (1000 bytes): all files that a browser keeps, as they lie. About a tenth above the size at the last review. */
export const KEPT_KB = 9800;

/** @typedef {{ url: string, revision: string | null, size: number }} Entry */

/**
 * The list with the hash of each file, which the browser compares when it installs the copy.
 * @param {readonly Entry[]} entries @param {(url: string) => Uint8Array} read
 */
export function withIntegrity(entries, read) {
  return entries.map((entry) => ({
    ...entry,
    integrity: `sha256-${createHash('sha256').update(read(entry.url)).digest('base64')}`,
  }));
}

/** A sentence for what is wrong with the list; empty if nothing is. @param {readonly Entry[]} entries @returns {string[]} */
export function overKept(entries, most = KEPT_KB) {
  const kB = entries.reduce((sum, { size }) => sum + size, 0) / 1000;
  return kB > most ? [`The browser would keep ${kB.toFixed(0)} kB, budget ${most}.`] : [];
}

/** @returns {Promise<import('vite').Plugin[]>} */
export async function offline() {
  // Large, and of no use to tests and to the server for development: `vite build` alone loads it.
  if (!process.argv.includes('build')) return [];
  const { VitePWA } = await import('vite-plugin-pwa');
  let folder = 'dist';
  const place = {
    name: 'offline',
    configResolved: (/** @type {import('vite').ResolvedConfig} */ { build }) => {
      folder = build.outDir;
    },
  };
  const worker = VitePWA({
    strategies: 'injectManifest',
    srcDir: 'workers',
    filename: 'offline.ts',
    // The page registers it itself, once it is at rest, and has a manifest of its own.
    injectRegister: false,
    manifest: false,
    integration: {
      // Its build of its own would tell its progress whatever the caller asked for.
      configureCustomSWViteBuild: (build) => {
        build.logLevel = 'warn';
      },
    },
    injectManifest: {
      rollupFormat: 'iife',
      globPatterns: ['**/*'],
      // The server's own files: some servers send them to nobody.
      globIgnores: [...RULE_FILES, 'offline.js'],
      // Names with a hash in them; the others are asked for anew.
      dontCacheBustURLsMatching: /^assets\//,
      // The budget says what is too much; a file left out without a word would be missed offline.
      maximumFileSizeToCacheInBytes: 1e9,
      manifestTransforms: [
        (entries) => {
          const over = overKept(entries);
          if (over.length > 0) throw new Error(`${over.join('\n')} It is in scripts/vite/offline.js.`);
          return { manifest: withIntegrity(entries, (url) => readFileSync(join(folder, url))) };
        },
      ],
    },
  });
  return [place, ...worker];
}
