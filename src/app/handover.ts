/** Decides which tab writes to the open project, and hands it over without loss. */
import { LabError } from '../core/errors.ts';
import type { Fence } from '../core/types.ts';
import { acquireWriter, type Writer } from '../storage/lock.ts';
import type { Context } from './context.ts';
import { nextMessage, type Tabs } from './tabs.ts';
import { placeWords, type UnderWay } from './underway.ts';

/** Time for the other tab to confirm that it received the request. */
const HEARD_MS = 1500;
/** Time for the other tab to save after a long step; afterwards the project is taken over anyway. */
const SAVED_MS = 60_000;

export type Handover = {
  /** Becomes the project's writing tab if there is no other; else this tab only shows the project. */
  claim(project: string): Promise<void>;
  /** Gives up the right to write. */
  release(): void;
  /** Becomes the writing tab: the other is asked to save and stop first. */
  takeOver(project: string): Promise<void>;
};

type Lock = typeof acquireWriter;

export function createHandover(
  context: Context,
  parts: { tabs: Tabs; underWay: UnderWay; watch: () => void; lock?: Lock },
): Handover {
  const { get, set, store, notify } = context;
  const { tabs, underWay, watch, lock = acquireWriter } = parts;
  let writer: Writer | null = null;

  function release(): void {
    store.setFence(null);
    writer?.release();
    writer = null;
  }

  function lookOn(): void {
    set({ readOnly: true, takingOver: false, yielding: false });
    watch();
  }

  async function claim(project: string, steal = false): Promise<void> {
    release();
    writer = await lock(project, { steal, onLost: () => void lost() });
    if (!writer) return lookOn();
    store.setFence(await become(project, steal));
    set({ readOnly: false, live: get().live?.elsewhere ? null : get().live });
  }

  /** From here on, writes of the previous writer are refused. */
  async function become(project: string, steal: boolean): Promise<Fence> {
    try {
      return await store.takeWriter(project);
    } catch (error) {
      // A full disk accepts no new number. The previous holder has released the lock, so the project is free: open
      // it, so that the user can free space.
      const last = !steal && isFull(error) ? await store.lastWriter(project) : null;
      if (!last) throw error;
      notify({
        tone: 'error',
        title: 'The browser has no room left for this app.',
        detail: 'Everything stored is kept and shown, but nothing new can be stored.',
        next: 'Delete runs, datasets or projects that you no longer need, or free disk space.',
        action: null,
      });
      return last;
    }
  }

  /** The lock was taken over: this tab did not respond, or took too long. */
  async function lost(): Promise<void> {
    release();
    set({ readOnly: true });
    const wasAt = underWay.describe('writing').length > 0;
    await underWay.drop('writing');
    notify({
      tone: 'error',
      title: 'Another tab has taken this project over.',
      detail: wasAt
        ? 'Running work here has ended; everything stored before is kept.'
        : 'Everything stored is kept.',
      next: 'Here you can look on, or take it over again.',
      action: null,
    });
    lookOn();
  }

  async function yieldTo(project: string): Promise<void> {
    tabs.send({ kind: 'yielding', project });
    const wasAt = underWay.describe('writing').length > 0;
    // Start nothing new while this is saved.
    set({ readOnly: true, yielding: true });
    const saved = await underWay.stop('writing');
    release();
    tabs.send({ kind: 'yielded', project, saved });
    notify({
      tone: 'info',
      title: 'Another tab has taken this project over.',
      detail: wasAt ? placeWords(saved) : 'Everything is stored.',
      next: 'Here you can look on, or take it over again.',
      action: null,
    });
    lookOn();
  }

  tabs.listen((message) => {
    if (message.kind === 'yield' && message.project === get().project.id && !get().readOnly) {
      void yieldTo(message.project);
    }
  });

  return {
    claim,
    release,
    takeOver: async (project) => {
      set({ takingOver: true });
      try {
        const heard = nextMessage(tabs, 'yielding', project, HEARD_MS);
        const done = nextMessage(tabs, 'yielded', project, SAVED_MS);
        tabs.send({ kind: 'yield', project });
        const given = (await heard) && (await done);
        await claim(project, true);
        if (given?.saved) {
          notify({
            tone: 'info',
            title: 'This tab has taken the project over.',
            detail: placeWords(given.saved),
            next: 'Resume continues it here.',
            action: null,
          });
        }
      } finally {
        set({ takingOver: false });
      }
    },
  };
}

function isFull(error: unknown): boolean {
  return error instanceof LabError && error.code === 'storage-full';
}
