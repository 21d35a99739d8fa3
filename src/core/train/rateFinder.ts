/**
 * The learning rate range test (Smith 2017, Cyclical Learning Rates for Training Neural Networks, section 3.3): the loss while the
 * rate grows, smoothed and ended as fastai does.
 */

/** The rate grows by the same factor at each step, from the first to the last. */
export const RATES = { from: 1e-6, to: 1, steps: 100 } as const;

/** Weight of what came before in the smoothed loss. */
const BETA = 0.98;
/** The search ends when the smoothed loss is so many times its minimum. */
const DIVERGED = 4;
/** Of the first steps the smoothed loss is of too few, and the last ones belong to its rise: neither is a suggestion. */
const FIRST_SHARE = 0.1;
const LAST = 5;
/** Points on each side of the one whose slope is taken: between neighbours it is mostly noise. */
const REACH = 8;
/** A rate at the minimum is too large to train with. */
const BELOW_MINIMUM = 10;

export type RatePoint = { rate: number; loss: number; smoothed: number };

/** null: the loss falls nowhere, or there are too few points. */
export type RateSuggestions = {
  /** Where the smoothed loss falls fastest over the logarithm of the rate. */
  steepest: number;
  /** A tenth of the rate at which it is lowest. */
  minimum: number;
} | null;

/** @param step from 0 */
export function rateAt(step: number): number {
  const { from, to, steps } = RATES;
  return from * (to / from) ** (step / (steps - 1));
}

/** With the next loss: an exponential mean without the bias of its beginning. */
export function withLoss(points: readonly RatePoint[], rate: number, loss: number): RatePoint[] {
  const before = points.length;
  const sum = (points.at(-1)?.smoothed ?? 0) * (1 - BETA ** before);
  const smoothed = (BETA * sum + (1 - BETA) * loss) / (1 - BETA ** (before + 1));
  return [...points, { rate, loss, smoothed }];
}

export function isDiverged(points: readonly RatePoint[]): boolean {
  const last = points.at(-1);
  if (!last) return false;
  const least = points.reduce((low, { smoothed }) => Math.min(low, smoothed), Number.POSITIVE_INFINITY);
  return !(last.smoothed <= DIVERGED * least);
}

export function suggestRates(points: readonly RatePoint[]): RateSuggestions {
  const read = points.slice(Math.floor(RATES.steps * FIRST_SHARE), -LAST);
  const slopes = read.slice(REACH, -REACH).map((_, i) => slope(read.slice(i, i + 2 * REACH + 1)));
  if (slopes.length === 0) return null;
  const at = lowest(slopes);
  if (!(slopes[at] < 0)) return null;
  const minimum = read[lowest(read.map(({ smoothed }) => smoothed))].rate / BELOW_MINIMUM;
  return { steepest: read[at + REACH].rate, minimum };
}

/** Of the line of least squares, over the logarithm of the rate. */
function slope(points: readonly RatePoint[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = points.map(({ rate }) => Math.log(rate));
  const [mx, my] = [mean(x), mean(points.map(({ smoothed }) => smoothed))];
  const dx = x.map((value) => value - mx);
  const product = dx.reduce((sum, value, i) => sum + value * (points[i].smoothed - my), 0);
  return product / dx.reduce((sum, value) => sum + value * value, 0);
}

/** The first of equal ones. */
function lowest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value < values[best] ? i : best), 0);
}
