/** The words for intervals in a report: how each was made, short for a table and as a sentence below it. */
import type { FigureInterval } from '../../evaluate/interval.ts';
import { counted, listed, whole } from '../html.ts';

/** “bootstrap, 22 patients”, “Wilson, 4 series”. */
export function methodShort({ method, by, clusters }: FigureInterval): string {
  return `${method === 'wilson' ? 'Wilson' : method}, ${counted(clusters, by, by === 'series' ? by : `${by}s`)}`;
}

/** One for each method among some intervals. */
export function methodSentences(intervals: readonly FigureInterval[]): string[] {
  const of = (method: FigureInterval['method']) => intervals.filter((one) => one.method === method);
  const units = (found: readonly FigureInterval[]) =>
    listed([...new Set(found.map(({ by }) => (by === 'series' ? by : `${by}s`)))].sort());
  const resampled = of('bootstrap');
  const clustered = of('wilson').filter(({ by }) => by !== 'slice');
  const plain = of('wilson').filter(({ by }) => by === 'slice');
  const most = Math.max(...resampled.map(({ resamples = 0 }) => resamples));
  return [
    ...(resampled.length > 0
      ? [
          `Bootstrap: 95 % interval from the percentiles of the figure in ${whole(most)} resamples of ${units(resampled)}, since slices of one are not independent (Davison and Hinkley 1997).`,
        ]
      : []),
    ...(clustered.length > 0
      ? [
          `Wilson: 95 % score interval (Wilson 1927) with ${units(clustered)} as the observations, where there are too few for a bootstrap, or all of them agree.`,
        ]
      : []),
    ...(plain.length > 0
      ? [
          'Wilson by slices: 95 % score interval as if slices were independent. Slices of one patient are not, so the true interval is wider.',
        ]
      : []),
  ];
}

/** Of several runs with other seeds: the mean of both ends. */
export function meanInterval(intervals: readonly (FigureInterval | null)[]): FigureInterval | null {
  const known = intervals.filter((one) => one !== null);
  if (known.length === 0) return null;
  const mean = (of: (one: FigureInterval) => number) =>
    known.reduce((sum, one) => sum + of(one), 0) / known.length;
  return { ...known[0], low: mean(({ low }) => low), high: mean(({ high }) => high) };
}

/** Those that are there. */
export function present(intervals: readonly (FigureInterval | null | undefined)[]): FigureInterval[] {
  return intervals.filter((one): one is FigureInterval => one !== null && one !== undefined);
}
