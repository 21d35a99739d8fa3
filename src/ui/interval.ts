/** Intervals in words and numbers. */
import type { FigureInterval } from '../core/evaluate/interval.ts';
import type { Metric } from '../core/evaluate/metrics/metric.ts';
import { count, loss, percent, plural, tenths } from './format.ts';

/** "91.2–95.4 %", "0.81–0.93". */
export function intervalText({ low, high }: FigureInterval, format: Metric['format'] = 'percent'): string {
  return format === 'percent' ? `${tenths(low)}–${percent(high)}` : `${loss(low)}–${loss(high)}`;
}

/** "by 40 patients": what is taken as independent. */
export function clustersText({ by, clusters }: FigureInterval): string {
  const many = { patient: 'patients', series: 'series', slice: 'slices' }[by];
  return `by ${plural(clusters, by, many)}`;
}

/** How it was made, for a tooltip. */
export function intervalTitle(interval: FigureInterval): string {
  const { method, by, resamples } = interval;
  if (by === 'slice') {
    return '95 % interval (Wilson), as if slices were independent; those of one patient are not, so the real interval is wider';
  }
  const clusters = clustersText(interval).slice(3);
  return method === 'bootstrap'
    ? `95 % interval: the percentiles of ${count(resamples ?? 0)} resamples of ${clusters}`
    : `95 % interval (Wilson), with ${clusters} as one observation each: they are few, or all slices are right, or all wrong`;
}
