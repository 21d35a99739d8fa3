/** Every figure of a split with its interval, over all classes and for each. */
import {
  CLASS_METRICS,
  classFiguresOf,
  classIntervalsOf,
  intervalOf,
  OVERALL_METRICS,
  type SplitEvaluation,
} from '../../core/evaluate/evaluation.ts';
import type { FigureInterval } from '../../core/evaluate/interval.ts';
import { METRICS } from '../../core/evaluate/metrics/index.ts';
import type { Metric } from '../../core/evaluate/metrics/metric.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { count, loss, percent, plural } from '../format.ts';
import { clustersText, intervalText, intervalTitle } from '../interval.ts';
import { metricText } from '../metric.ts';
import { classOfSet } from '../parts/classes.ts';
import { ClassSwatch } from '../parts/LabelChip.tsx';
import styles from './FigureTables.module.css';

type Props = { labelSet: LabelSet; evaluation: SplitEvaluation };

export function FigureTables({ labelSet, evaluation }: Props) {
  return (
    <details className={styles.figures} data-testid="figure-tables">
      <summary>
        <h2>Every figure, and for each class</h2>
        <span>{intervalsText(evaluation)}</span>
      </summary>
      <div className={styles.parts}>
        <table className={styles.table} aria-label="Figures over all classes">
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col">Value</th>
              <th scope="col">95 % interval</th>
            </tr>
          </thead>
          <tbody>
            {OVERALL_METRICS.map((name) => {
              const interval = intervalOf(evaluation, name);
              return (
                <tr key={name}>
                  <th scope="row" title={METRICS[name].description}>
                    {METRICS[name].label}
                  </th>
                  <td>{metricText(evaluation, name)}</td>
                  <td title={interval ? intervalTitle(interval) : undefined}>
                    {interval ? intervalText(interval, METRICS[name].format) : '–'}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <div className={styles.scroller}>
          <ClassTable labelSet={labelSet} evaluation={evaluation} />
        </div>
      </div>
    </details>
  );
}

function ClassTable({ labelSet, evaluation }: Props) {
  const { labels, confusion, subjects } = evaluation;
  const columns = CLASS_METRICS.map((name) => ({
    name,
    values: classFiguresOf(evaluation, name),
    intervals: classIntervalsOf(evaluation, name),
  }));
  return (
    <table className={styles.table} aria-label="Figures of each class" data-testid="class-table">
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">n</th>
          <th scope="col">Series</th>
          <th scope="col">Patients</th>
          {columns.map(({ name }) => (
            <th key={name} scope="col" title={METRICS[name].description}>
              {METRICS[name].label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, k) => {
          const of = classOfSet(labelSet, label);
          return (
            <tr key={label}>
              <th scope="row">
                <ClassSwatch of={of} /> {of.name}
              </th>
              <td>{count(confusion[k].reduce((sum, n) => sum + n, 0))}</td>
              <td>{subjects ? count(subjects.perClass[k].series) : '–'}</td>
              <td>{subjects ? count(subjects.perClass[k].patients) : '–'}</td>
              {columns.map(({ name, values, intervals }) => (
                <Figure key={name} value={values[k]} interval={intervals[k]} format={METRICS[name].format} />
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

type FigureProps = { value: number | null; interval: FigureInterval | null; format: Metric['format'] };

function Figure({ value, interval, format }: FigureProps) {
  return (
    <td title={interval ? intervalTitle(interval) : undefined}>
      {value === null ? '–' : format === 'percent' ? percent(value) : loss(value)}
      {interval && <span className={styles.interval}>{intervalText(interval, format)}</span>}
    </td>
  );
}

/** What the intervals take as independent. */
function intervalsText(evaluation: SplitEvaluation): string {
  const interval = intervalOf(evaluation, 'accuracy');
  if (!interval) return '';
  if (interval.by === 'slice') {
    return '95 % intervals as if slices were independent: this run was evaluated before patients were counted';
  }
  return interval.method === 'bootstrap'
    ? `95 % intervals by bootstrap: ${plural(interval.resamples ?? 0, 'resample')} ${clustersText(interval)}`
    : `95 % intervals (Wilson) ${clustersText(interval)}, one observation each`;
}
