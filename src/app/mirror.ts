/** The writer's run in progress, shown in the tabs that only look on. */
import type { Context } from './context.ts';
import type { LiveRun } from './state.ts';
import type { Tabs } from './tabs.ts';

/** How often a run in progress is sent: its points are at most a few thousand. */
const EVERY_MS = 1000;

export type Mirror = {
  /** Called with every change of the state. */
  changed(now: LiveRun | null, before: LiveRun | null): void;
  /** Asks whoever writes for its run in progress. */
  watch(): void;
};

/** @param refresh reads the project's datasets and runs anew */
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
    if (!live?.elsewhere) tabs.tell({ kind: 'live', project: project.id, live });
  };

  tabs.listen((message) => {
    const { project, readOnly, live: before } = get();
    if (message.project !== project.id) return;
    if (message.kind === 'watch') {
      // Also where this tab is only about to become the writer: whoever gave up the lock asks before it has passed.
      watched = true;
      if (!readOnly) send();
    }
    if (message.kind !== 'live' || !readOnly) return;
    const live = message.live && { ...message.live, elsewhere: true };
    set({ live });
    // Another run, its end, or another epoch: what is stored of it has changed as well.
    const other = live?.run !== before?.run || live?.phase !== before?.phase;
    if (other || epochOf(live) !== epochOf(before)) void refresh();
  });

  return {
    changed: (now, before) => {
      if (!watched || now === before || now?.elsewhere || before?.elsewhere) return;
      // Beginnings and ends at once, all between at most once a second.
      if (now?.run !== before?.run) {
        if (timer) clearTimeout(timer);
        send();
      } else timer ??= setTimeout(send, EVERY_MS);
    },
    watch: () => tabs.tell({ kind: 'watch', project: get().project.id }),
  };
}

function epochOf(live: LiveRun | null): number {
  return Math.floor(live?.latest?.epoch ?? 0);
}
