/** The stored points of a run's curve: the same in the worker, on the page and in the database. */

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

/** Above this number every other point is dropped. */
export const MOST_POINTS = 2000;

/** Adds a point. Charts thin the points again to their width (ui/charts/thin.ts). */
export function addPoint(points: readonly CurvePoint[], point: CurvePoint): CurvePoint[] {
  const added = [...points, point];
  return added.length <= MOST_POINTS ? added : added.filter((_, i) => i % 2 === 1);
}

/** The points up to the step from which a training resumes. */
export function rewind(points: readonly CurvePoint[], step: number): CurvePoint[] {
  const ahead = points.findIndex((point) => point.step > step);
  return points.slice(0, ahead < 0 ? points.length : ahead);
}
