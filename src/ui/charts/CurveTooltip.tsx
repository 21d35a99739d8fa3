/** The values of both lines where the pointer is. */
import styles from './CurveTooltip.module.css';
import type { Row } from './rows.ts';

type Props = {
  row: Row | undefined;
  raw: keyof Row;
  train: keyof Row;
  validate: keyof Row;
  format: (value: number) => string;
};

export function CurveTooltip({ row, raw, train, validate, format }: Props) {
  if (!row) return null;
  const lines = [
    { word: 'train', value: row[train] },
    { word: 'unsmoothed', value: row[raw] },
    { word: 'validate', value: row[validate] },
  ];
  return (
    <dl className={styles.tooltip}>
      <dt>epoch</dt>
      <dd>{row.x.toFixed(2)}</dd>
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
