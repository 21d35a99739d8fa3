/** Runs side by side (the paper's Table 2 and Fig. 6): the best value of a column stands out. */
import type { RunRow } from '../../app/state.ts';
import { wilson } from '../../core/evaluate/interval.ts';
import { type Difference, differences } from '../../core/train/differences.ts';
import type { SplitEvaluation } from '../../core/train/run.ts';
import { deviceName } from '../device.ts';
import { count, duration, percent, rate, tenths } from '../format.ts';
import { trainingSeconds } from '../runs.ts';
import styles from './CompareTable.module.css';

type Props = { runs: RunRow[]; current: string; onOpen: (id: string) => void };

type Column = {
  title: string;
  of: (run: RunRow) => number | null;
  show: (value: number) => string;
  best: boolean;
  /** 95 % interval below the value. */
  interval?: (run: RunRow) => SplitEvaluation | null | undefined;
};

const accuracy = (evaluation: SplitEvaluation | null | undefined) => evaluation?.accuracy ?? null;

const COLUMNS: readonly Column[] = [
  { title: 'Train', of: (run) => accuracy(run.evaluation?.train), show: percent, best: false },
  {
    title: 'Validate',
    of: (run) => accuracy(run.evaluation?.validate),
    show: percent,
    best: true,
    interval: (run) => run.evaluation?.validate,
  },
  {
    title: 'Test',
    of: (run) => accuracy(run.evaluation?.test),
    show: percent,
    best: true,
    interval: (run) => run.evaluation?.test,
  },
  {
    title: 'Test, balanced',
    of: (run) => run.evaluation?.test?.balancedAccuracy ?? null,
    show: percent,
    best: true,
  },
  { title: 'n test', of: (run) => run.evaluation?.test?.n ?? null, show: count, best: false },
  { title: 'Parameters', of: (run) => run.parameters, show: count, best: false },
  { title: 'Images/s', of: (run) => run.imagesPerSecond, show: rate, best: false },
  { title: 'Time', of: (run) => trainingSeconds(run) || null, show: duration, best: false },
];

/** Settings that the title of a run without a name of its own has already. */
const IN_TITLE: readonly string[] = ['Network', 'Image size', 'Epochs'];

export function CompareTable({ runs, current, onOpen }: Props) {
  const best = COLUMNS.map((column) =>
    column.best ? Math.max(...runs.map((run) => column.of(run) ?? -1)) : Number.NaN,
  );
  // A loaded model has no settings of a training.
  const trained = runs.filter(({ config }) => config.epochs > 0);
  const named = trained.some(({ name }) => name !== null);
  const differing = differences(trained).filter(({ name }) => named || !IN_TITLE.includes(name));
  const settingsOf = (run: RunRow) =>
    run.config.epochs > 0 ? settings(differing, trained.indexOf(run)) : 'Loaded, not trained here';
  return (
    <div className={styles.scroller}>
      <table className={styles.table} data-testid="compare-table" aria-label="Comparison of runs">
        <thead>
          <tr>
            <th scope="col">Run</th>
            {COLUMNS.map(({ title }) => (
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
                <Settings text={settingsOf(run)} />
              </th>
              {COLUMNS.map((column, i) => {
                const value = column.of(run);
                return (
                  <td
                    key={column.title}
                    className={`${styles.number} ${value === best[i] ? styles.best : ''}`}
                  >
                    {value === null ? '–' : column.show(value)}
                    {column.interval && <Interval of={column.interval(run)} />}
                  </td>
                );
              })}
              <td className={styles.device}>{run.device ? deviceName(run.device) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Settings({ text }: { text: string }) {
  if (text === '') return null;
  return (
    <span className={styles.settings} title={text} data-testid="compare-settings">
      {text}
    </span>
  );
}

function settings(differing: readonly Difference[], run: number): string {
  return differing.map(({ name, values }) => `${name} ${values[run]}`).join(' · ');
}

/** Wilson's, as if slices were independent. */
function Interval({ of }: { of: SplitEvaluation | null | undefined }) {
  const interval = of && wilson(Math.round(of.accuracy * of.n), of.n);
  if (!interval) return null;
  return (
    <span className={styles.interval} title="95 % interval, as if slices were independent">
      {tenths(interval.low)}–{tenths(interval.high)}
    </span>
  );
}
