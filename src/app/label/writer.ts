/** Writes label edits in the order of their key presses, one press at a time: each is undone alone. */
import type { LabelEdit } from '../../core/labels/event.ts';

/** One press: its edits are undone together. */
export type Write = { kind: 'edit'; edits: readonly LabelEdit[] } | { kind: 'undo' } | { kind: 'redo' };

export type WriterPort = {
  /** In one transaction. */
  edit(edits: readonly LabelEdit[]): Promise<void>;
  /** false: there was nothing to undo. */
  undo(): Promise<boolean>;
  redo(): Promise<boolean>;
};

export type Writer = {
  push(write: Write): void;
  /** Presses that are not written yet. */
  waiting(): number;
};

export type WriterEvents = {
  /** The first press that waited was written; `stale`: it was an undo or redo that found nothing to do. */
  written(stale: boolean): void;
  /** Writing failed: nothing that waited will be written. */
  failed(error: unknown, lost: number): void;
};

export function createWriter(port: WriterPort, events: WriterEvents): Writer {
  let waiting: Write[] = [];
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      try {
        const found = await writeOne(port, waiting[0]);
        waiting = waiting.slice(1);
        events.written(!found);
      } catch (error) {
        const lost = waiting.length;
        waiting = [];
        events.failed(error, lost);
      }
    }
    busy = false;
  }

  return {
    push: (write) => {
      waiting.push(write);
      if (!busy) void work();
    },
    waiting: () => waiting.length,
  };
}

/** @returns false if there was nothing to undo or redo */
async function writeOne(port: WriterPort, write: Write): Promise<boolean> {
  if (write.kind !== 'edit') return port[write.kind]();
  await port.edit(write.edits);
  return true;
}
