/** Whether this browser keeps a copy of the app, with which it opens without its server. */
import type { Copy } from '../../app/offline.ts';
import { useLab } from '../context.ts';
import { Card } from './Card.tsx';

const WORDS: Readonly<Record<Copy, { state: string; what: string }>> = {
  kept: {
    state: 'kept, and checked file by file',
    what: 'The app opens and works without its server and without any network, also after a restart of the browser.',
  },
  making: {
    state: 'being made …',
    what: 'Until it is there, the app needs its server.',
  },
  none: {
    state: 'none',
    what: 'The app needs its server: a copy is made only at a secure address (https or localhost), when the app is opened.',
  },
  failed: {
    state: 'could not be made',
    what: 'The app needs its server: not every file came as it was built, or the browser has no room. It is tried again when the app is opened.',
  },
};

export function OfflineCard() {
  const copy = useLab((state) => state.offline.copy);
  const newer = useLab((state) => state.offline.newer);
  const { state, what } = WORDS[copy];
  return (
    <Card title="Without its server">
      <dl data-testid="offline-facts" data-copy={copy}>
        <dt>Copy of the app in this browser</dt>
        <dd>
          <strong>{state}</strong>
        </dd>
      </dl>
      <p>{what}</p>
      {copy === 'kept' && (
        <p>
          {newer
            ? 'A new version is ready: it is used once you load it, or have closed all tabs of the app.'
            : 'A new version is offered; it never takes the place of the one in an open tab by itself.'}
        </p>
      )}
    </Card>
  );
}
