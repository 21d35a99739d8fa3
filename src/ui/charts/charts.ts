/** The registry of charts: the word for each in the names of its files, and its width on paper. */

/** One column of a journal's page, or both, in mm. */
const COLUMN = 85;
const PAGE = 180;

export const CHARTS = {
  curves: { mm: PAGE },
  overlay: { mm: PAGE },
  reliability: { mm: COLUMN },
  rates: { mm: COLUMN },
  sizes: { mm: COLUMN },
  splits: { mm: PAGE },
  confusion: { mm: PAGE },
  difference: { mm: PAGE },
} as const satisfies Record<string, { mm: number }>;

export type ChartName = keyof typeof CHARTS;
