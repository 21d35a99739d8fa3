/** When a picture is called unknown: stranger to the model than nearly all held-out pictures of its classes. */

/** Quantiles are kept at 0 %, 1 %, … 100 %. */
const PERCENTS = 100;
/** Share of the known pictures that keep their verdict, where the user says nothing else. */
export const COVERAGE = 0.95;

/** How strange a picture in colours is to a model of pictures that have none; beyond all others. */
export const COLOURFUL = 100;

/** How strange held-out pictures of known classes are to a model, as quantiles: 101 numbers each, ascending. */
export type UnknownRule = { slices: number[]; series: number[] };

/**
 * Larger is stranger.
 * @param weights how much each counts, by default all alike: then quantiles lie between two pictures as NumPy's do
 * @throws RangeError without numbers
 */
export function quantilesOf(strangeness: ArrayLike<number>, weights?: ArrayLike<number>): number[] {
  const order = Array.from(strangeness, (_, i) => i).sort((a, b) => strangeness[a] - strangeness[b]);
  if (order.length === 0) throw new RangeError('no quantiles of nothing');
  const weightAt = (i: number) => weights?.[order[i]] ?? 1;
  // Each picture stands in the middle of its share; the first and the last reach to the ends.
  const places = [0];
  for (let i = 1; i < order.length; i++) places.push(places[i - 1] + (weightAt(i - 1) + weightAt(i)) / 2);
  const whole = places.at(-1)!;
  let above = 1;
  return Array.from({ length: PERCENTS + 1 }, (_, percent) => {
    const wanted = (whole * percent) / PERCENTS;
    while (above < order.length - 1 && places[above] < wanted) above++;
    const [low, high] = [strangeness[order[above - 1]], strangeness[order[above] ?? order[above - 1]]];
    const span = places[above] - places[above - 1];
    const share = span > 0 ? Math.min(1, (wanted - places[above - 1]) / span) : 0;
    return low + share * (high - low);
  });
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

/** Quantiles between which the tail is measured, and the shares of the known beyond them. */
const TAIL = [75, 99] as const;
const TAIL_FALL = Math.log((PERCENTS - TAIL[0]) / (PERCENTS - TAIL[1]));

/**
 * The log odds that a picture is of no class by its strangeness alone: 0 at the threshold. Beyond it the known get rarer by a
 * constant factor a step, as the largest values of nearly all distributions do (Pickands 1975); pictures of no class are taken to
 * be of any strangeness alike.
 * @param quantiles as of `quantilesOf`
 */
export function noneLogOdds(
  quantiles: ArrayLike<number>,
  strangeness: number,
  coverage: number = COVERAGE,
): number {
  const span = quantiles[TAIL[1]] - quantiles[TAIL[0]];
  const steepness = TAIL_FALL / Math.max(span, 1e-9);
  return steepness * (strangeness - thresholdOf(quantiles, coverage));
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
