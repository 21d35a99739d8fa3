/** One job at a time, fed while folders are still walked: shared by the workers that read files. */
import type { LabError } from '../errors.ts';
import { createFeed, type Feed } from './feed.ts';
import type { FileBatch } from './fileBatch.ts';

export type FedJob = {
  /** Runs `work` on the fed batches; with `more`, further batches follow by `feed`. Rejects with `busy()` while another runs. */
  run<T>(
    args: { batches: FileBatch[]; more: boolean; signal: AbortSignal },
    work: (batches: Feed) => Promise<T>,
  ): Promise<T>;
  /** Adds further files; resolves when the job has room for more. */
  feed(args: { batches: FileBatch[]; more: boolean }): Promise<void>;
};

export function createFedJob(busy: () => LabError): FedJob {
  let feed: Feed | null = null;
  return {
    run: async ({ batches, more, signal }, work) => {
      if (feed) throw busy();
      const current = createFeed();
      feed = current;
      void current.push(batches, more);
      signal.addEventListener('abort', current.close, { once: true });
      try {
        return await work(current);
      } finally {
        current.close();
        feed = null;
      }
    },
    feed: async ({ batches, more }) => {
      await feed?.push(batches, more);
    },
  };
}
