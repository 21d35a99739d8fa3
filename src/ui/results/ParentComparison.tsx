/** A run beside the one that it repeats on corrected labels: the same slices, today's labels, and whether it is chance. */
import { useEffect, useState } from 'react';
import type { WithParent } from '../../app/corrections.ts';
import type { RunRow } from '../../app/state.ts';
import type { Split } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { count, percent, plural, tenths } from '../format.ts';
import { ClassSwatch } from '../parts/LabelChip.tsx';
import { SPLIT_TITLES } from '../runs.ts';
import styles from './ParentComparison.module.css';

type Props = { run: RunRow; split: Split };

export function ParentComparison({ run, split }: Props) {
  const found = useComparison(run, split);
  if (!found) return null;
  const { n, onlyFirst, onlySecond, p, accuracy, balancedAccuracy, perClass, labels } = found;
  const slices = plural(n, `${SPLIT_TITLES[split].toLowerCase()} slice`);
  return (
    <details className={styles.comparison} open data-testid="parent-comparison">
      <summary>
        <h2>Before and after the corrections</h2>
        <span>on the {slices} both judged, with today’s labels</span>
      </summary>
      <div className={styles.parts}>
        <table className={styles.table} aria-label="Before and after the corrections">
          <thead>
            <tr>
              <td />
              <th scope="col">n</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            <Row n={n} title="Accuracy" values={accuracy} />
            <Row n={n} title="Balanced accuracy" values={balancedAccuracy} />
            {perClass.map((one, i) =>
              one.n === 0 ? null : (
                <Row
                  key={labels[i].id}
                  n={one.n}
                  title={labels[i].name}
                  swatch={labels[i]}
                  values={[one.first / one.n, one.second / one.n]}
                />
              ),
            )}
          </tbody>
        </table>
        <div className={styles.words}>
          <p>
            {onlyFirst + onlySecond === 0
              ? 'Where one of them is right, so is the other.'
              : `They differ on ${plural(onlyFirst + onlySecond, 'slice')}: ${count(onlySecond)} right only after, ${count(onlyFirst)} right only before.`}
          </p>
          <p title="McNemar’s exact test on the slices that only one of them judged rightly (McNemar 1947)">
            McNemar’s exact test: <b>p {pText(p)}</b>
          </p>
          <p className={styles.fine}>
            It takes slices as independent; those of one patient are not, so that the true p is larger.
          </p>
        </div>
      </div>
    </details>
  );
}

type RowProps = {
  title: string;
  n: number;
  values: readonly [before: number, after: number];
  swatch?: { colour: string };
};

function Row({ title, n, values: [before, after], swatch }: RowProps) {
  const change = Number(((after - before) * 100).toFixed(1));
  return (
    <tr>
      <th scope="row">
        {swatch && <ClassSwatch of={swatch} />} {title}
      </th>
      <td>{count(n)}</td>
      <td>{percent(before)}</td>
      <td>{percent(after)}</td>
      <td className={change > 0 ? styles.up : change < 0 ? styles.down : styles.same}>
        {change > 0 ? `+${tenths(change / 100)}` : change < 0 ? `−${tenths(-change / 100)}` : '0'}
      </td>
    </tr>
  );
}

export function pText(p: number): string {
  if (p < 0.001) return '< 0.001';
  return `= ${p.toFixed(p < 0.095 ? 3 : 2)}`;
}

/** Compared again where the labels, or the figures of one of the two, have changed. */
function useComparison(run: RunRow, split: Split): WithParent | null {
  const actions = useActions();
  const datasets = useLab((state) => state.datasets);
  const parent = useLab((state) => state.runs.find(({ id }) => id === run.parent?.run));
  const [found, setFound] = useState<WithParent | null>(null);
  const times = `${parent?.id} ${parent?.evaluated?.atMs} ${run.evaluated?.atMs}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: changed datasets may mean changed labels
  useEffect(() => {
    let wanted = true;
    setFound(null);
    if (run.parent) {
      void actions.compareWithParent(run.id, split).then((compared) => {
        if (wanted) setFound(compared);
      });
    }
    return () => {
      wanted = false;
    };
  }, [actions, run.id, run.parent?.run, split, datasets, times]);
  return found;
}
