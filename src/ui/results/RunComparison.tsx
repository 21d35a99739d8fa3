/** What compared runs differ in: their settings in a table, and their curves in one chart. */
import { useMemo, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { differences } from '../../core/train/differences.ts';
import { letterOf, OverlayChart } from '../charts/OverlayChart.tsx';
import { type OverlayMetric, type OverlayX, overlayLines } from '../charts/overlay.ts';
import { loss, tickPercent } from '../format.ts';
import { Segmented } from '../parts/Segmented.tsx';
import { TableDownload } from '../parts/TableDownload.tsx';
import styles from './RunComparison.module.css';

const SMOOTHING = 0.8;
/** Of more runs each has a row of its own. */
const MOST_COLUMNS = 5;

const METRIC_OPTIONS = [
  { value: 'loss', label: 'Loss' },
  { value: 'accuracy', label: 'Accuracy' },
  { value: 'balanced', label: 'Balanced accuracy', title: 'Of validate; it is not recorded for train' },
] as const;

const X_OPTIONS = [
  { value: 'step', label: 'Steps' },
  { value: 'epoch', label: 'Epochs' },
  { value: 'minutes', label: 'Minutes', title: 'Time spent training, without pauses' },
] as const;

const Y_OPTIONS = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Logarithmic' },
] as const;

export function RunComparison({ runs }: { runs: readonly RunRow[] }) {
  const [x, setX] = useState<OverlayX>('epoch');
  const [metric, setMetric] = useState<OverlayMetric>('loss');
  const [scale, setScale] = useState<'linear' | 'log'>('linear');
  // A loaded model and a baseline have no training settings and no curve.
  const trained = useMemo(() => runs.filter(({ config }) => config.epochs > 0), [runs]);
  const lines = useMemo(
    () => trained.map((run) => overlayLines(run, x, metric, SMOOTHING)),
    [trained, x, metric],
  );
  const differing = useMemo(() => differences(trained), [trained]);
  if (trained.length < 2) return null;
  return (
    <details className={styles.comparison} data-testid="run-comparison" open>
      <summary>What these runs differ in, and their curves</summary>
      <div className={styles.columns}>
        <div className={styles.settings}>
          {(differing.length === 0 || trained.length <= MOST_COLUMNS) && (
            <ol className={styles.letters} aria-label="Letters of the runs">
              {trained.map((run, i) => (
                <li key={run.id}>
                  <b>{letterOf(i)}</b> {run.title}
                </li>
              ))}
            </ol>
          )}
          {differing.length === 0 ? (
            <p>These runs have the same settings and the same data.</p>
          ) : trained.length > MOST_COLUMNS ? (
            <ByRun runs={trained} differing={differing} />
          ) : (
            <table className={styles.table} data-testid="differing-settings">
              <caption className="spoken">Settings that differ</caption>
              <thead>
                <tr>
                  <th scope="col">Setting</th>
                  {trained.map((run, i) => (
                    <th key={run.id} scope="col" title={run.title}>
                      {letterOf(i)}
                      <span className="spoken"> {run.title}</span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {differing.map(({ name, values }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    {values.map((value, i) => (
                      <td key={trained[i].id}>{value}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {differing.length > 0 && (
            <TableDownload
              name="settings"
              run={trained[0].id}
              table={() => ({
                head: ['Setting', ...trained.map(({ title }, i) => `${letterOf(i)}: ${title}`)],
                rows: differing.map(({ name, values }) => [name, ...values]),
              })}
            />
          )}
        </div>
        <div className={styles.curves}>
          <div className={styles.choices}>
            <Segmented
              label="What is drawn"
              options={METRIC_OPTIONS}
              value={metric}
              onChange={setMetric}
              testId="overlay-metric"
            />
            <Segmented label="Along" options={X_OPTIONS} value={x} onChange={setX} testId="overlay-x" />
            <Segmented
              label="Scale"
              options={Y_OPTIONS}
              value={scale}
              onChange={setScale}
              testId="overlay-scale"
            />
          </div>
          <OverlayChart
            name={METRIC_OPTIONS.find(({ value }) => value === metric)!.label}
            runs={trained}
            lines={lines}
            log={scale === 'log'}
            share={metric !== 'loss'}
            xName={x}
            format={metric === 'loss' ? loss : tickPercent}
          />
          <p className={styles.note}>Lines: train, smoothed. Dashed with dots: validate after each epoch.</p>
        </div>
      </div>
    </details>
  );
}

type ByRunProps = { runs: readonly RunRow[]; differing: ReturnType<typeof differences> };

function ByRun({ runs, differing }: ByRunProps) {
  return (
    <table className={styles.table} data-testid="differing-settings">
      <caption className="spoken">Settings that differ</caption>
      <thead>
        <tr>
          <th scope="col">Run</th>
          {differing.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run, i) => (
          <tr key={run.id}>
            <th scope="row">
              <b>{letterOf(i)}</b> {run.title}
            </th>
            {differing.map(({ name, values }) => (
              <td key={name}>{values[i]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
