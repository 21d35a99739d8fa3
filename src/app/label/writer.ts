/** Writes label edits in the order of their key presses: one write at a time, and what waits meanwhile together. */
import type { LabelEdit } from '../../core/labels/event.ts';

/** One press: its edits are undone together. */
export type Write = { kind: 'edit'; edits: readonly LabelEdit[] } | { kind: 'undo' } | { kind: 'redo' };

export type WriterPort = {
  /** The edits of several presses, in one transaction; each press is undone alone. */
  edit(presses: readonly (readonly LabelEdit[])[]): Promise<void>;
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
  /** So many presses were written; `stale`: an undo or redo found nothing to do. */
  written(presses: number, stale: boolean): void;
  /** Writing failed: nothing that waited will be written. */
  failed(error: unknown, lost: number): void;
};

/** Presses in one write: a held key must not make a transaction that takes long. */
const MOST_TOGETHER = 64;

export function createWriter(port: WriterPort, events: WriterEvents): Writer {
  let waiting: Write[] = [];
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const now = nextWrites(waiting);
      try {
        const stale = await writeAll(port, now);
        waiting = waiting.slice(now.length);
        events.written(now.length, stale);
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

/** The edits up to the next undo or redo, or that alone. */
function nextWrites(waiting: readonly Write[]): readonly Write[] {
  const end = waiting.findIndex(({ kind }) => kind !== 'edit');
  const edits = end < 0 ? waiting.length : end;
  return waiting.slice(0, Math.max(1, Math.min(edits, MOST_TOGETHER)));
}

async function writeAll(port: WriterPort, writes: readonly Write[]): Promise<boolean> {
  const [first] = writes;
  if (first.kind !== 'edit') return !(await port[first.kind]());
  await port.edit(writes.flatMap((write) => (write.kind === 'edit' ? [write.edits] : [])));
  return false;
}
