/** Shows the writing tab's run in progress in read-only tabs. */
import type { Context } from './context.ts';
import type { LiveRun } from './state.ts';
import type { Tabs } from './tabs.ts';

/** Interval of sending a run in progress: it has at most a few thousand points. */
const EVERY_MS = 1000;

export type Mirror = {
  /** Called with every change of the state. */
  changed(now: LiveRun | null, before: LiveRun | null): void;
  /** Asks the writing tab for its run in progress. */
  watch(): void;
};

/** @param refresh reloads the project's datasets and runs */
export function createMirror(
  { get, set }: Pick<Context, 'get' | 'set'>,
  tabs: Tabs,
  refresh: () => Promise<void>,
): Mirror {
  let watched = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const send = () => {
    timer = null;
    const { live, project } = get();
    if (!live?.elsewhere) tabs.send({ kind: 'live', project: project.id, live });
  };

  tabs.listen((message) => {
    const { project, readOnly, live: before } = get();
    if (message.project !== project.id) return;
    if (message.kind === 'watch') {
      // Also if this tab is about to become the writer: the tab that released the lock asks before this tab holds it.
      watched = true;
      if (!readOnly) send();
    }
    if (message.kind !== 'live' || !readOnly) return;
    const live = message.live && { ...message.live, elsewhere: true };
    set({ live });
    // Another run, its end, or another epoch: the stored record has changed as well.
    const other = live?.run !== before?.run || live?.phase !== before?.phase;
    if (other || epochOf(live) !== epochOf(before)) void refresh();
  });

  return {
    changed: (now, before) => {
      if (!watched || now === before || now?.elsewhere || before?.elsewhere) return;
      // Send starts and ends at once, everything else at most once a second.
      if (now?.run !== before?.run) {
        if (timer) clearTimeout(timer);
        send();
      } else timer ??= setTimeout(send, EVERY_MS);
    },
    watch: () => tabs.send({ kind: 'watch', project: get().project.id }),
  };
}

function epochOf(live: LiveRun | null): number {
  return Math.floor(live?.latest?.epoch ?? 0);
}
