/** When a picture is called unknown: stranger to the model than nearly all held-out pictures of its classes. */

/** Quantiles are kept at 0 %, 1 %, … 100 %. */
const PERCENTS = 100;
/** Share of the known pictures that keep their verdict, where the user says nothing else. */
export const COVERAGE = 0.95;

/** How strange held-out pictures of known classes are to a model, as quantiles: 101 numbers each, ascending. */
export type UnknownRule = { slices: number[]; series: number[] };

/** Larger is stranger. @throws RangeError without numbers */
export function quantilesOf(strangeness: ArrayLike<number>): number[] {
  if (strangeness.length === 0) throw new RangeError('no quantiles of nothing');
  const sorted = Float64Array.from(strangeness).sort();
  return Array.from({ length: PERCENTS + 1 }, (_, percent) => between(sorted, percent / PERCENTS));
}

/**
 * What is stranger than this is unknown.
 * @param quantiles as of `quantilesOf`
 * @param coverage share of the known that are not, 0 to 1
 */
export function thresholdOf(quantiles: ArrayLike<number>, coverage: number = COVERAGE): number {
  return between(quantiles, coverage);
}

/** The share of the known that are at most so strange. */
export function coverageAt(quantiles: readonly number[], strangeness: number): number {
  const above = quantiles.findIndex((value) => value > strangeness);
  return above < 0 ? 1 : Math.max(0, above - 1) / PERCENTS;
}

/** How strange a series is: the median of its slices, so that a few captures inside it do not decide. */
export function seriesStrangeness(slices: ArrayLike<number>): number {
  return between(Float64Array.from(slices).sort(), 0.5);
}

/** For what comes from a file. */
export function isUnknownRule(value: unknown): value is UnknownRule {
  if (typeof value !== 'object' || value === null) return false;
  const { slices, series } = value as Record<string, unknown>;
  return isQuantiles(slices) && isQuantiles(series);
}

function isQuantiles(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === PERCENTS + 1 &&
    value.every((one, i) => Number.isFinite(one) && (i === 0 || one >= value[i - 1]))
  );
}

/** Linear between the neighbours of a share of an ascending list. */
function between(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
