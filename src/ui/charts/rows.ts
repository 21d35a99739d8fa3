/** A run's points and epochs as rows for both charts. */
import type { CurvePoint } from '../../core/train/curve.ts';
import type { EpochRecord } from '../../core/train/run.ts';
import { smooth } from './smooth.ts';
import type { ChartTable } from './table.ts';
import { thin } from './thin.ts';

/** One x of the train lines; epochs without stored points have no raw values. */
export type TrainRow = {
  /** Epochs, fractional. */
  x: number;
  loss?: number;
  lossSmooth: number;
  accuracy?: number;
  accuracySmooth: number;
};

/** One epoch of the validate line. */
export type ValidateRow = { x: number; loss: number; accuracy: number };

/** Two points per bucket are drawn; over about 900 pixels, more are not visible. */
const BUCKETS = 160;

export function validateRows(history: readonly EpochRecord[]): ValidateRow[] {
  return history.flatMap(({ epoch, validateLoss, validateAccuracy }) =>
    validateLoss === null || validateAccuracy === null
      ? []
      : [{ x: epoch, loss: validateLoss, accuracy: validateAccuracy }],
  );
}

/** From the points of the run; without points, from its epochs. */
export function trainRows(
  points: readonly CurvePoint[],
  history: readonly EpochRecord[],
  smoothing: number,
): TrainRow[] {
  if (points.length === 0) {
    return history.map(({ epoch, trainLoss, trainAccuracy }) => ({
      x: epoch,
      lossSmooth: trainLoss,
      accuracySmooth: trainAccuracy,
    }));
  }
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

/** Both lines of both charts, as they are drawn. */
export function curvesTable(train: readonly TrainRow[], validate: readonly ValidateRow[]): ChartTable {
  return {
    head: ['split', 'epoch', 'loss', 'loss, smoothed', 'accuracy', 'accuracy, smoothed'],
    rows: [
      ...train.map((row) => [
        ...['train', row.x, row.loss ?? null, row.lossSmooth],
        ...[row.accuracy ?? null, row.accuracySmooth],
      ]),
      ...validate.map(({ x, loss, accuracy }) => ['validate', x, loss, null, accuracy, null]),
    ],
  };
}
