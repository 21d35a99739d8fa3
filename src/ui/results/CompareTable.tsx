/** Runs side by side (the paper's Table 2 and Fig. 6): the best value of a column is highlighted. */

import type { RunRow } from '../../app/state.ts';
import { baselineOf } from '../../core/baselines/meta.ts';
import {
  figureOf,
  intervalOf,
  type OverallMetric,
  type SplitEvaluation,
} from '../../core/evaluate/evaluation.ts';
import type { FigureInterval } from '../../core/evaluate/interval.ts';
import { METRICS } from '../../core/evaluate/metrics/index.ts';
import type { Metric } from '../../core/evaluate/metrics/metric.ts';
import { deviceName } from '../device.ts';
import { count, duration, percent, rate, tenths } from '../format.ts';
import { intervalText, intervalTitle } from '../interval.ts';
import { metricFormat, metricsShown } from '../metric.ts';
import { TableDownload } from '../parts/TableDownload.tsx';
import { SPLIT_TITLES, trainingSeconds } from '../runs.ts';
import styles from './CompareTable.module.css';
import { changedShortly, useLabelChanges } from './labelChanges.ts';

type Props = { runs: RunRow[]; current: string; onOpen: (id: string) => void };

type Column = {
  title: string;
  of: (run: RunRow) => number | null;
  show: (value: number) => string;
  /** Which value of the column is highlighted. */
  best: Metric['better'] | null;
  /** 95 % interval below the value. */
  interval?: (run: RunRow) => FigureInterval | null;
  format?: Metric['format'];
};

const figure = (evaluation: SplitEvaluation | null | undefined, name: OverallMetric) =>
  evaluation ? figureOf(evaluation, name) : null;

const intervalIn = (evaluation: SplitEvaluation | null | undefined, name: OverallMetric) =>
  evaluation ? intervalOf(evaluation, name) : null;

/** @param split of the figures beside the accuracies: test, unless it is closed for all of them */
const columnsOf = (split: 'validate' | 'test'): readonly Column[] => [
  { title: 'Train', of: (run) => figure(run.evaluation?.train, 'accuracy'), show: percent, best: null },
  {
    title: 'Validate',
    of: (run) => figure(run.evaluation?.validate, 'accuracy'),
    show: percent,
    best: 'higher',
    interval: (run) => intervalIn(run.evaluation?.validate, 'accuracy'),
  },
  {
    title: 'Test',
    of: (run) => figure(run.evaluation?.test, 'accuracy'),
    show: percent,
    best: 'higher',
    interval: (run) => intervalIn(run.evaluation?.test, 'accuracy'),
  },
  ...metricsShown('comparison')
    .filter((name) => name !== 'accuracy')
    .map(
      (name): Column => ({
        title: `${SPLIT_TITLES[split]}, ${METRICS[name].short}`,
        of: (run) => figure(run.evaluation?.[split], name),
        show: metricFormat(name),
        best: METRICS[name].better,
        interval: (run) => intervalIn(run.evaluation?.[split], name),
        format: METRICS[name].format,
      }),
    ),
  { title: `n ${split}`, of: (run) => run.evaluation?.[split]?.n ?? null, show: count, best: null },
  {
    title: 'Series',
    of: (run) => run.evaluation?.[split]?.subjects?.series ?? null,
    show: count,
    best: null,
  },
  {
    title: 'Patients',
    of: (run) => run.evaluation?.[split]?.subjects?.patients ?? null,
    show: count,
    best: null,
  },
  { title: 'Parameters', of: (run) => run.parameters, show: count, best: null },
  { title: 'Images/s', of: (run) => run.imagesPerSecond, show: rate, best: null },
  { title: 'Time', of: (run) => trainingSeconds(run) || null, show: duration, best: null },
];

const COLUMNS = { test: columnsOf('test'), validate: columnsOf('validate') };

const columnsFor = (runs: readonly RunRow[]) =>
  COLUMNS[runs.some(({ evaluation }) => evaluation?.test) ? 'test' : 'validate'];

export function CompareTable({ runs, current, onOpen }: Props) {
  const columns = columnsFor(runs);
  const best = columns.map((column) => bestOf(column, runs));
  return (
    <div className={styles.compare}>
      <div className={styles.scroller}>
        <table className={styles.table} data-testid="compare-table" aria-label="Comparison of runs">
          <thead>
            <tr>
              <th scope="col">Run</th>
              {columns.map(({ title }) => (
                <th key={title} scope="col" className={styles.number}>
                  {title}
                </th>
              ))}
              <th scope="col">Device</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id} className={run.id === current ? styles.current : ''}>
                <th scope="row">
                  <button type="button" onClick={() => onOpen(run.id)}>
                    {run.title}
                  </button>
                  <Origin run={run} />
                  <Changed run={run} />
                </th>
                {columns.map((column, i) => {
                  const value = column.of(run);
                  return (
                    <td
                      key={column.title}
                      className={`${styles.number} ${value === best[i] ? styles.best : ''}`}
                    >
                      {value === null ? '–' : column.show(value)}
                      {column.interval && <Interval of={column.interval(run)} format={column.format} />}
                    </td>
                  );
                })}
                <td className={styles.device}>{run.device ? deviceName(run.device) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <TableDownload name="comparison" run={current} table={() => compareTable(runs)} />
    </div>
  );
}

/** As it is shown, but not rounded; an interval is two columns. */
export function compareTable(runs: readonly RunRow[]) {
  const columns = columnsFor(runs);
  const ends = (column: Column) => (column.interval ? ['low', 'high'] : []);
  return {
    head: [
      'Run',
      ...columns.flatMap((one) => [one.title, ...ends(one).map((end) => `${one.title}, 95 % ${end}`)]),
      'Device',
    ],
    rows: runs.map((run) => [
      run.title,
      ...columns.flatMap((one) => {
        const interval = one.interval?.(run);
        return [one.of(run), ...(one.interval ? [interval?.low ?? null, interval?.high ?? null] : [])];
      }),
      run.device ? deviceName(run.device) : null,
    ]),
  };
}

/** NaN, which equals no value, if none is highlighted. */
function bestOf({ of, best }: Column, runs: RunRow[]): number {
  const values = runs.flatMap((run) => of(run) ?? []);
  if (best === null || values.length === 0) return Number.NaN;
  return best === 'higher' ? Math.max(...values) : Math.min(...values);
}

/** A loaded model and a baseline have no training settings to compare. */
function Origin({ run }: { run: RunRow }) {
  if (run.config.epochs > 0) return null;
  return (
    <span className={styles.origin}>{baselineOf(run.config) ? 'Baseline' : 'Loaded, not trained here'}</span>
  );
}

/** Its figures are of other labels than those of today, or of corrected ones. */
function Changed({ run }: { run: RunRow }) {
  const text = changedShortly(useLabelChanges(run)?.test);
  if (text === '') return null;
  return (
    <span className={styles.changed} data-testid="compare-changed">
      {text}
    </span>
  );
}

function Interval({
  of,
  format = 'percent',
}: {
  of: FigureInterval | null;
  format?: Metric['format'] | undefined;
}) {
  if (!of) return null;
  return (
    <span className={styles.interval} title={intervalTitle(of)}>
      {format === 'percent' ? `${tenths(of.low)}–${tenths(of.high)}` : intervalText(of, format)}
    </span>
  );
}
