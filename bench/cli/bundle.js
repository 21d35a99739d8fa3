/** Bundles the benchmarks' TypeScript: neither Node 20 nor a browser runs TypeScript. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../scripts/setup.js';

const COMMON = /** @type {const} */ ({
  bundle: true,
  absWorkingDir: ROOT,
  logLevel: 'error',
  format: 'esm',
});

/** @param {string} outdir @param {Record<string, string>} entryPoints */
export async function bundleForBrowser(outdir, entryPoints) {
  const { build } = await import('esbuild');
  await build({
    ...COMMON,
    outdir,
    entryPoints,
    splitting: true,
    platform: 'browser',
    // React is measured as it is shipped.
    define: { 'process.env.NODE_ENV': '"production"', __COMMIT__: '""', __STARTER__: 'null' },
    jsx: 'automatic',
    minify: true,
    // The codecs' glue requires them only under Node.
    external: ['fs', 'path'],
    target: 'es2023',
  });
}

/** @param {string} outdir @param {Record<string, string>} entryPoints */
export async function bundleForNode(outdir, entryPoints) {
  const { build } = await import('esbuild');
  await build({
    ...COMMON,
    outdir,
    entryPoints,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    plugins: [CODECS_IN_PLACE],
  });
}

/** Codecs find their .wasm by their place in the sources. @type {import('esbuild').Plugin} */
const CODECS_IN_PLACE = {
  name: 'codecs in place',
  setup: (build) =>
    build.onLoad({ filter: /src\/core\/codecs\/\w+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    })),
};
