/** The registry of charts: the word for each in the names of its files, and its width on paper. */

/** One column of a journal's page, or both, in mm. */
const COLUMN = 85;

export const CHARTS = {
  reliability: { mm: COLUMN },
  rates: { mm: COLUMN },
  sizes: { mm: COLUMN },
} as const satisfies Record<string, { mm: number }>;

export type ChartName = keyof typeof CHARTS;
