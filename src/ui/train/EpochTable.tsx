/** One row per epoch, the newest on top. */
import type { EpochRecord } from '../../core/train/run.ts';
import { duration, learningRate, loss, percent, rate } from '../format.ts';
import styles from './EpochTable.module.css';

type Column = { title: string; show: (epoch: EpochRecord) => string };

const COLUMNS: readonly Column[] = [
  { title: 'Train loss', show: ({ trainLoss }) => loss(trainLoss) },
  { title: 'Train acc.', show: ({ trainAccuracy }) => percent(trainAccuracy) },
  { title: 'Validate loss', show: ({ validateLoss }) => orDash(validateLoss, loss) },
  { title: 'Validate acc.', show: ({ validateAccuracy }) => orDash(validateAccuracy, percent) },
  { title: 'balanced', show: ({ validateBalancedAccuracy }) => orDash(validateBalancedAccuracy, percent) },
  { title: 'Rate', show: (epoch) => learningRate(epoch.learningRate) },
  { title: 'Images/s', show: ({ imagesPerSecond }) => rate(imagesPerSecond) },
  { title: 'Time', show: ({ seconds }) => duration(seconds) },
];

export function EpochTable({ history }: { history: readonly EpochRecord[] }) {
  return (
    // A scrolling box that holds nothing to focus must take the focus itself, or the keyboard cannot scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={styles.scroller} aria-label="Epochs" tabIndex={0}>
      <table className={styles.table} data-testid="epoch-table">
        <thead>
          <tr>
            <th scope="col">Epoch</th>
            {COLUMNS.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.toReversed().map((epoch) => (
            <tr key={epoch.epoch} data-testid="epoch-row">
              <th scope="row">{epoch.epoch}</th>
              {COLUMNS.map(({ title, show }) => (
                <td key={title}>{show(epoch)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function orDash(value: number | null, format: (value: number) => string): string {
  return value === null ? '–' : format(value);
}
