/** Loss above accuracy on one x axis, with controls for smoothing and a logarithmic loss. */

import { useRef, useState } from 'react';
import type { CurvePoint } from '../../core/train/curve.ts';
import type { EpochRecord } from '../../core/train/run.ts';
import { loss, percent, tickPercent } from '../format.ts';
import { countAxis, linearAxis, logAxis } from './axis.ts';
import { ChartDownloads } from './ChartDownloads.tsx';
import { CurveChart } from './CurveChart.tsx';
import { svgOf } from './drawing.ts';
import { Legend } from './Legend.tsx';
import styles from './RunCharts.module.css';
import { curvesTable, trainRows, validateRows } from './rows.ts';

type Props = {
  /** null before there is one. */
  run: string | null;
  points: readonly CurvePoint[];
  history: readonly EpochRecord[];
  /** Planned epochs of the run. */
  epochs: number;
  /** Shown over the axes while there is nothing to draw. */
  empty: string;
};

export function RunCharts({ run, points, history, epochs, empty }: Props) {
  const [smoothing, setSmoothing] = useState(0.8);
  const [log, setLog] = useState(false);
  const box = useRef<HTMLElement>(null);
  const [hover, setHover] = useState<number | null>(null);
  const train = trainRows(points, history, smoothing);
  const validate = validateRows(history);
  const losses = range([
    ...train.map(({ loss, lossSmooth }) => loss ?? lossSmooth),
    ...validate.map(({ loss }) => loss),
  ]);
  const accuracies = range([
    ...train.map(({ accuracy, accuracySmooth }) => accuracy ?? accuracySmooth),
    ...validate.map(({ accuracy }) => accuracy),
  ]);
  const [lowest, highest] = losses ?? [0.1, 1.5];
  // Quarters: the axis grows in steps while the run continues.
  const worst = Math.min(0.75, Math.floor((accuracies?.[0] ?? 0) * 4) / 4);
  const x = countAxis(Math.max(epochs, train.at(-1)?.x ?? 0), 10);

  return (
    <section ref={box} className={styles.charts} aria-label="Curves">
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
      <h3 className={styles.name} data-print>
        Loss
      </h3>
      <CurveChart
        name="Loss by epoch"
        metric="loss"
        hover={hover}
        onHover={setHover}
        train={train}
        validate={validate}
        x={x}
        y={log ? logAxis(lowest, highest) : linearAxis(0, highest, 4)}
        log={log}
        format={loss}
        tick={String}
      />
      <h3 className={styles.name} data-print>
        Accuracy
      </h3>
      <CurveChart
        name="Accuracy by epoch"
        metric="accuracy"
        hover={hover}
        onHover={setHover}
        train={train}
        validate={validate}
        x={x}
        y={linearAxis(worst, 1, 4)}
        format={percent}
        tick={tickPercent}
      />
      <div className={styles.below}>
        {run && train.length > 0 && (
          <ChartDownloads
            of="curves"
            run={run}
            table={curvesTable(train, validate)}
            draw={(mm) => svgOf(box.current!, 'Loss and accuracy by epoch', mm)}
          />
        )}
        <p className={styles.axis}>
          <span data-print>epoch</span>
        </p>
      </div>
      {train.length === 0 && <p className={styles.empty}>{empty}</p>}
    </section>
  );
}

/** Smallest and largest finite value; null if there is none. */
function range(values: number[]): [number, number] | null {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? null : [Math.min(...finite), Math.max(...finite)];
}
