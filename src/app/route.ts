/**
 * The address of the current view: `#/page`, `#/page/detail`, `#/page/detail?key=value&…`, so that Back, reload and a
 * bookmark work. It contains only ids, numbers and our own words: a browser keeps addresses.
 */

/** The pages by name in the address, and whether a run's id may follow. */
const PAGES = {
  data: { run: false },
  label: { run: false },
  train: { run: true },
  results: { run: true },
  classify: { run: true },
  lessons: { run: false },
  settings: { run: false },
} as const;

export type Page = keyof typeof PAGES;

/** The keys of an address after its page; each value is checked where it is used. */
const KEYS = {
  /** Id of the selected dataset. */
  dataset: true,
  /** The open list of the last drop's files. */
  files: true,
  /** Kind by which its slices are filtered; in results, `wrong`. */
  only: true,
  /** Index, from 0, of the open slice in its list. */
  slice: true,
  /** Open panel of the slice: why a model answers as it does, how it sees, or the header of its file. */
  side: true,
  /** The split whose results are shown. */
  split: true,
  /** Open confusion cell: TRUE-PREDICTED. */
  cell: true,
  /** Open row, from 0, of the accuracy per dataset. */
  row: true,
  /** Key of the open classified series: a keyed hash and a Modality. On Label, with the id of its dataset before it. */
  series: true,
  /** Label and Classify: `one` for a large picture; Classify and the slices behind a figure: `grid`. */
  as: true,
  /** Label and Classify: index, from 0, of the current item of the queue. */
  item: true,
  /** Label: id of the run whose slices, behind one of its figures, are the queue. */
  of: true,
  /** Label, filters: id of a class, `none`, or `mixed`; source; image type; format; what is special. */
  label: true,
  source: true,
  kind: true,
  format: true,
  show: true,
  /** Label, filters: class that a model says, and its probability in whole per cent. */
  predicted: true,
  from: true,
  to: true,
  /** Label: the order of the queue. */
  order: true,
  /** Data: `series` for the selected dataset's series instead of its slices. */
  list: true,
  /** Results: `series` for figures by series, and the facet of the table of accuracies. */
  unit: true,
  facet: true,
  /** The alteration of the slices for the shown results. */
  altered: true,
  /** Whether the choices of a practice project are open. */
  practice: true,
  /** Data: whether a proposal of splits is open. */
  propose: true,
  /** Data: whether the caps are open. */
  caps: true,
  /** Data: whether the splits are shown by class and location. */
  heat: true,
  /** Data: whether the datasets as a table file, or the paper's appendix, are open. */
  table: true,
  /** Data: whether the findings of the leak guard are open. */
  guard: true,
  /** Lesson and step shown beside the page; they stay across pages. */
  lesson: true,
} as const;

export type View = { readonly [Key in keyof typeof KEYS]?: string };

export type Route = {
  page: Page;
  detail: string | null;
  view: View;
  /** false: the address names no page. */
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

/** An integer from an address, or null. */
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
