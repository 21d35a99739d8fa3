/** Resamples of clusters: seeded, so that the same predictions have the same intervals everywhere. */
import { hash32 } from '../random.ts';
import type { Interval } from './interval.ts';

export const RESAMPLES = 2000;
/** Percentiles of fewer clusters are too narrow: figures of fewer have Wilson's interval, or none. */
export const LEAST_CLUSTERS = 10;
/** Of less than this share of the resamples a figure's percentiles say little: it is often undefined. */
const LEAST_DEFINED = 0.5;
const SEED = 2023;

/** How often each of `times.length` clusters is in a resample: as many are drawn as there are, with replacement. */
export function draw(times: Uint16Array, resample: number): void {
  const clusters = times.length;
  times.fill(0);
  for (let drawn = 0; drawn < clusters; drawn++) {
    times[Math.floor((hash32(SEED, resample, drawn) / 2 ** 32) * clusters)]++;
  }
}

/** The 2.5 % and 97.5 % percentiles, linear between values (Hyndman and Fan 1996, type 7). @param values NaN: undefined */
export function percentiles(values: Float64Array): Interval | null {
  const defined = values.filter((value) => !Number.isNaN(value)).sort();
  if (defined.length === 0 || defined.length < LEAST_DEFINED * values.length) return null;
  const at = (share: number) => {
    const place = share * (defined.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, defined.length - 1);
    return defined[below] + (place - below) * (defined[above] - defined[below]);
  };
  return { low: at(0.025), high: at(0.975) };
}
