/** The queue of dropped files between the folder walk and the job that reads them. */
import type { FileBatch } from './fileBatch.ts';

export type Feed = AsyncIterable<FileBatch[]> & {
  /** Resolves when there is room for more. */
  push(batches: FileBatch[], more: boolean): Promise<void>;
  /** Lets `push` go on: nothing more will be read. */
  close(): void;
};

/** Limits of waiting files and of bytes in memory: the walk stays ahead of decoding, and memory flat. */
const ROOM = 20_000;
const ROOM_BYTES = 128 * 2 ** 20;

export function createFeed(): Feed {
  const batches: FileBatch[][] = [];
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

function count(batches: readonly FileBatch[]): number {
  return batches.reduce((sum, { entries }) => sum + entries.length, 0);
}

function heldBy(batches: readonly FileBatch[]): number {
  return batches.reduce((sum, batch) => sum + (batch.held ?? 0), 0);
}
