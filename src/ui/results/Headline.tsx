/** The figures of one split: accuracy with its n, and the metrics beside it. */

import { correctOf } from '../../core/evaluate/confusion.ts';
import type { SplitEvaluation } from '../../core/evaluate/evaluation.ts';
import { wilson } from '../../core/evaluate/interval.ts';
import { METRICS } from '../../core/evaluate/metrics/index.ts';
import { count, percent, tenths } from '../format.ts';
import { metricsShown, metricText } from '../metric.ts';
import styles from './Headline.module.css';

/** Accuracy stands before them, with its interval. */
const BESIDE = metricsShown('headline').filter((name) => name !== 'accuracy');

export function Headline({ evaluation }: { evaluation: SplitEvaluation }) {
  const correct = correctOf(evaluation.confusion);
  const interval = wilson(correct, evaluation.n);
  return (
    <p className={styles.headline} data-testid="headline">
      <strong>{metricText(evaluation, 'accuracy')}</strong>
      <span className={styles.figures}>
        <span>n {count(evaluation.n)}</span>
        {interval && (
          <span title="95 % interval (Wilson), as if slices were independent; those of one patient are not, so the real interval is wider">
            {tenths(interval.low)}–{percent(interval.high)}
          </span>
        )}
        {BESIDE.map((name) => (
          <span key={name} title={METRICS[name].description}>
            {METRICS[name].short} <b>{metricText(evaluation, name)}</b>
          </span>
        ))}
        <span>
          datasets <b>{new Set(evaluation.perDataset.map(({ dataset }) => dataset)).size}</b>
        </span>
      </span>
    </p>
  );
}
