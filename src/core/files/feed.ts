/** Dropped files on their way from whoever walks the folders to the job that reads them. */
import type { Lot } from './fileBatch.ts';

export type Feed = AsyncIterable<Lot[]> & {
  /** Resolves when there is room for more. */
  push(lots: Lot[], more: boolean): Promise<void>;
  /** Lets whoever pushes go on: nothing more will be read. */
  close(): void;
};

/** Files that may wait, and bytes that are in memory: the walk stays ahead of the decoding, and memory flat. */
const ROOM = 20_000;
const ROOM_BYTES = 128 * 2 ** 20;

export function createFeed(): Feed {
  const batches: Lot[][] = [];
  let files = 0;
  let held = 0;
  let open = true;
  let arrived = () => {};
  let made = () => {};

  return {
    push: async (batch, more) => {
      if (!open) return;
      if (batch.length > 0) batches.push(batch);
      files += count(batch);
      held += heldBy(batch);
      open = more;
      arrived();
      while (open && (files > ROOM || held > ROOM_BYTES)) {
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
          files -= count(batch);
          held -= heldBy(batch);
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

function count(lots: readonly Lot[]): number {
  return lots.reduce((sum, { paths }) => sum + paths.length, 0);
}

function heldBy(lots: readonly Lot[]): number {
  return lots.reduce((sum, lot) => sum + (lot.held ?? 0), 0);
}
