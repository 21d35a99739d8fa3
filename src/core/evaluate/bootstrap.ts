/**
 * 95 % intervals of every metric of a split: the percentiles of the figure in resamples of its patients, or of its series
 * (Davison and Hinkley 1997, "Bootstrap Methods and their Application", sections 3.8 and 5.3).
 *
 * A resample adds up the confusion matrices of its clusters, not its slices. A metric of the probabilities goes through all n
 * slices for each class: that is most of the time, about 15 ns × n × classes a resample. 10,000 slices of four classes take
 * 1.3 s of one core, 100,000 take 6 s: beyond WORK there are fewer resamples of these metrics, LEAST_RESAMPLES at least.
 */
import { addCluster, addUp, type ClusterCounts, clear, clusterCounts } from './clusterCounts.ts';
import { type Clusters, clustersOf, type Subjects } from './clusters.ts';
import { type Confusion, confusion, type Predictions } from './confusion.ts';
import type { SplitIntervals } from './evaluation.ts';
import { type FigureInterval, wilsonOf } from './interval.ts';
import { sum } from './metrics/arithmetic.ts';
import { METRICS } from './metrics/index.ts';
import type { Metric, Weights } from './metrics/metric.ts';
import { draw, LEAST_CLUSTERS, percentiles, RESAMPLES } from './resample.ts';

/** Slices × classes × resamples. */
const WORK = 4e8;
const LEAST_RESAMPLES = 200;
/** Slices × classes × resamples between two steps, where the caller may do something else: about 10 ms. */
const STEP = 2e6;

/** The figure of a resample, once or for each class. */
type Measure = {
  name: string;
  values: Float64Array[];
  figure: (counts: Confusion, weights: Weights) => readonly (number | null)[];
};

/** In steps; all of them take seconds at most. */
export function* splitIntervals(
  predictions: Predictions,
  subjects: Subjects,
): Generator<undefined, SplitIntervals> {
  const clusters = clustersOf(subjects);
  const counts = clusterCounts(predictions, clusters);
  const values = clusters.count < LEAST_CLUSTERS ? null : yield* resampled(predictions, clusters, counts);
  const whole = confusion(predictions);
  const ofClass = clustersWith(counts, (matrix) => matrix.map(sum));
  const metrics: Record<string, FigureInterval | null> = {};
  const perClass: Record<string, (FigureInterval | null)[]> = {};
  for (const [name, metric] of Object.entries<Metric>(METRICS)) {
    const shares = metric.from === 'confusion' ? metric.shares : undefined;
    const behind = shares
      ? clustersWith(counts, (matrix) => shares(matrix).map(([, n]) => n))
      : metric.kind === 'class'
        ? ofClass
        : [clusters.count];
    const intervals = behind.map((n, k): FigureInterval | null => {
      const resampledTo = n < LEAST_CLUSTERS ? undefined : values?.get(name)?.[k];
      const interval = resampledTo ? percentiles(resampledTo) : null;
      if (resampledTo && interval && interval.low < interval.high) {
        const { by } = clusters;
        return { ...interval, method: 'bootstrap', by, clusters: n, resamples: resampledTo.length };
      }
      if (!shares || n === 0) return null;
      const [part, all] = shares(whole)[k];
      return wilsonOf(part / all, clusters.by, n);
    });
    if (metric.kind === 'overall') metrics[name] = intervals[0];
    else perClass[name] = intervals;
  }
  return { metrics, perClass };
}

/** By metric: its value in each resample, once or for each class; NaN where it has none. */
function* resampled(
  predictions: Predictions,
  { of, count }: Clusters,
  counts: ClusterCounts,
): Generator<undefined, ReadonlyMap<string, readonly Float64Array[]>> {
  const fewer = Math.floor(WORK / (predictions.truth.length * predictions.classes));
  const weighed = Math.min(RESAMPLES, Math.max(LEAST_RESAMPLES, fewer));
  const measures = measuresOf(predictions, weighed);
  const perStep = Math.max(1, Math.floor(STEP / (predictions.truth.length * predictions.classes + 1e5)));
  const matrix = emptyMatrix(predictions.classes);
  const times = new Uint16Array(count);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    draw(times, resample);
    addUp(counts, times, matrix);
    // An array of their own for each resample, by which metrics that share a part know that they may share it.
    const weights = new Uint16Array(resample < weighed ? of.length : 0);
    for (let i = 0; i < weights.length; i++) weights[i] = times[of[i]];
    for (const { values, figure } of measures) {
      if (resample >= values[0].length) continue;
      figure(matrix, weights).forEach((value, k) => {
        values[k][resample] = value ?? Number.NaN;
      });
    }
    if (resample % perStep === perStep - 1) yield;
  }
  return new Map(measures.map(({ name, values }) => [name, values]));
}

/** @param weighed resamples of the metrics that are made from the probabilities */
function measuresOf(predictions: Predictions, weighed: number): Measure[] {
  return Object.entries<Metric>(METRICS).map(([name, metric]) => {
    const resamples = metric.from === 'confusion' ? RESAMPLES : weighed;
    const length = metric.kind === 'class' ? predictions.classes : 1;
    const values = Array.from({ length }, () => new Float64Array(resamples));
    if (metric.from === 'confusion') {
      return { name, values, figure: (counts) => listed(metric.compute(counts)) };
    }
    const of =
      metric.weighted?.(predictions) ?? ((weights) => metric.compute(repeated(predictions, weights)));
    return { name, values, figure: (_, weights) => listed(of(weights)) };
  });
}

/** For each of some counts: the clusters of which it is not zero. */
function clustersWith(
  counts: ClusterCounts,
  of: (matrix: Confusion) => readonly number[],
): readonly number[] {
  const matrix = emptyMatrix(counts.classes);
  const found = of(matrix).map(() => 0);
  for (let cluster = 0; cluster < counts.start.length - 1; cluster++) {
    clear(matrix);
    addCluster(counts, cluster, 1, matrix);
    of(matrix).forEach((n, k) => {
      if (n > 0) found[k]++;
    });
  }
  return found;
}

/** The predictions with each slice as often as it is weighted. */
function repeated({ classes, truth, probabilities }: Predictions, weights: Weights): Predictions {
  const slices = Array.from(weights, (times, i) => new Array<number>(times).fill(i)).flat();
  const taken = new Float32Array(slices.length * classes);
  slices.forEach((i, at) => {
    taken.set(probabilities.subarray(i * classes, (i + 1) * classes), at * classes);
  });
  return { classes, truth: Uint8Array.from(slices, (i) => truth[i]), probabilities: taken };
}

function emptyMatrix(classes: number): Confusion {
  return Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
}

function listed(figure: number | null | (number | null)[]): readonly (number | null)[] {
  return Array.isArray(figure) ? figure : [figure];
}
