/** What the tabs of this app in one browser tell each other: who trains what, who hands over, what was deleted. */
import type { LiveRun, SavedPlace } from './state.ts';

export type TabMessage =
  /** The run in progress of the project's writer; null: none any more. Sent where somebody looks on. */
  | { kind: 'live'; project: string; live: LiveRun | null }
  /** A tab that only looks wants to see the run in progress. */
  | { kind: 'watch'; project: string }
  /** Another tab wants to write: stop, save, and release the lock. */
  | { kind: 'yield'; project: string }
  /** The writer has heard it, and saves. */
  | { kind: 'yielding'; project: string }
  /** The lock is free; what was in progress stands there. */
  | { kind: 'yielded'; project: string; saved: SavedPlace | null }
  /** The project was deleted; null: everything was. */
  | { kind: 'deleted'; project: string | null };

export type Tabs = {
  tell(message: TabMessage): void;
  /** Calls back with what other tabs say; returns how to stop listening. */
  listen(listener: (message: TabMessage) => void): () => void;
};

/** As of BroadcastChannel. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>;

export function createTabs(channel: Channel = new BroadcastChannel('modality-lab')): Tabs {
  return {
    tell: (message) => channel.postMessage(message),
    listen: (listener) => {
      const receive = ({ data }: MessageEvent<TabMessage>) => listener(data);
      channel.addEventListener('message', receive);
      return () => channel.removeEventListener('message', receive);
    },
  };
}

/** The next message that fits, or null when it takes longer. */
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
