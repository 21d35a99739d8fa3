/** Messages between the app's tabs in one browser: runs in progress, handover, deletion. */
import type { LiveRun, SavedPlace } from './state.ts';

export type TabMessage =
  /** The run in progress of the project's writer; null: it has ended. Sent while another tab watches. */
  | { kind: 'live'; project: string; live: LiveRun | null }
  /** A read-only tab asks for the run in progress. */
  | { kind: 'watch'; project: string }
  /** Another tab wants to write: stop, save, and release the lock. */
  | { kind: 'yield'; project: string }
  /** The writer has received the request and saves. */
  | { kind: 'yielding'; project: string }
  /** The lock is free; `saved` is the position of the saved run. */
  | { kind: 'yielded'; project: string; saved: SavedPlace | null }
  /** The project was deleted; null: all data were. */
  | { kind: 'deleted'; project: string | null };

export type Tabs = {
  send(message: TabMessage): void;
  /** Calls back with messages of other tabs; returns a function that stops listening. */
  listen(listener: (message: TabMessage) => void): () => void;
};

/** The used part of BroadcastChannel. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>;

export function createTabs(channel: Channel = new BroadcastChannel('modality-lab')): Tabs {
  return {
    send: (message) => channel.postMessage(message),
    listen: (listener) => {
      const receive = ({ data }: MessageEvent<TabMessage>) => listener(data);
      channel.addEventListener('message', receive);
      return () => channel.removeEventListener('message', receive);
    },
  };
}

/** The next matching message, or null after the time limit. */
export function nextMessage<Kind extends TabMessage['kind']>(
  tabs: Tabs,
  kind: Kind,
  project: string,
  limitMs: number,
): Promise<Extract<TabMessage, { kind: Kind }> | null> {
  return new Promise((resolve) => {
    const done = (message: Extract<TabMessage, { kind: Kind }> | null) => {
      clearTimeout(timer);
      stop();
      resolve(message);
    };
    const timer = setTimeout(() => done(null), limitMs);
    const stop = tabs.listen((message) => {
      if (message.kind !== kind || message.project !== project) return;
      done(message as Extract<TabMessage, { kind: Kind }>);
    });
  });
}
