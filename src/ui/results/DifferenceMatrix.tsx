/** The confusion matrix of one run less that of another, on the same slices. */
import type { Confusion } from '../../core/evaluate/confusion.ts';
import { ChartDownloads } from '../charts/ChartDownloads.tsx';
import { svgOfFigure } from '../charts/drawing.ts';
import { count } from '../format.ts';
import styles from './DifferenceMatrix.module.css';

type Props = {
  /** The second. */
  run: string;
  labels: readonly { id: string; name: string }[];
  confusion: readonly [first: Confusion, second: Confusion];
};

const TITLE = 'Slices more, or fewer, in each cell of the confusion matrix';

export function DifferenceMatrix({ run, labels, confusion: [first, second] }: Props) {
  const occurring = labels.flatMap((label, k) =>
    [...first, ...second].some((row) => row[k] > 0) || first[k].some((n) => n > 0) ? [{ ...label, k }] : [],
  );
  const changes = occurring.map((truth) =>
    occurring.map((predicted) => second[truth.k][predicted.k] - first[truth.k][predicted.k]),
  );
  const draw = async (mm: number) => {
    const { differences } = await import('../../core/export/figures/differences.ts');
    const names = occurring.map(({ name }) => name);
    return svgOfFigure(differences({ name: 'difference', title: TITLE, labels: names, changes }), mm);
  };
  return (
    <>
      <div className={styles.scroller}>
        <table className={styles.matrix} data-testid="difference-matrix">
          <caption>{TITLE}</caption>
          <thead>
            <tr>
              <th scope="col">True</th>
              {occurring.map(({ id, name }) => (
                <th key={id} scope="col">
                  as {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {occurring.map((truth, i) => (
              <tr key={truth.id}>
                <th scope="row">{truth.name}</th>
                {occurring.map((predicted, j) => {
                  const change = changes[i][j];
                  const isBetter = change > 0 === (truth.k === predicted.k);
                  return (
                    <td
                      key={predicted.id}
                      className={change === 0 ? styles.same : isBetter ? styles.up : styles.down}
                    >
                      {change === 0 ? '0' : `${change > 0 ? '+' : '−'}${count(Math.abs(change))}`}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ChartDownloads
        of="difference"
        run={run}
        table={{
          head: ['true', ...occurring.map(({ name }) => `as ${name}`)],
          rows: occurring.map(({ name }, i) => [name, ...changes[i]]),
        }}
        draw={draw}
      />
    </>
  );
}
