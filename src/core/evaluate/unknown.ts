/** When a picture is called unknown: stranger to the model than nearly all held-out pictures of its classes. */

/** Quantiles are kept at 0 %, 1 %, … 100 %. */
const PERCENTS = 100;
/** Share of the known pictures that keep their verdict, where the user says nothing else. */
export const COVERAGE = 0.95;

/** How strange a picture in colours is to a model of pictures that have none; beyond all others. */
export const COLOURFUL = 100;

/** How strange held-out pictures of known classes are to a model, as quantiles: 101 numbers each, ascending. */
export type UnknownRule = {
  slices: number[];
  series: number[];
  /** By how much the log odds of none grow with strangeness (`steepnessOf`). Absent: the known ones' own tail says it. */
  steepness?: number;
};

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
 * The log odds that a series is of no class by its strangeness alone: 0 at the threshold. Without made-up pictures to tell,
 * the known get rarer beyond it by a constant factor a step, as the largest values of nearly all distributions do (Pickands
 * 1975), and pictures of no class are taken to be of any strangeness alike.
 */
export function noneLogOdds(
  { series, steepness }: UnknownRule,
  strangeness: number,
  coverage: number = COVERAGE,
): number {
  const tail = TAIL_FALL / Math.max(series[TAIL[1]] - series[TAIL[0]], 1e-9);
  return (steepness ?? tail) * (strangeness - thresholdOf(series, coverage));
}

/** Steeper would be a certainty that few held-out series cannot give. */
const STEEPEST = 10;
const NEWTON_STEPS = 50;

/**
 * The slope of a logistic regression of "none" by strangeness, known series and strangers weighing the same; null if strangers
 * are not the stranger ones.
 * @param known quantiles, as of `quantilesOf`
 * @param strangers how strange pictures of no class are that the model has not learned from
 */
export function steepnessOf(known: ArrayLike<number>, strangers: ArrayLike<number>): number | null {
  let [shift, slope] = [0, 0];
  for (let step = 0; step < NEWTON_STEPS; step++) {
    // The gradient and the second derivatives; a weak pull of the slope to 0 where the two do not overlap.
    let [g0, g1, h00, h01, h11] = [0, -1e-4 * slope, 1e-9, 0, 1e-4];
    for (const [values, none] of [
      [known, 0],
      [strangers, 1],
    ] as const)
      for (let i = 0; i < values.length; i++) {
        const p = 1 / (1 + Math.exp(-(shift + slope * values[i])));
        const [off, curve] = [(none - p) / values.length, (p * (1 - p)) / values.length];
        g0 += off;
        g1 += off * values[i];
        h00 += curve;
        h01 += curve * values[i];
        h11 += curve * values[i] ** 2;
      }
    const determinant = h00 * h11 - h01 * h01;
    shift += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  return slope > 0 ? Math.min(STEEPEST, slope) : null;
}

/** How strange a series is: the median of its slices, so that a few captures inside it do not decide. */
export function seriesStrangeness(slices: ArrayLike<number>): number {
  return between(Float64Array.from(slices).sort(), 0.5);
}

/** For what comes from a file. */
export function isUnknownRule(value: unknown): value is UnknownRule {
  if (typeof value !== 'object' || value === null) return false;
  const { slices, series, steepness } = value as Record<string, unknown>;
  const isSlope = typeof steepness === 'number' && steepness > 0 && steepness <= STEEPEST;
  return isQuantiles(slices) && isQuantiles(series) && (steepness === undefined || isSlope);
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
