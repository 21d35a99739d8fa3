/** Bundles TypeScript of the tests and of core for Node, because Node does not run TypeScript. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './setup.js';

/**
 * The checks of test/conformance and the code of their threads, as modules in out/<name>.
 * @param {string} name unique for callers that may run at the same time
 * @returns {Promise<URL>} the folder
 */
export async function bundleChecks(name) {
  const { build } = await import('esbuild');
  const outdir = join(ROOT, 'out', name);
  // Codecs find their .wasm by their place in the sources.
  const source = pathToFileURL(join(ROOT, 'src/core/codecs/wasm.ts')).href;
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['commands', 'decodeThread', 'fuzzThread'].map((file) => `test/conformance/${file}.ts`),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    define: { 'import.meta.url': JSON.stringify(source) },
    logLevel: 'error',
  });
  return pathToFileURL(`${outdir}/`);
}

/**
 * Sets up, bundles and runs one of the commands.
 * @param {(commands: typeof import('../test/conformance/commands.ts'), host: { root: string, bundles: URL, json: boolean }) => Promise<number>} command
 * @param {boolean} json
 */
export async function runCheck(command, json) {
  const bundles = await bundleChecks('checks');
  const commands = await import(new URL('commands.mjs', bundles).href);
  process.exitCode = await command(commands, { root: ROOT, bundles, json });
}

/**
 * The simulation of practice data as one module in out/practice.
 * @returns {Promise<URL>} the module
 */
export async function bundlePractice() {
  const { build } = await import('esbuild');
  const outfile = join(ROOT, 'out/practice/practice.mjs');
  // Encoders find their .wasm by their place in the sources.
  const source = pathToFileURL(join(ROOT, 'src/core/dicom/write/wasm.ts')).href;
  await build({
    absWorkingDir: ROOT,
    stdin: {
      contents:
        "export * from './src/core/simulate/practice.ts'; export { DEFAULT_CHOICES } from './src/core/simulate/choices.ts'; export { EDITION } from './src/core/simulate/edition.ts'; export { SITES } from './src/core/simulate/site/index.ts';",
      resolveDir: ROOT,
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    define: { 'import.meta.url': JSON.stringify(source) },
    logLevel: 'error',
  });
  return pathToFileURL(outfile);
}

/**
 * Loads a module of the sources that reads no other file, such as a registry's table.
 * @param {string} path from the root of the project
 * @returns {Promise<any>} its exports
 */
export async function loadModule(path) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
