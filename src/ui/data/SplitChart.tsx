/** Slices per class in each split (the paper's Fig. 3), all bars on one scale. */
import type { DatasetRow } from '../../app/state.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import { SPLITS, type Split } from '../../core/types.ts';
import { useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { type ShownClass, shownClasses } from '../parts/classes.ts';
import styles from './SplitChart.module.css';

const TITLES = { train: 'Train', validate: 'Validate', test: 'Test' } as const;

/** Rows that are seen without scrolling. */
const MOST_ROWS = 9;

export function SplitChart({ datasets }: { datasets: DatasetRow[] }) {
  const set = useLab((state) => state.labelSet);
  const classes = shownClasses(set);
  const splits = SPLITS.map((split) => totals(datasets, split, classes));
  const shown = classes.filter(({ id }) => id !== 'other' || splits.some(({ counts }) => counts[id] > 0));
  const most = Math.max(1, ...splits.flatMap(({ counts }) => shown.map(({ id }) => counts[id])));
  const what = set.id === DEFAULT_SET.id ? 'modality' : `class of ${set.name}`;
  return (
    <section
      className={styles.chart}
      aria-label={`Slices per ${what} in each split`}
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
          {/* A box that scrolls is reached by key. */}
          <tbody tabIndex={shown.length > MOST_ROWS ? 0 : undefined}>
            {shown.map(({ id, name, colour }) => (
              <tr key={id} className={counts[id] === 0 ? styles.none : ''}>
                <th scope="row" title={name}>
                  {name}
                </th>
                <td className={styles.track}>
                  <div
                    className={styles.bar}
                    data-mark
                    style={{
                      width: `${(counts[id] / most) * 100}%`,
                      background: colour,
                    }}
                  />
                </td>
                <td className={styles.number}>{counts[id] === 0 ? 'none' : count(counts[id])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

function totals(datasets: DatasetRow[], split: Split, classes: readonly ShownClass[]) {
  const members = datasets.filter((dataset) => dataset.split === split);
  const sum = (id: string) => members.reduce((all, { counts }) => all + (counts[id] ?? 0), 0);
  const counts = Object.fromEntries(classes.map(({ id }) => [id, sum(id)]));
  const slices = members.reduce((sum, dataset) => sum + dataset.slices, 0);
  return { split, counts, slices, members: members.length };
}
