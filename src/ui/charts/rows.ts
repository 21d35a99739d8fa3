/** A run's points and epochs as the rows both charts draw. */
import type { CurvePoint, EpochRecord } from '../../core/protocol.ts';
import { smooth } from './smooth.ts';
import { thin } from './thin.ts';

/** One x of the charts; a line skips the rows that lack its value. */
export type Row = {
  /** Epochs, fractional. */
  x: number;
  loss?: number;
  lossSmooth?: number;
  accuracy?: number;
  accuracySmooth?: number;
  validateLoss?: number;
  validateAccuracy?: number;
};

/** At about 900 pixels of width, more cannot be seen. */
const BUCKETS = 240;

export function toRows(
  points: readonly CurvePoint[],
  history: readonly EpochRecord[],
  smoothing: number,
): Row[] {
  const train = points.length > 0 ? fromPoints(points, smoothing) : fromEpochs(history);
  const validate: Row[] = history.flatMap(({ epoch, validateLoss, validateAccuracy }) =>
    validateLoss === null || validateAccuracy === null ? [] : [{ x: epoch, validateLoss, validateAccuracy }],
  );
  return [...train, ...validate].sort((a, b) => a.x - b.x);
}

function fromPoints(points: readonly CurvePoint[], smoothing: number): Row[] {
  const loss = points.map((point) => point.loss);
  const accuracy = points.map((point) => point.accuracy);
  const lossSmooth = smooth(loss, smoothing);
  const accuracySmooth = smooth(accuracy, smoothing);
  return thin(loss, BUCKETS).map((i) => ({
    x: points[i].epoch,
    loss: loss[i],
    lossSmooth: lossSmooth[i],
    accuracy: accuracy[i],
    accuracySmooth: accuracySmooth[i],
  }));
}

/** Runs of an earlier visit have no points here, but one record an epoch. */
function fromEpochs(history: readonly EpochRecord[]): Row[] {
  return history.map(({ epoch, trainLoss, trainAccuracy }) => ({
    x: epoch,
    lossSmooth: trainLoss,
    accuracySmooth: trainAccuracy,
  }));
}
