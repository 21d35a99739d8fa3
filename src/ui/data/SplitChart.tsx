/** Slices per modality in each split (the paper's Fig. 3), all bars on one scale. */
import type { DatasetRow } from '../../app/state.ts';
import { type Counts, LABELS, MODALITIES, SPLITS, type Split, zeroCounts } from '../../core/types.ts';
import { count, plural } from '../format.ts';
import styles from './SplitChart.module.css';

const TITLES = { train: 'Train', validate: 'Validate', test: 'Test' } as const;

export function SplitChart({ datasets }: { datasets: DatasetRow[] }) {
  const splits = SPLITS.map((split) => totals(datasets, split));
  const shown = splits.some(({ counts }) => counts.other > 0) ? LABELS : MODALITIES;
  const most = Math.max(1, ...splits.flatMap(({ counts }) => shown.map((label) => counts[label])));
  return (
    <section
      className={styles.chart}
      aria-label="Slices per modality in each split"
      data-testid="split-chart"
    >
      {splits.map(({ split, counts, slices, members }) => (
        <table key={split} className={styles.split}>
          <caption>
            <strong>{TITLES[split]}</strong>
            <span>
              {plural(slices, 'slice')} · {plural(members, 'dataset')}
            </span>
          </caption>
          <tbody>
            {shown.map((label) => (
              <tr key={label} className={counts[label] === 0 ? styles.none : ''}>
                <th scope="row">{label}</th>
                <td className={styles.track}>
                  <div
                    className={styles.bar}
                    data-mark
                    style={{
                      width: `${(counts[label] / most) * 100}%`,
                      background: `var(--${label.toLowerCase()})`,
                    }}
                  />
                </td>
                <td className={styles.number}>{counts[label] === 0 ? 'none' : count(counts[label])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

function totals(datasets: DatasetRow[], split: Split) {
  const members = datasets.filter((dataset) => dataset.split === split);
  const counts: Counts = zeroCounts();
  for (const dataset of members) for (const label of LABELS) counts[label] += dataset.counts[label];
  const slices = members.reduce((sum, dataset) => sum + dataset.slices, 0);
  return { split, counts, slices, members: members.length };
}
