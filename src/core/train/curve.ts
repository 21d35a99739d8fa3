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

/** Adds a point in place, so that whoever draws the array sees it grow. */
export function addPoint(points: CurvePoint[], point: CurvePoint): void {
  points.push(point);
  if (points.length <= MOST_POINTS) return;
  const kept = points.filter((_, i) => i % 2 === 1);
  points.splice(0, points.length, ...kept);
}

/** Takes back, in place, what came after the step that a training goes on from. */
export function rewind(points: CurvePoint[], step: number): void {
  const ahead = points.findIndex((point) => point.step > step);
  if (ahead >= 0) points.splice(ahead);
}
