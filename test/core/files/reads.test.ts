/** Reading files is what a fast ingest waits for: several reads are always under way, and never too many. */
import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { packFileBatches } from '../../../src/core/files/fileBatch.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { memoryStore, pretendedWorkers } from '../../fakes/ingest.ts';

/** Sixty files too large for a lot, whose reads are counted. */
async function readsInFlight(workers: number): Promise<{ most: number; total: number }> {
  let open = 0;
  let most = 0;
  let total = 0;
  const items = Array.from({ length: 60 }, (_, i) => ({
    path: `a/${i}`,
    file: Object.assign(new Blob([new Uint8Array(2 ** 20 + 1)]), {
      arrayBuffer: async () => {
        most = Math.max(most, ++open);
        total++;
        await new Promise((resolve) => setTimeout(resolve, 2));
        open--;
        return new ArrayBuffer(1);
      },
    }),
  }));
  const feed = createFeed();
  void feed.push(packFileBatches(items), false);
  await ingest(
    { store: await memoryStore(), spawn: pretendedWorkers().spawn, workers, nowMs: () => performance.now() },
    { project: 'p', batches: feed, options: DEFAULT_OPTIONS },
    { signal: new AbortController().signal, emit: () => {} },
  );
  return { most, total };
}

test.each([1, 2, 4, 8])(
  '%i workers keep at least four reads under way, and read each file once',
  async (workers) => {
    const { most, total } = await readsInFlight(workers);
    expect(total).toBe(60);
    expect(most).toBeGreaterThanOrEqual(4);
    expect(most).toBeLessThanOrEqual(3 * workers + 1);
  },
);
