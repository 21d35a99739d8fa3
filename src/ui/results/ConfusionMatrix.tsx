/** True against predicted: errors are highlighted, the diagonal is not. A cell opens its slices. */
import { type CSSProperties, useState } from 'react';
import { confusionShares } from '../../core/evaluate/confusion.ts';
import type { SplitEvaluation } from '../../core/evaluate/evaluation.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { ChartDownloads } from '../charts/ChartDownloads.tsx';
import { svgOfFigure } from '../charts/drawing.ts';
import { count, roughPercent } from '../format.ts';
import { classOfSet, type ShownClass } from '../parts/classes.ts';
import { ClassSwatch } from '../parts/LabelChip.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import styles from './ConfusionMatrix.module.css';

type Props = {
  run: string;
  labelSet: LabelSet;
  evaluation: SplitEvaluation;
  /** null if the slices of a cell can't be shown. */
  onOpen: ((truth: string, predicted: string) => void) | null;
};

const SHARES = [
  { value: 'row' as const, label: '% of true', title: 'What becomes of each class: rows add up to 100 %' },
  {
    value: 'column' as const,
    label: '% of predicted',
    title: 'What each answer is worth: columns add up to 100 %',
  },
];

/** With more classes the cells are small, and the matrix scrolls in its panel. */
const MANY = 6;

export function ConfusionMatrix({ run, labelSet, evaluation, onOpen }: Props) {
  const { labels, confusion } = evaluation;
  const classes = labels.map((label) => classOfSet(labelSet, label));
  const many = labels.length > MANY;
  const [of, setOf] = useState<'row' | 'column'>('row');
  const shares = confusionShares(confusion, of);
  const names = classes.map(({ name }) => name);
  const draw = async (mm: number) => {
    const { matrix } = await import('../../core/export/figures/matrix.ts');
    const title = 'Confusion matrix';
    return svgOfFigure(matrix({ name: 'confusion', title, labels: names, counts: confusion }), mm);
  };
  return (
    <>
      <div className={styles.head}>
        <h2 id="confusion-title">Confusion matrix</h2>
        <Segmented
          label="Shares in the confusion matrix"
          options={SHARES}
          value={of}
          onChange={setOf}
          testId="confusion-shares"
        />
      </div>
      <div className={styles.scroller}>
        <table
          className={`${styles.matrix} ${many ? styles.many : ''}`}
          style={{ '--classes': labels.length } as CSSProperties}
          aria-labelledby="confusion-title"
          data-testid="confusion-matrix"
        >
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
              {classes.map((one) => (
                <th key={one.id} scope="col" title={one.name}>
                  <ClassSwatch of={one} /> {one.name}
                </th>
              ))}
              <th scope="col" className={styles.n}>
                n
              </th>
            </tr>
          </thead>
          <tbody>
            {classes.map((truth, i) => {
              const total = confusion[i].reduce((sum, n) => sum + n, 0);
              return (
                <tr key={truth.id}>
                  <th scope="row" title={truth.name}>
                    <ClassSwatch of={truth} /> {truth.name}
                  </th>
                  {classes.map((predicted, j) => (
                    <td key={predicted.id}>
                      <Cell
                        n={confusion[i][j]}
                        share={shares[i][j] ?? 0}
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
      </div>
      <ChartDownloads
        of="confusion"
        run={run}
        table={{
          head: ['true', ...names.map((name) => `as ${name}`)],
          rows: names.map((name, i) => [name, ...confusion[i]]),
        }}
        draw={draw}
      />
    </>
  );
}

type CellProps = {
  n: number;
  /** Of the row or of the column. */
  share: number;
  truth: ShownClass;
  predicted: ShownClass;
  onOpen: Props['onOpen'];
};

function Cell({ n, share, truth, predicted, onOpen }: CellProps) {
  const right = truth.id === predicted.id;
  if (n === 0) return <span className={`${styles.cell} ${styles.zero}`}>0</span>;
  // The smallest error stays visible; text stays readable on the strongest colour.
  const strength = right ? 4 + share * 10 : 18 + Math.sqrt(share) * 54;
  return (
    <button
      type="button"
      className={`${styles.cell} ${right ? styles.right : styles.wrong}`}
      style={{ '--strength': `${strength}%` } as CSSProperties}
      title={right ? `${truth.name} recognised` : `${truth.name} predicted as ${predicted.name}`}
      disabled={!onOpen}
      onClick={() => onOpen?.(truth.id, predicted.id)}
      data-testid={`cell-${truth.id}-${predicted.id}`}
    >
      <span className="spoken">
        {truth.name} predicted as {predicted.name}:{' '}
      </span>
      <span className={styles.count}>{count(n)}</span>
      <span className={styles.share}>{roughPercent(share)}</span>
    </button>
  );
}
