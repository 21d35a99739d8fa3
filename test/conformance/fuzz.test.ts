/** Mutations of real files: no crash, no hang, no nameless outcome. `npm run fuzz` runs more of them. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bundleChecks } from '../../scripts/bundle.js';
import { sharedPath } from '../harness/shared.ts';
import { openArchive } from './archive.ts';
import { MARKER } from './conformance.ts';
import { fuzz } from './fuzz.ts';
import { mutator } from './mutate.ts';
import { openSandbox } from './sandbox.ts';
import { fuzzSeeds } from './seeds.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const seeds = fuzzSeeds(ROOT, openArchive(sharedPath('conformance.zip'), MARKER));

test('5,000 mutations of every format and transfer syntax end in slices or named skips', async () => {
  const bundles = await bundleChecks('fuzz-test');
  const report = await fuzz({
    ...{ seeds, count: 5_000, seed: 2026 },
    threads: Math.min(2, availableParallelism()),
    code: { fuzz: new URL('fuzzThread.mjs', bundles), decode: new URL('decodeThread.mjs', bundles) },
  });
  expect(report.failures).toEqual([]);
  const counted = Object.values(report.outcomes).reduce((sum, times) => sum + times, 0);
  expect(counted).toBe(5_000);
  // Mutations that no decoder survives, or that change nothing, would prove nothing.
  expect(report.outcomes.slices).toBeGreaterThan(1_000);
  expect(report.outcomes.malformed).toBeGreaterThan(200);
}, 120_000);

test('a mutation depends on seed and index alone', () => {
  const [a, b] = [mutator(seeds, 5), mutator(seeds, 5)];
  a(3);
  expect(a(17)).toEqual(b(17));
  expect(mutator(seeds, 6)(17)).not.toEqual(b(17));
});

test('a thread that never answers is given up, and one after it decodes', async () => {
  const stuck = openSandbox(new URL('data:text/javascript,setInterval(()=>{},1e6)'), 100);
  expect(await stuck.decode(new Uint8Array(1))).toMatchObject({ failed: expect.stringContaining('no end') });
  await stuck.close();
  const dying = openSandbox(new URL('data:text/javascript,throw new Error("on purpose")'));
  expect(await dying.decode(new Uint8Array(1))).toMatchObject({
    failed: expect.stringContaining('on purpose'),
  });
  await dying.close();
});

describe('the fuzzer, given threads that misbehave, counts', () => {
  const thread = (body: string) => new URL(`data:text/javascript,${encodeURIComponent(body)}`);
  const head = "import { parentPort, workerData } from 'node:worker_threads';";
  const reportsOne = thread(`${head}
    parentPort.postMessage({ type: 'failure', index: 1, got: '' });
    parentPort.postMessage({ type: 'progress', done: 4, outcomes: {} });`);
  const answering = (before: string, skips: string) =>
    thread(`${head}
    parentPort.on('message', () => {
      ${before}
      parentPort.postMessage({ outcome: { slices: 0, skips: ${skips}, stored: '', identity: '' } });
    });`);
  const run = (fuzzThread: URL, decodeThread: URL) =>
    fuzz({ seeds, count: 4, seed: 1, threads: 1, code: { fuzz: fuzzThread, decode: decodeThread } });

  test('crashes of each mutation on which a thread died', async () => {
    const dying = thread("throw new Error('on purpose')");
    expect(await run(dying, dying)).toMatchObject({ crashes: 4, hangs: 0, unnamed: 0, oversized: 0 });
  });

  test('outcomes without a name', async () => {
    expect(await run(reportsOne, answering('', '[]'))).toMatchObject({
      ...{ crashes: 0, unnamed: 1, oversized: 0 },
      failures: [{ file: expect.stringContaining('mutation 1 of'), got: 'nothing' }],
    });
  });

  test('memory beyond the cap', async () => {
    const greedy = answering(
      'globalThis.kept = new Uint8Array(600 * 2 ** 20).fill(1);',
      "[{ code: 'blank' }]",
    );
    expect(await run(reportsOne, greedy)).toMatchObject({ crashes: 0, unnamed: 0, oversized: 1 });
  });

  test('nothing where what looked bad does well alone', async () => {
    expect(await run(reportsOne, answering('', "[{ code: 'blank' }]"))).toMatchObject({ failures: [] });
  });

  test('a thread that hangs, and goes on behind it', async () => {
    const stuck = thread(`${head}
      const { first, end, current } = workerData;
      for (let index = first; index < end; index++) {
        Atomics.store(current, 0, index);
        if (index === 2) for (;;);
      }
      parentPort.postMessage({ type: 'progress', done: end - first, outcomes: {} });`);
    const silent = answering('for (;;);', '[]');
    expect(await run(stuck, silent)).toMatchObject({ crashes: 0, hangs: 1 });
  });
});
