/** The values of both lines where the pointer is. */
import styles from './CurveTooltip.module.css';
import type { TrainRow, ValidateRow } from './rows.ts';

type Props = {
  /** Epochs, fractional. */
  x: number;
  pixel: number;
  /** True where the right half has no room. */
  flip: boolean;
  metric: 'loss' | 'accuracy';
  train: TrainRow[];
  validate: ValidateRow[];
  format: (value: number) => string;
};

export function CurveTooltip({ x, pixel, flip, metric, train, validate, format }: Props) {
  const row = train.findLast((candidate) => candidate.x <= x) ?? train[0];
  // A validation holds until the next.
  const epoch = validate.findLast((candidate) => candidate.x <= x);
  const lines = [
    { word: 'train', value: row[`${metric}Smooth`] },
    { word: 'unsmoothed', value: row[metric] },
    { word: epoch ? `validate, epoch ${epoch.x}` : '', value: epoch?.[metric] },
  ];
  const shift = flip ? 'translateX(calc(-100% - 12px))' : 'translateX(12px)';
  return (
    <dl className={styles.tooltip} style={{ left: pixel, transform: shift }}>
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
