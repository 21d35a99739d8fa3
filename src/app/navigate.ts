/** Moves between addresses: the state and the browser's history change together. */

import type { Context } from './context.ts';
import { formatRoute, type Page, parseRoute, type View } from './route.ts';

export type NavigationActions = {
  /** Goes to another address; Back returns. */
  go(page: Page, detail?: string | null, view?: View): void;
  /**
   * Changes the selected or open item on this page; undefined removes a key. `open`: Back closes it again; `close`:
   * like Back; `stay`: replaces the history entry.
   */
  look(view: { [Key in keyof View]: View[Key] | undefined }, how?: 'open' | 'close' | 'stay'): void;
};

/** Marks a history entry that opened something: closing it is a step back. */
type Entry = { opened: true } | null;

type Browser = Pick<Window, 'history' | 'location' | 'addEventListener'>;

/** Browsers refuse more than about a hundred address changes in a few seconds; a held key makes more. */
const SETTLE_MS = 200;

/** `browser` is the window, or a fake in tests. */
export function createNavigation(
  { get, set }: Pick<Context, 'get' | 'set'>,
  browser: Browser,
): NavigationActions {
  const { history, location } = browser;
  let waiting: ReturnType<typeof setTimeout> | null = null;

  const forget = () => {
    if (waiting !== null) clearTimeout(waiting);
    waiting = null;
  };
  const write = () => history.replaceState(history.state as Entry, '', formatRoute(get()));
  /** The entry being left records the last state shown. */
  const settle = () => {
    if (waiting !== null) write();
    forget();
  };

  browser.addEventListener('hashchange', () => {
    forget();
    set(parseRoute(location.hash));
  });

  const go: NavigationActions['go'] = (page, detail = null, wanted = {}) => {
    settle();
    const { lesson } = get().view;
    const view: View = lesson ? { lesson, ...wanted } : wanted;
    const hash = formatRoute({ page, detail, view });
    // Repeating the same address adds no step for Back.
    if (hash !== location.hash) history.pushState(null, '', hash);
    set({ page, detail, view, known: true });
  };

  const look: NavigationActions['look'] = (patch, how = 'stay') => {
    const { page, detail, view: before } = get();
    const view: View = Object.fromEntries(
      Object.entries({ ...before, ...patch }).filter(([, value]) => value !== undefined),
    );
    if (how === 'stay') {
      forget();
      waiting = setTimeout(settle, SETTLE_MS);
    } else {
      settle();
      if (how === 'open') {
        history.pushState({ opened: true } satisfies Entry, '', formatRoute({ page, detail, view }));
      } else if ((history.state as Entry)?.opened) history.back();
      else history.replaceState(null, '', formatRoute({ page, detail, view }));
    }
    set({ view });
  };

  return { go, look };
}
