/** Whether a run's probabilities mean what they say: the reliability diagram of a split, and what the calibration changes. */
import { useEffect, useState } from 'react';
import type { Reliability as Found } from '../../app/reliability.ts';
import type { RunRow } from '../../app/state.ts';
import { LEAST_SERIES, LEAST_SLICES } from '../../core/evaluate/calibration.ts';
import { effectiveCount } from '../../core/evaluate/pooling.ts';
import type { Split } from '../../core/types.ts';
import { ReliabilityChart, type ReliabilityLine } from '../charts/ReliabilityChart.tsx';
import { useActions } from '../context.ts';
import { count, percent, plural, tenths } from '../format.ts';
import styles from './Reliability.module.css';

type Props = { run: RunRow; split: Split };

export function Reliability({ run, split }: Props) {
  const found = useReliability(run, split);
  if (!found) return null;
  const { n, plain, calibrated } = found;
  const lines: ReliabilityLine[] = [{ style: 'plain', bins: plain.bins }];
  if (calibrated) lines.push({ style: 'calibrated', bins: calibrated.bins });
  return (
    <details className={styles.reliability} data-testid="reliability">
      <summary>
        <h2>Do the probabilities mean what they say?</h2>
        <span>{summaryOf(found)}</span>
      </summary>
      <div className={styles.parts}>
        <ReliabilityChart run={run.id} lines={lines} summary={summaryOf(found)} />
        <table className={styles.table} aria-label="Answers by their probability">
          <thead>
            <tr>
              <th scope="col">Probability</th>
              <th scope="col">Slices</th>
              <th scope="col">Right</th>
            </tr>
          </thead>
          <tbody>
            {(calibrated ?? plain).bins.map(
              (bin) =>
                bin.n > 0 && (
                  <tr key={bin.from}>
                    <th scope="row">
                      {tenths(bin.from)}–{percent(bin.to)}
                    </th>
                    <td>{count(bin.n)}</td>
                    <td>{percent(bin.accuracy)}</td>
                  </tr>
                ),
            )}
          </tbody>
        </table>
        <div className={styles.words}>
          <ul className={styles.legend}>
            <li>
              <Sample dashed={false} /> as the network gives them
            </li>
            {calibrated && (
              <li>
                <Sample dashed /> calibrated, as Classify shows them
              </li>
            )}
          </ul>
          <p>
            On the dotted line, {plural(n, 'answer')} would be right as often as their probability says. Below
            it the network is too sure; above, not sure enough.
          </p>
          <How found={found} run={run} split={split} />
        </div>
      </div>
    </details>
  );
}

function summaryOf({ plain, calibrated }: Found): string {
  return calibrated
    ? `Calibration error ${percent(plain.error)} as the network gives them, ${percent(calibrated.error)} as Classify shows them`
    : `Calibration error ${percent(plain.error)}`;
}

function How({ found: { calibration }, run, split }: Props & { found: Found }) {
  if (calibration) {
    const { temperature, correlation, slices, series } = calibration;
    const worth = effectiveCount(30, correlation);
    const loaded = run.config.epochs === 0;
    return (
      <>
        <p title="Temperature scaling (Guo et al. 2017): the logarithms of the probabilities are divided by it">
          Temperature <b>{temperature.toFixed(2)}</b>, fitted to {plural(slices, 'slice')} of{' '}
          {plural(series, 'series', 'series')}
          {loaded ? '.' : ' of the validate split.'}
        </p>
        <p title="The answers of a series’ slices correlate; their effective number (Kish 1965) is what counts">
          30 slices of one series count as <b>{worth < 9.5 ? worth.toFixed(1) : Math.round(worth)}</b>{' '}
          independent ones.
        </p>
        {split === 'validate' && !loaded && (
          <p className={styles.fine}>
            These are the slices that it was fitted to: the test split says what it is worth.
          </p>
        )}
      </>
    );
  }
  return (
    <p className={styles.fine}>
      {calibration === null && run.calibration === undefined
        ? 'This run was stored before calibrations were fitted: evaluate it again. Until then Classify shows the probabilities as the network gives them.'
        : `The validate split is too small to calibrate: that takes ${LEAST_SLICES} slices in ${LEAST_SERIES} series. Classify shows the probabilities as the network gives them.`}
    </p>
  );
}

function Sample({ dashed }: { dashed: boolean }) {
  const colour = dashed ? 'var(--accent)' : 'var(--text)';
  return (
    <svg width="24" height="8" aria-hidden="true">
      <path d="M0 4h24" stroke={colour} strokeWidth="2" {...(dashed ? { strokeDasharray: '6 4' } : {})} />
    </svg>
  );
}

/** Read again where the figures have changed. */
function useReliability(run: RunRow, split: Split): Found | null {
  const actions = useActions();
  const [found, setFound] = useState<Found | null>(null);
  const times = run.evaluated?.atMs;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another evaluation has other predictions
  useEffect(() => {
    let wanted = true;
    setFound(null);
    void actions.reliability(run.id, split).then((read) => {
      if (wanted) setFound(read);
    });
    return () => {
      wanted = false;
    };
  }, [actions, run.id, split, times]);
  return found;
}
