/** Moves between addresses: the state and the browser's history change together. */

import type { Context } from './context.ts';
import { formatRoute, type Page, parseRoute, type View } from './route.ts';

export type NavigationActions = {
  /** To another address; Back returns. */
  go(page: Page, detail?: string | null, view?: View): void;
  /**
   * Changes what is selected or open on this page; undefined takes a key out. `open`: Back closes it again; `close`:
   * as Back would; `stay`: the same step of the history.
   */
  look(view: { [Key in keyof View]: View[Key] | undefined }, how?: 'open' | 'close' | 'stay'): void;
};

/** Of a history entry that something was opened in: closing it is a step back. */
type Entry = { opened: true } | null;

type Browser = Pick<Window, 'history' | 'location' | 'addEventListener'>;

/** Browsers refuse some hundred changes of the address in a few seconds; a key held down makes more. */
const SETTLE_MS = 200;

/** `browser` is the window, or in tests what stands in for it. */
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
  /** The entry that is left says what was shown last. */
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
    // The same address again is no step that Back should undo.
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
