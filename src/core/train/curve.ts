/** The points of a run's curve, as they are kept: the same in the worker, on the page and in the database. */

/** A point on the live curve: means over the steps since the previous point. */
export type CurvePoint = {
  step: number;
  /** Fractional epoch, e.g. 1.25. */
  epoch: number;
  loss: number;
  accuracy: number;
  learningRate: number;
  imagesPerSecond: number;
  /** Share of wall time the step waited for data, 0–1. */
  dataWait: number;
  secondsLeft: number;
};

/** Beyond it every other point goes. */
export const MOST_POINTS = 2000;

/** The points with one more. What is drawn of them is thinned once more, for the width of a chart (ui/charts/thin.ts). */
export function addPoint(points: readonly CurvePoint[], point: CurvePoint): CurvePoint[] {
  const added = [...points, point];
  return added.length <= MOST_POINTS ? added : added.filter((_, i) => i % 2 === 1);
}

/** The points without what came after the step that a training goes on from. */
export function rewind(points: readonly CurvePoint[], step: number): CurvePoint[] {
  const ahead = points.findIndex((point) => point.step > step);
  return points.slice(0, ahead < 0 ? points.length : ahead);
}
