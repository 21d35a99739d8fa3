/** Formats a metric of an evaluation for pages. */
import {
  figureOf,
  OVERALL_METRICS,
  type OverallMetric,
  type SplitEvaluation,
} from '../core/evaluate/evaluation.ts';
import { METRICS } from '../core/evaluate/metrics/index.ts';
import type { Metric } from '../core/evaluate/metrics/metric.ts';
import { loss, percent } from './format.ts';

export function metricText(evaluation: SplitEvaluation, name: OverallMetric): string {
  const value = figureOf(evaluation, name);
  return value === null ? '–' : metricFormat(name)(value);
}

export function metricFormat(name: OverallMetric): (value: number) => string {
  return METRICS[name].format === 'percent' ? percent : loss;
}

/** The metrics of a part of the Results page, in registry order. */
export function metricsShown(where: Metric['shown'][number]): OverallMetric[] {
  return OVERALL_METRICS.filter((name) => (METRICS[name] as Metric).shown.includes(where));
}
