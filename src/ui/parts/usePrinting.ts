/** Whether the page is being printed: a long table then draws all of its rows. */
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

const media = typeof matchMedia === 'function' ? matchMedia('print') : null;
let isPrinting = media?.matches ?? false;

export function usePrinting(): boolean {
  return useSyncExternalStore(
    watch,
    () => isPrinting,
    () => false,
  );
}

function watch(changed: () => void): () => void {
  const set = (to: boolean) => () => {
    isPrinting = to;
    // At once: the browser lays the paper out right after the event.
    flushSync(changed);
  };
  const aborter = new AbortController();
  const { signal } = aborter;
  window.addEventListener('beforeprint', set(true), { signal });
  window.addEventListener('afterprint', set(false), { signal });
  media?.addEventListener('change', ({ matches }) => set(matches)(), { signal });
  return () => aborter.abort();
}
