/** Labelling in a browser that is killed at random moments: nothing that was acknowledged is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';
import type { Store } from '../../src/storage/port.ts';
import { randomFrom } from '../builders/phantom.ts';
import type { makeShard } from '../builders/storage.ts';
import { launchKillable } from '../harness/killable.ts';

/** `npm run kill` sets it higher. */
const KILLS = Number(process.env.MODALITY_LAB_KILLS ?? 4);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** What the page has: the store, and a shard to fill it with. */
type Lab = { openStore(): Promise<Store>; makeShard: typeof makeShard; acknowledge(act: number): void };

let profile: string;
let server: Server;

test.beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'modality-lab-labels-'));
  const { outputFiles } = await build({
    stdin: {
      contents:
        "export * from './src/storage/db.ts'; export { makeShard } from './test/builders/storage.ts';",
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'iife',
    globalName: 'lab',
    write: false,
  });
  server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test.afterAll(() => {
  server.close();
  rmSync(profile, { recursive: true, force: true });
});

/** Labels, undoes and makes again without end; tells each act that the store has acknowledged. */
function labelFrom(page: Page, first: number): Promise<unknown> {
  return page.evaluate(async (from) => {
    const { lab, acknowledge } = window as unknown as { lab: Lab } & Lab;
    const store = await lab.openStore();
    if (from === 0) {
      for (const seed of [1, 2, 3]) await store.commitShard(lab.makeShard('p', ['a', 'b', 'a'], seed), []);
    }
    for (let act = from; ; act++) {
      const classes = ['CT', 'MR', 'PT', 'XR'];
      const edits = ['a', 'b'].slice(0, 1 + (act % 2)).map((dataset, i) => ({
        target: { kind: 'dataset' as const, dataset },
        change: {
          kind: 'label' as const,
          set: 'modality',
          class: classes[(act + i) % 4],
          source: 'user' as const,
        },
      }));
      await store.editLabels('p', edits, '', act);
      acknowledge(act);
      if (act % 5 === 4) await store.undoLabels('p', '', act);
      if (act % 15 === 14) await store.redoLabels('p', '', act);
    }
  }, first);
}

/** Acts that are stored, whether labels follow from the record, and how many can be taken back. */
function look(page: Page) {
  return page.evaluate(async () => {
    const { lab } = window as unknown as { lab: Lab };
    const store = await lab.openStore();
    const columns = async () =>
      JSON.stringify((await store.shardIndexes('p')).map(({ label, source }) => [[...label], [...source]]));
    const before = await columns();
    await store.rebuildLabels('p');
    const events = await store.labelEvents('p');
    const edits = events.filter((event) => event.kind === 'edit');
    const sizes = new Map<number, number>();
    for (const { timeMs } of edits) sizes.set(timeMs, (sizes.get(timeMs) ?? 0) + 1);
    const found = { acts: [...sizes], same: (await columns()) === before };
    store.close();
    return found;
  });
}

test(`killed at ${KILLS} random moments of labelling, no acknowledged label is lost, and undo goes back to the first`, async () => {
  test.setTimeout(60_000 + KILLS * 30_000);
  console.info(`SEED=${SEED}`);
  const random = randomFrom(SEED);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  let acknowledged = -1;
  for (let kill = 0; kill < KILLS; kill++) {
    const { page, kill: end } = await launchKillable(profile);
    await page.exposeFunction('acknowledge', (act: number) => {
      acknowledged = Math.max(acknowledged, act);
    });
    await page.goto(url);
    const first = acknowledged + 1;
    void labelFrom(page, first).catch(() => undefined);
    await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThanOrEqual(first);
    await new Promise((resolve) => setTimeout(resolve, 50 + random() * 1500));
    await end();
    const after = await launchKillable(profile);
    await after.page.goto(url);
    const { acts, same } = await look(after.page);
    expect(same).toBe(true);
    const stored = new Map(acts);
    for (let act = 0; act <= acknowledged; act++) expect(stored.get(act)).toBe(1 + (act % 2));
    // One more may have been stored without a word of it.
    acknowledged = Math.max(acknowledged, ...stored.keys());
    await after.close();
  }
  const { page, close } = await launchKillable(profile);
  await page.goto(url);
  const sources = await page.evaluate(async () => {
    const store = await (window as unknown as { lab: Lab }).lab.openStore();
    while (await store.undoLabels('p', '', 0));
    return (await store.shardIndexes('p')).flatMap(({ source }) => [...source]);
  });
  // 0: the tag's own.
  expect(new Set(sources)).toEqual(new Set([0]));
  await close();
});
