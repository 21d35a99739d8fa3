/** Curves of several runs over one axis: steps, epochs or the time spent training. */
import type { CurvePoint } from '../../core/train/curve.ts';
import type { EpochRecord } from '../../core/train/run.ts';
import { smooth } from './smooth.ts';
import type { ChartTable } from './table.ts';
import { thin } from './thin.ts';

export type OverlayX = 'step' | 'epoch' | 'minutes';
export type OverlayMetric = 'loss' | 'accuracy' | 'balanced';

export type OverlayRun = { points: readonly CurvePoint[]; history: readonly EpochRecord[] };
export type Spot = { x: number; y: number };
/** `train` is empty for what is only known of validate. */
export type OverlayLines = { train: Spot[]; validate: Spot[] };

/** Two points per bucket are drawn. */
const BUCKETS = 160;

export function overlayLines(
  { points, history }: OverlayRun,
  x: OverlayX,
  metric: OverlayMetric,
  smoothing: number,
): OverlayLines {
  const along = axisOf({ points, history }, x);
  return {
    train: metric === 'balanced' ? [] : trainSpots(points, history, metric, smoothing, along),
    validate: spots(
      history.map((epoch) => [epoch.epoch, validated(epoch, metric)]),
      along,
    ),
  };
}

/** From epochs, which may be fractions, to the place on the axis; null where it is not known. */
function axisOf({ points, history }: OverlayRun, x: OverlayX): (epoch: number) => number | null {
  if (x === 'epoch') return (epoch) => epoch;
  if (x === 'step') {
    const last = points.at(-1);
    const each = last && last.epoch > 0 ? Math.round(last.step / last.epoch) : null;
    return (epoch) => (each === null ? null : epoch * each);
  }
  const ends = [0];
  for (const { seconds } of history) ends.push(ends[ends.length - 1] + seconds);
  return (epoch) => {
    if (history.length === 0) return null;
    const whole = Math.min(Math.floor(epoch), history.length);
    // Past the last whole epoch it goes on as fast as in it.
    const { seconds } = history[Math.min(whole, history.length - 1)];
    return (ends[whole] + (epoch - whole) * seconds) / 60;
  };
}

function trainSpots(
  points: readonly CurvePoint[],
  history: readonly EpochRecord[],
  metric: 'loss' | 'accuracy',
  smoothing: number,
  along: (epoch: number) => number | null,
): Spot[] {
  if (points.length === 0) {
    const of = metric === 'loss' ? 'trainLoss' : 'trainAccuracy';
    return spots(
      history.map((epoch) => [epoch.epoch, epoch[of]]),
      along,
    );
  }
  const values = points.map((point) => point[metric]);
  const smoothed = smooth(values, smoothing);
  return spots(
    thin(values, BUCKETS).map((i) => [points[i].epoch, smoothed[i]]),
    along,
  );
}

function validated(epoch: EpochRecord, metric: OverlayMetric): number | null {
  if (metric === 'loss') return epoch.validateLoss;
  return metric === 'accuracy' ? epoch.validateAccuracy : epoch.validateBalancedAccuracy;
}

function spots(
  values: readonly (readonly [epoch: number, value: number | null])[],
  along: (epoch: number) => number | null,
): Spot[] {
  return values.flatMap(([epoch, y]) => {
    const x = along(epoch);
    return x === null || y === null || !Number.isFinite(y) ? [] : [{ x, y }];
  });
}

/** Smallest and largest of all lines; null if there is nothing to draw. */
export function boundsOf(
  lines: readonly OverlayLines[],
): { x: [number, number]; y: [number, number] } | null {
  const all = lines.flatMap(({ train, validate }) => [...train, ...validate]);
  if (all.length === 0) return null;
  const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)];
  return { x: [Math.min(...xs), Math.max(...xs)], y: [Math.min(...ys), Math.max(...ys)] };
}

/**
 * Places of labels along an axis, moved apart where they would cover each other, in their order. null stays null.
 * @param range they stay within, as far as there is room
 */
export function apart(
  wanted: readonly (number | null)[],
  least: number,
  [from, to]: readonly [number, number],
): (number | null)[] {
  const order = wanted
    .map((at, i) => ({ at, i }))
    .filter((one): one is { at: number; i: number } => one.at !== null)
    .sort((a, b) => a.at - b.at || a.i - b.i);
  const places: (number | null)[] = wanted.map(() => null);
  let before = from - least;
  for (const { at, i } of order) {
    before = Math.max(at, before + least);
    places[i] = before;
  }
  // What was pushed out at the end is pushed back.
  let after = to + least;
  for (const { i } of order.toReversed()) {
    after = Math.min(places[i]!, after - least);
    places[i] = after;
  }
  return places;
}

/** Where the arrow keys stop: every x of validate, or of train where no run has been validated; run `i` has `yi`. */
export function stopsOf(lines: readonly OverlayLines[]): Record<string, number>[] {
  const isValidated = lines.some(({ validate }) => validate.length > 0);
  const stops = new Map<number, Record<string, number>>();
  for (const [i, { train, validate }] of lines.entries()) {
    for (const { x, y } of isValidated ? validate : train) {
      const stop = stops.get(x) ?? { x };
      stops.set(x, isValidated ? { ...stop, [`y${i}`]: y } : stop);
    }
  }
  return [...stops.values()].sort((a, b) => a.x - b.x);
}

/** Each run at a place: of train the last point before it, of validate what was measured just there. */
export function valuesAt(lines: readonly OverlayLines[], at: number) {
  return lines.map(({ train, validate }) => ({
    train: at > (train.at(-1)?.x ?? 0) ? null : (train.findLast(({ x }) => x <= at)?.y ?? null),
    validate: validate.find(({ x }) => x === at)?.y ?? null,
  }));
}

export function overlayTable(
  titles: readonly string[],
  lines: readonly OverlayLines[],
  xName: string,
): ChartTable {
  const rows = lines.flatMap(({ train, validate }, i) => {
    const of = (split: string, spots: readonly Spot[]) => spots.map(({ x, y }) => [titles[i], split, x, y]);
    return [...of('train, smoothed', train), ...of('validate', validate)];
  });
  return { head: ['run', 'split', xName, 'value'], rows };
}
