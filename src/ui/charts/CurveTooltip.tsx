/** The values of both lines at the pointer. */
import styles from './CurveTooltip.module.css';
import { nearest } from './hover.ts';
import type { TrainRow, ValidateRow } from './rows.ts';

type Props = {
  /** Epochs, fractional. */
  x: number;
  pixel: number;
  /** Whether to place it on the left. */
  flip: boolean;
  /** Whether to place it at the bottom, so that it covers no line. */
  below: boolean;
  metric: 'loss' | 'accuracy';
  train: TrainRow[];
  validate: ValidateRow[];
  format: (value: number) => string;
};

export function CurveTooltip({ x, pixel, flip, below, metric, train, validate, format }: Props) {
  const row = train.findLast((candidate) => candidate.x <= x) ?? train[0];
  // The dot in reach, else the nearer of the two neighbours.
  const epoch = nearest(x, validate);
  const lines = [
    { word: 'train', value: row[`${metric}Smooth`] },
    { word: 'unsmoothed', value: row[metric] },
    { word: epoch ? `validate, epoch ${epoch.x}` : '', value: epoch?.[metric] },
  ];
  const shift = flip ? 'translateX(calc(-100% - 12px))' : 'translateX(12px)';
  return (
    <dl
      className={`${styles.tooltip} ${below ? styles.below : ''}`}
      style={{ left: pixel, transform: shift }}
    >
      <dt>epoch</dt>
      <dd>{x.toFixed(2)}</dd>
      {lines.map(
        ({ word, value }) =>
          value !== undefined && (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{format(value)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
