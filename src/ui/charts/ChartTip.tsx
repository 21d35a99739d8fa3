/** The values at one place of a chart, beside the pointer or where the arrow keys have gone; said aloud. */
import styles from './ChartTip.module.css';

export type TipLine = { word: string; value: string };

export function ChartTip({ lines }: { lines: readonly TipLine[] }) {
  return (
    <div role="status" aria-live="assertive">
      <dl className={styles.tip}>
        {lines.map(({ word, value }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
