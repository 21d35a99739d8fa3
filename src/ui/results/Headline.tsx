/** The figures of one split: accuracy with its n and its interval, and the metrics beside it. */

import type { Unit } from '../../app/breakdown.ts';
import { intervalOf, type SplitEvaluation } from '../../core/evaluate/evaluation.ts';
import { METRICS } from '../../core/evaluate/metrics/index.ts';
import { count, plural } from '../format.ts';
import { clustersText, intervalText, intervalTitle } from '../interval.ts';
import { metricsShown, metricText } from '../metric.ts';
import styles from './Headline.module.css';

/** Accuracy stands before them, with its interval. */
const BESIDE = metricsShown('headline').filter((name) => name !== 'accuracy');

type Props = { evaluation: SplitEvaluation; unit?: Unit };

export function Headline({ evaluation, unit = 'slice' }: Props) {
  const interval = intervalOf(evaluation, 'accuracy');
  const { subjects } = evaluation;
  return (
    <p className={styles.headline} data-testid="headline">
      <strong>{metricText(evaluation, 'accuracy')}</strong>
      <span className={styles.figures}>
        <span title={subjects && subjectsText(subjects)}>
          n {count(evaluation.n)}
          {unit === 'series' && ' series'}
        </span>
        {interval && (
          <span title={intervalTitle(interval)}>
            {intervalText(interval)} {interval.by !== 'slice' && clustersText(interval)}
          </span>
        )}
        {BESIDE.map((name) => (
          <span key={name} title={titleOf(evaluation, name)}>
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

function subjectsText({ series, patients }: { series: number; patients: number }): string {
  return `${plural(series, 'series', 'series')} of ${plural(patients, 'patient')}`;
}

function titleOf(evaluation: SplitEvaluation, name: (typeof BESIDE)[number]): string {
  const interval = intervalOf(evaluation, name);
  const { description, format } = METRICS[name];
  return interval
    ? `${description} ${intervalText(interval, format)}. ${intervalTitle(interval)}`
    : description;
}
