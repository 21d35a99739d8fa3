/** The interval of a share of slices, such as the accuracy on one dataset, from its clusters. */
import type { Clusters } from './clusters.ts';
import { type FigureInterval, wilsonOf } from './interval.ts';
import { draw, LEAST_CLUSTERS, percentiles, RESAMPLES } from './resample.ts';

/**
 * The percentiles of the share in resamples of its clusters. Wilson's over the clusters where they are few, or where all
 * resamples have the same share, as where every slice is right. null without slices.
 * @param counts by slice: 1 if it counts towards the share
 */
export function shareInterval(clusters: Clusters, counts: ArrayLike<number>): FigureInterval | null {
  const { by, of, count } = clusters;
  const [part, whole] = [new Float64Array(count), new Float64Array(count)];
  let sum = 0;
  for (let i = 0; i < of.length; i++) {
    whole[of[i]]++;
    part[of[i]] += counts[i];
    sum += counts[i];
  }
  const share = sum / of.length;
  const isConstant = sum === 0 || sum === of.length;
  const found = count < LEAST_CLUSTERS || isConstant ? null : bootstrap(part, whole);
  if (!found || found.low === found.high) return wilsonOf(share, by, count);
  return { ...found, method: 'bootstrap', by, clusters: count, resamples: RESAMPLES };
}

function bootstrap(part: Float64Array, whole: Float64Array) {
  const times = new Uint16Array(part.length);
  const shares = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    draw(times, resample);
    let [parts, all] = [0, 0];
    for (let cluster = 0; cluster < times.length; cluster++) {
      parts += times[cluster] * part[cluster];
      all += times[cluster] * whole[cluster];
    }
    shares[resample] = parts / all;
  }
  return percentiles(shares);
}
