/** The confusion matrix of one run less that of another, on the same slices. */
import type { Confusion } from '../../core/evaluate/confusion.ts';
import { count } from '../format.ts';
import styles from './DifferenceMatrix.module.css';

type Props = {
  labels: readonly { id: string; name: string }[];
  confusion: readonly [first: Confusion, second: Confusion];
};

export function DifferenceMatrix({ labels, confusion: [first, second] }: Props) {
  const occurring = labels.flatMap((label, k) =>
    [...first, ...second].some((row) => row[k] > 0) || first[k].some((n) => n > 0) ? [{ ...label, k }] : [],
  );
  return (
    <div className={styles.scroller}>
      <table className={styles.matrix} data-testid="difference-matrix">
        <caption>Slices more, or fewer, in each cell of the confusion matrix</caption>
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
          {occurring.map((truth) => (
            <tr key={truth.id}>
              <th scope="row">{truth.name}</th>
              {occurring.map((predicted) => {
                const change = second[truth.k][predicted.k] - first[truth.k][predicted.k];
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
  );
}
