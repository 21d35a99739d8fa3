/** The figures of one split: accuracy with its n, balanced accuracy, loss. */
import type { SplitEvaluation } from '../../core/train/run.ts';
import { count, loss, percent } from '../format.ts';
import styles from './Headline.module.css';

export function Headline({ evaluation }: { evaluation: SplitEvaluation }) {
  return (
    <p className={styles.headline} data-testid="headline">
      <strong>{percent(evaluation.accuracy)}</strong>
      <span>n {count(evaluation.n)}</span>
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
