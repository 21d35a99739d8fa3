/** A persistent Vitest: for each message, it runs the tests that reach one mutant, and reports whether one failed. */
import { writeFileSync } from 'node:fs';
import { createVitest } from 'vitest/node';

/** @typedef {{ file: string, name: string, ms: number, ok: boolean, why: string, reached: [number, number][] }} Test */

const [root, file, include] = process.argv.slice(2);

/** Keeps the requested order of the files: the likeliest early failures are first. */
class Sequence {
  /** @param {unknown[]} files */
  async sort(files) {
    return files;
  }
  /** @param {unknown[]} files */
  async shard(files) {
    return files;
  }
}

const vitest = await createVitest(
  'test',
  {
    root,
    config: false,
    watch: false,
    include: JSON.parse(include),
    exclude: ['test/house/house.test.ts'],
    environment: 'node',
    setupFiles: ['scripts/mutant-setup.js'],
    env: { MUTANT: file },
    // A test may wait for an action that a mutant never takes.
    testTimeout: 60_000,
    maxWorkers: 1,
    reporters: [{}],
    sequence: { sequencer: /** @type {any} */ (Sequence) },
    onConsoleLog: () => false,
  },
  { define: { __COMMIT__: '"mutation"', __STARTER__: 'null' }, logLevel: 'silent' },
);

// From here on, the list of test files is known.
const all = await vitest.globTestSpecifications();

/** @returns {Promise<Test[]>} every test, and, by the name of its file, the mutants reached before the first test */
async function runAll() {
  const { testModules } = await vitest.runTestSpecifications(all, true);
  return testModules.flatMap((module) => {
    const tests = [...module.children.allTests()];
    const known = { file: module.moduleId, name: '', ms: 0 };
    const early = /** @type {any} */ (module.meta()).reached ?? [];
    return [
      { ...known, ok: module.errors().length === 0, why: module.errors()[0]?.message ?? '', reached: early },
      ...tests.map((test) => ({
        ...known,
        name: test.fullName.split(' > ').join(' '),
        ms: test.diagnostic()?.duration ?? 0,
        ok: test.result().state !== 'failed',
        why: test.result().errors?.[0]?.message ?? '',
        reached: /** @type {any} */ (test.meta()).reached ?? [],
      })),
    ];
  });
}

/** @param {string[]} files @param {string[] | null} names null: all tests of these files */
async function runSome(files, names) {
  const any = names?.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  if (any) vitest.setGlobalTestNamePattern(new RegExp(`^(?:${any})$`));
  else vitest.resetGlobalTestNamePattern();
  // Failures of the previous mutant would count toward this one's limit.
  for (const known of [vitest.state.idMap, vitest.state.filesMap, vitest.state.errorsSet]) known.clear();
  vitest.config.bail = 1;
  const specifications = files.flatMap((one) => vitest.getModuleSpecifications(one));
  const result = await vitest.runTestSpecifications(specifications);
  const { unhandledErrors } = result;
  // A previously stopped run may still end late.
  const testModules = result.testModules.filter(({ moduleId }) => files.includes(moduleId));
  const tests = testModules.flatMap((module) => [...module.children.allTests()]);
  const states = tests.map((test) => test.result().state);
  const failed = tests.find((test) => test.result().state === 'failed');
  const broken = testModules.some((module) => module.state() === 'failed');
  return {
    ran: states.filter((state) => state !== 'skipped').length,
    killed: broken || unhandledErrors.length > 0,
    by: failed?.fullName ?? '',
  };
}

process.on('message', async (/** @type {any} */ { id, limit, files, names }) => {
  writeFileSync(file, JSON.stringify({ id, limit }));
  try {
    process.send?.(id < 0 ? await runAll() : await runSome(files, names));
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
