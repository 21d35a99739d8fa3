/** Reading files is what a fast ingest waits for: several reads are always under way, and never too many. */
import { expect, test } from 'vitest';
import { DEFAULT_LABEL_MAP } from '../../../src/core/dicom/series.ts';
import { createDecoder } from '../../../src/core/ingest/decoder.ts';
import { createFeed } from '../../../src/core/ingest/feed.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import type { Decoder } from '../../../src/core/ingest/pool.ts';
import { memoryStore } from '../../make/ingest.ts';

/** Files whose reads are counted, decoded without a worker so that they stay the same objects. */
async function readsInFlight(workers: number): Promise<{ most: number; total: number }> {
  let open = 0;
  let most = 0;
  let total = 0;
  const items = Array.from({ length: 60 }, (_, i) => ({
    path: `a/${i}`,
    file: Object.assign(new Blob(['x']), {
      arrayBuffer: async () => {
        most = Math.max(most, ++open);
        total++;
        await new Promise((resolve) => setTimeout(resolve, 2));
        open--;
        return new ArrayBuffer(1);
      },
    }),
  }));
  const spawn = (): Decoder => {
    const service = createDecoder(async function* () {
      yield { code: 'not-an-image' };
    });
    const context = { signal: new AbortController().signal, emit: () => {} };
    return {
      call: {
        configure: service.configure,
        open: (args) => service.open(args, context),
        next: (args) => service.next(args, context),
      },
      close: () => {},
      terminate: () => {},
    };
  };
  const feed = createFeed();
  void feed.push(items, false);
  await ingest(
    { store: await memoryStore(), spawn, workers },
    { project: 'p', items: feed, options: { antialias: false, labelMap: { ...DEFAULT_LABEL_MAP } } },
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
    // A worker reads the files it was given: the pool gives it five at most, and three where it is one of several.
    expect(most).toBeLessThanOrEqual(workers === 1 ? 5 : 3 * workers);
  },
);
