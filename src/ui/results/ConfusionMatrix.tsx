/** True against predicted: errors are highlighted, the diagonal is not. A cell opens its slices. */
import type { CSSProperties } from 'react';
import type { SplitEvaluation } from '../../core/evaluate/evaluation.ts';
import { count, roughPercent } from '../format.ts';
import { Swatch } from '../parts/Modality.tsx';
import styles from './ConfusionMatrix.module.css';

type Props = {
  evaluation: SplitEvaluation;
  /** null if the slices of a cell can't be shown. */
  onOpen: ((truth: string, predicted: string) => void) | null;
};

export function ConfusionMatrix({ evaluation, onOpen }: Props) {
  const { labels, confusion } = evaluation;
  return (
    <table className={styles.matrix} data-testid="confusion-matrix">
      <caption>Confusion matrix</caption>
      <colgroup>
        <col className={styles.names} />
        <col span={labels.length} />
        <col className={styles.totals} />
      </colgroup>
      <thead>
        <tr>
          <td />
          <th scope="colgroup" colSpan={labels.length} className={styles.axis}>
            Predicted
          </th>
          <td />
        </tr>
        <tr>
          <th scope="col" className={styles.corner}>
            True
          </th>
          {labels.map((label) => (
            <th key={label} scope="col">
              <Swatch label={label} /> {label}
            </th>
          ))}
          <th scope="col" className={styles.n}>
            n
          </th>
        </tr>
      </thead>
      <tbody>
        {labels.map((truth, i) => {
          const total = confusion[i].reduce((sum, n) => sum + n, 0);
          return (
            <tr key={truth}>
              <th scope="row">
                <Swatch label={truth} /> {truth}
              </th>
              {labels.map((predicted, j) => (
                <td key={predicted}>
                  <Cell
                    n={confusion[i][j]}
                    share={total === 0 ? 0 : confusion[i][j] / total}
                    truth={truth}
                    predicted={predicted}
                    onOpen={onOpen}
                  />
                </td>
              ))}
              <td className={styles.n}>{count(total)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

type CellProps = {
  n: number;
  /** Of the row. */
  share: number;
  truth: string;
  predicted: string;
  onOpen: Props['onOpen'];
};

function Cell({ n, share, truth, predicted, onOpen }: CellProps) {
  const right = truth === predicted;
  if (n === 0) return <span className={`${styles.cell} ${styles.zero}`}>0</span>;
  // The smallest error stays visible; text stays readable on the strongest colour.
  const strength = right ? 4 + share * 10 : 18 + Math.sqrt(share) * 54;
  return (
    <button
      type="button"
      className={`${styles.cell} ${right ? styles.right : styles.wrong}`}
      style={{ '--strength': `${strength}%` } as CSSProperties}
      title={right ? `${truth} recognised` : `${truth} predicted as ${predicted}`}
      disabled={!onOpen}
      onClick={() => onOpen?.(truth, predicted)}
      data-testid={`cell-${truth}-${predicted}`}
    >
      <span className="spoken">
        {truth} predicted as {predicted}:{' '}
      </span>
      <span className={styles.count}>{count(n)}</span>
      <span className={styles.share}>{roughPercent(share)}</span>
    </button>
  );
}
