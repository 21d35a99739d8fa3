/**
 * The address of what is shown: `#/page`, `#/page/detail`, `#/page/detail?key=value&…`, so that Back, reload and a
 * bookmark work. Only ids, numbers and our own words stand in it: a browser keeps addresses.
 */

/** The pages by their names in an address, and whether a run's id can follow. */
const PAGES = {
  data: { run: false },
  train: { run: true },
  results: { run: true },
  classify: { run: true },
  lessons: { run: false },
  settings: { run: false },
} as const;

export type Page = keyof typeof PAGES;

/** What an address can say beyond its page; each is checked where it is used. */
const KEYS = {
  /** Id of the dataset looked at. */
  dataset: true,
  /** Which list of the last drop's files is open. */
  files: true,
  /** Kind that its slices are narrowed to; in results, `wrong`. */
  only: true,
  /** Place, from 0, of the slice that is open in the list it was opened from. */
  slice: true,
  /** Side of the slice that is open: why a model answers as it does, or how it sees. */
  side: true,
  /** Whose results are shown. */
  split: true,
  /** Confusion cell that is open: TRUE-PREDICTED. */
  cell: true,
  /** Row, from 0, of the accuracy per dataset that is open. */
  row: true,
  /** Key of the classified series that is open: a keyed hash and a Modality. */
  series: true,
  /** How slices were altered for the results that are shown. */
  altered: true,
  /** The choices of a practice project are open. */
  practice: true,
  /** Lesson and step that stand beside the page; they stay from page to page. */
  lesson: true,
} as const;

export type View = { readonly [Key in keyof typeof KEYS]?: string };

export type Route = {
  page: Page;
  detail: string | null;
  view: View;
  /** False: the address names no page. */
  known: boolean;
};

const LONGEST = 200;

export function parseRoute(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page, detail = '', ...rest] = path.split('/');
  if (path === '') return { page: 'data', detail: null, view: {}, known: true };
  if (!isPage(page) || rest.length > 0 || (detail !== '' && !PAGES[page].run)) {
    return { page: 'data', detail: null, view: {}, known: false };
  }
  const view: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(query)) {
    if (Object.hasOwn(KEYS, key) && value !== '' && value.length <= LONGEST) view[key] = value;
  }
  return { page, detail: decoded(detail), view, known: true };
}

export function formatRoute({ page, detail, view }: Omit<Route, 'known'>): string {
  const query = new URLSearchParams(
    Object.entries(view).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();
  const path = detail ? `#/${page}/${encodeURIComponent(detail)}` : `#/${page}`;
  return query ? `${path}?${query}` : path;
}

/** A whole number of an address, or null. */
export function placeIn(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function isPage(name: string): name is Page {
  return Object.hasOwn(PAGES, name);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text) || null;
  } catch {
    return text;
  }
}
