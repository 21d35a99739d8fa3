/** Loss above, accuracy below, one x: with the smoothing and the log scale of the loss. */
import { useState } from 'react';
import type { CurvePoint, EpochRecord } from '../../core/protocol.ts';
import { loss, percent, roughPercent } from '../format.ts';
import { countAxis, linearAxis, logAxis } from './axis.ts';
import { CurveChart } from './CurveChart.tsx';
import { Legend } from './Legend.tsx';
import styles from './RunCharts.module.css';
import { toRows } from './rows.ts';

type Props = {
  points: readonly CurvePoint[];
  history: readonly EpochRecord[];
  /** Epochs the run is meant to take. */
  epochs: number;
  /** Said over the axes while there is nothing to draw. */
  empty: string;
};

export function RunCharts({ points, history, epochs, empty }: Props) {
  const [smoothing, setSmoothing] = useState(0.8);
  const [log, setLog] = useState(false);
  const rows = toRows(points, history, smoothing);
  const losses = rows.flatMap((row) => present([row.loss, row.lossSmooth, row.validateLoss]));
  const low = losses.length > 0 ? Math.min(...losses) : 0.1;
  const high = losses.length > 0 ? Math.max(...losses) : 1.5;
  const accuracies = rows.flatMap((row) => present([row.accuracy, row.accuracySmooth, row.validateAccuracy]));
  const worst = accuracies.length > 0 ? Math.min(...accuracies) : 0;
  const x = countAxis(Math.max(epochs, rows.at(-1)?.x ?? 0), 10);

  return (
    <section className={styles.charts} aria-label="Curves">
      <div className={styles.bar}>
        <Legend />
        <label className={styles.smoothing}>
          Smoothing
          <input
            type="range"
            min={0}
            max={0.98}
            step={0.02}
            value={smoothing}
            onChange={(event) => setSmoothing(Number(event.target.value))}
          />
          <output>{smoothing.toFixed(2)}</output>
        </label>
        <label className={styles.log}>
          <input type="checkbox" checked={log} onChange={(event) => setLog(event.target.checked)} />
          log loss
        </label>
      </div>
      <h3 className={styles.name}>Loss</h3>
      <CurveChart
        name="Loss by epoch"
        rows={rows}
        raw="loss"
        train="lossSmooth"
        validate="validateLoss"
        x={x}
        y={log ? logAxis(low, high) : linearAxis(0, high, 4)}
        log={log}
        format={loss}
        tick={String}
      />
      <h3 className={styles.name}>Accuracy</h3>
      <CurveChart
        name="Accuracy by epoch"
        rows={rows}
        raw="accuracy"
        train="accuracySmooth"
        validate="validateAccuracy"
        x={x}
        // Quarters: the axis does not creep while the run goes on.
        y={linearAxis(Math.min(0.75, Math.floor(worst * 4) / 4), 1, 4)}
        format={percent}
        tick={roughPercent}
      />
      <p className={styles.axis}>epoch</p>
      {rows.length === 0 && <p className={styles.empty}>{empty}</p>}
    </section>
  );
}

function present(values: readonly (number | undefined)[]): number[] {
  return values.filter((value): value is number => value !== undefined && Number.isFinite(value));
}
