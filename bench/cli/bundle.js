/** Bundles the benchmarks' TypeScript: neither Node 20 nor a browser runs TypeScript. */
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
  });
}
