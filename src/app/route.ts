/** The page's address: `#/page` or `#/page/detail`, so that back and reload work. */
import type { Page } from './state.ts';

const PAGES: readonly Page[] = ['data', 'train', 'results', 'classify', 'settings'];

export type Route = { page: Page; detail: string | null };

export function parseRoute(hash: string): Route {
  const [page, detail] = hash.replace(/^#\/?/, '').split('/');
  const known = PAGES.find((name) => name === page);
  return known ? { page: known, detail: detail || null } : { page: 'data', detail: null };
}

export function formatRoute({ page, detail }: Route): string {
  return detail ? `#/${page}/${detail}` : `#/${page}`;
}
