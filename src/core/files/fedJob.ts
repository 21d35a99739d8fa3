/** One job at a time, fed while folders are still walked: what the workers that read files have in common. */
import type { LabError } from '../errors.ts';
import { createFeed, type Feed } from './feed.ts';
import type { Lot } from './fileBatch.ts';

export type FedJob = {
  /** Runs `work` on what is fed; with `more`, further lots follow by `feed`. Rejects with `busy()` while another runs. */
  run<T>(
    args: { lots: Lot[]; more: boolean; signal: AbortSignal },
    work: (lots: Feed) => Promise<T>,
  ): Promise<T>;
  /** Files found since; resolves when the job has room for more. */
  feed(args: { lots: Lot[]; more: boolean }): Promise<void>;
};

export function createFedJob(busy: () => LabError): FedJob {
  let feed: Feed | null = null;
  return {
    run: async ({ lots, more, signal }, work) => {
      if (feed) throw busy();
      const mine = createFeed();
      feed = mine;
      void mine.push(lots, more);
      signal.addEventListener('abort', mine.close, { once: true });
      try {
        return await work(mine);
      } finally {
        mine.close();
        feed = null;
      }
    },
    feed: async ({ lots, more }) => {
      await feed?.push(lots, more);
    },
  };
}
