/** The figures of one split: accuracy with its n, balanced accuracy, loss. */

import { wilson } from '../../core/evaluate/interval.ts';
import type { SplitEvaluation } from '../../core/train/run.ts';
import { count, loss, percent, tenths } from '../format.ts';
import styles from './Headline.module.css';

export function Headline({ evaluation }: { evaluation: SplitEvaluation }) {
  const correct = evaluation.confusion.reduce((sum, row, i) => sum + row[i], 0);
  const interval = wilson(correct, evaluation.n);
  return (
    <p className={styles.headline} data-testid="headline">
      <strong>{percent(evaluation.accuracy)}</strong>
      <span>n {count(evaluation.n)}</span>
      {interval && (
        <span title="95 % interval (Wilson), as if slices were independent; those of one patient are not, so the truth is wider">
          {tenths(interval.low)}–{percent(interval.high)}
        </span>
      )}
      <span title="Mean of the recalls of the classes that occur">
        balanced <b>{percent(evaluation.balancedAccuracy)}</b>
      </span>
      <span>
        loss <b>{loss(evaluation.loss)}</b>
      </span>
      <span>
        datasets <b>{new Set(evaluation.perDataset.map(({ dataset }) => dataset)).size}</b>
      </span>
    </p>
  );
}
