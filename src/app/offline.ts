/** The copy of the app that this browser keeps to open it without its server: made, renewed when asked, removed. */
import type { OfflineMessage } from '../core/offline.ts';
import type { Context } from './context.ts';
import { lackingHeaders } from './server.ts';
import type { State } from './state.ts';
import { isAtWork } from './working.ts';

/** `none`: not yet, or this browser can't; `failed`: not all files came as they were built. */
export type Copy = 'none' | 'making' | 'kept' | 'failed';

export type OfflineState = {
  copy: Copy;
  /** This page is of the version before the one that is ready. */
  newer: boolean;
  /** Names of the app's headers that this page came without. */
  lacking: readonly string[];
};

export const NO_COPY: OfflineState = { copy: 'none', newer: false, lacking: [] };

export type OfflineActions = {
  /** Reloads into the new version, unless a tab of this browser is at work. */
  renew(): Promise<void>;
};

export type OfflineCommands = OfflineActions & {
  /** Makes the copy, or looks for a newer version. */
  keep(): Promise<void>;
  /** The state has changed: other tabs learn whether this one is at work. */
  sync(): void;
};

/** The used parts of the browser, and what is known of this page. */
export type OfflineHost = {
  /** undefined where the address is not secure. */
  workers: ServiceWorkerContainer | undefined;
  locks: Pick<LockManager, 'request'>;
  reload(): void;
  /** See OfflineState. */
  lacking(): Promise<string[]>;
  /** false: served by Vite for development, which has no copy to make. */
  isBuilt: boolean;
  /** Everything was deleted: until the app is opened anew, nothing is kept. */
  isDeleted: boolean;
};

const SCRIPT = './offline.js';
/** Held, shared, by each tab that is at work. */
const AT_WORK = 'modality-lab at work';
/** State of the page's entry in the history, which stores nothing. */
const DELETED = { deleted: true };

export function pageHost(): OfflineHost {
  return {
    // Missing where the address is not secure.
    workers: navigator.serviceWorker as ServiceWorkerContainer | undefined,
    locks: navigator.locks,
    reload: () => location.reload(),
    lacking: lackingHeaders,
    isBuilt: import.meta.env.PROD,
    isDeleted: globalThis.history?.state?.deleted === true,
  };
}

export function createOfflineCommands(
  { get, set, notify }: Pick<Context, 'get' | 'set' | 'notify'>,
  { workers, locks, reload, lacking, isBuilt, isDeleted }: OfflineHost,
): OfflineCommands {
  let registration: ServiceWorkerRegistration | null = null;
  let end: (() => void) | null = null;

  const patch = (change: Partial<OfflineState>) =>
    set(({ offline }) => ({ offline: { ...offline, ...change } }));
  const tell = (worker: ServiceWorker, message: OfflineMessage) => worker.postMessage(message);

  function look(): void {
    if (!registration) return;
    const { active, waiting, installing } = registration;
    if (active) patch({ copy: 'kept', newer: get().offline.newer || waiting !== null });
    else patch({ copy: waiting || installing ? 'making' : 'failed' });
  }

  function follow(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', look);
    look();
  }

  async function keep(): Promise<void> {
    if (!isBuilt) return;
    // What was still being made may have come after the deletion.
    if (isDeleted) return removeCopy(workers);
    patch({ lacking: await lacking() });
    if (!workers) return;
    const first = workers.controller;
    workers.addEventListener('controllerchange', () => {
      // Another tab has loaded the new version. On a first visit it is the copy that begins to answer.
      if (first) patch({ newer: true });
    });
    if (first) tell(first, 'opened');
    try {
      const kept = await workers.register(SCRIPT, { updateViaCache: 'none' });
      kept.addEventListener('updatefound', () => follow(kept.installing));
      registration = kept;
      follow(kept.installing ?? kept.waiting ?? kept.active);
    } catch {
      // Refused, or the script did not come. The app works without it.
      patch({ copy: 'failed' });
    }
  }

  async function renew(): Promise<void> {
    if (isAtWork(get())) return;
    const waiting = registration?.waiting;
    // Another tab has activated it.
    if (!waiting) return reload();
    const free = await locks.request(AT_WORK, { ifAvailable: true }, async (lock) => {
      if (!lock) return false;
      workers?.addEventListener('controllerchange', reload, { once: true });
      tell(waiting, 'activate');
      return true;
    });
    if (free) return;
    notify({
      tone: 'info',
      title: 'Another tab of this app is at work.',
      detail: 'It goes on with the version that it began with.',
      next: 'Load the new one when it has ended.',
      action: null,
    });
  }

  function sync(): void {
    const working = isAtWork(get());
    if (working === (end !== null)) return;
    if (!working) {
      end?.();
      end = null;
      return;
    }
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    void locks.request(AT_WORK, { mode: 'shared' }, () => over);
  }

  return { keep, renew, sync };
}

/** For a page that could not start: a newer version is loaded without being asked for, once there is one. */
export async function replaceBroken(host: OfflineHost = pageHost()): Promise<void> {
  let state = { offline: NO_COPY } as State;
  const commands = createOfflineCommands(
    {
      get: () => state,
      set: (change) => {
        state = { ...state, ...(typeof change === 'function' ? change(state) : change) };
        if (state.offline.newer) void commands.renew();
      },
      notify: () => {},
    },
    host,
  );
  await commands.keep();
}

/** Removes the copy and everything else that is cached. */
export async function removeCopy(workers = globalThis.navigator?.serviceWorker): Promise<void> {
  const registrations = (await workers?.getRegistrations()) ?? [];
  // First: one that is still being made would go on to write.
  await Promise.all(registrations.map((one) => one.unregister()));
  await Promise.all((await caches.keys()).map((key) => caches.delete(key)));
}

/** Reloads the page after everything was deleted, so that nothing of it stays in memory. */
export function restart(): void {
  location.hash = '';
  history.replaceState(DELETED, '');
  location.reload();
}
