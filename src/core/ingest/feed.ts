/** Dropped items on their way from whoever walks the folders to the job that reads them. */
import type { DropItem } from '../protocol.ts';

export type Feed = AsyncIterable<DropItem[]> & {
  /** Resolves when there is room for more. */
  push(items: DropItem[], more: boolean): Promise<void>;
  /** Lets whoever pushes go on: nothing more will be read. */
  close(): void;
};

/** Items that may wait: the walk stays ahead of the decoding, and memory flat. */
const ROOM = 20_000;

export function createFeed(): Feed {
  const batches: DropItem[][] = [];
  let items = 0;
  let open = true;
  let arrived = () => {};
  let made = () => {};

  return {
    push: async (batch, more) => {
      if (!open) return;
      if (batch.length > 0) batches.push(batch);
      items += batch.length;
      open = more;
      arrived();
      while (open && items > ROOM) {
        await new Promise<void>((resolve) => {
          made = resolve;
        });
      }
    },
    close: () => {
      open = false;
      made();
      arrived();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const batch = batches.shift();
        if (batch) {
          items -= batch.length;
          made();
          yield batch;
        } else if (open) {
          await new Promise<void>((resolve) => {
            arrived = resolve;
          });
        } else {
          return;
        }
      }
    },
  };
}
