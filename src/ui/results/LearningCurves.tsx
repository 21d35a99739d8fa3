/** The learning curve over data size of the shown run and its like: figures, their law, and what twice the data would bring. */
import { useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import type { ShareUnit } from '../../core/dataset/share.ts';
import type { NoLaw } from '../../core/evaluate/powerLaw.ts';
import {
  LAW_METHOD,
  LAW_WORDS,
  MEASURES,
  type Measure,
  type SizeCurve,
  sizeCurve,
  sizeGroups,
} from '../../core/train/sizeCurve.ts';
import type { Split } from '../../core/types.ts';
import { SizeChart } from '../charts/SizeChart.tsx';
import { count, percent, plural, tenths } from '../format.ts';
import { Segmented } from '../parts/Segmented.tsx';
import { SPLIT_TITLES } from '../runs.ts';
import styles from './LearningCurves.module.css';
import { useLookAtTest } from './looks.ts';

const MEASURE_OPTIONS = MEASURES.map((value) => ({
  value,
  label: `${value[0].toUpperCase()}${value.slice(1)}`,
}));

export function LearningCurves({ runs, current }: { runs: readonly RunRow[]; current: string }) {
  const groups = sizeGroups(runs).filter(({ runs: own }) => own.some(({ id }) => id === current));
  return groups.map(({ by, runs: own }) => <Curve key={by} by={by} runs={own} current={current} />);
}

type Props = { by: ShareUnit; runs: readonly RunRow[]; current: string };

function Curve({ by, runs, current }: Props) {
  const [measure, setMeasure] = useState<Measure>(by === 'datasets' ? 'datasets' : 'slices');
  const [split, setSplit] = useState<Split>('validate');
  const opened = runs.filter(({ evaluation }) => evaluation?.test);
  const splits = (['validate', 'test'] as const).filter(
    (one) => one === 'validate' || sizeCurve(runs, 'test', measure),
  );
  const shown = splits.some((one) => one === split) ? split : 'validate';
  useLookAtTest(shown === 'test' ? opened : []);
  const curve = sizeCurve(runs, shown, measure);
  return (
    <details className={styles.panel} data-testid="learning-curve" open>
      <summary>
        <strong>Learning curve over data size</strong>{' '}
        <span>
          {plural(runs.length, 'run')}, drawn by whole {by}
        </span>
      </summary>
      <div className={styles.choices}>
        <Segmented
          label="Figures of"
          options={splits.map((value) => ({ value, label: SPLIT_TITLES[value] }))}
          value={shown === 'test' ? 'test' : 'validate'}
          onChange={setSplit}
          testId="sizes-split"
        />
        <Segmented
          label="Counted along the curve"
          options={MEASURE_OPTIONS}
          value={measure}
          onChange={setMeasure}
          testId="sizes-measure"
        />
      </div>
      {curve ? (
        <>
          <p className={styles.forecast} data-testid="sizes-forecast">
            {forecastWords(curve, measure, shown)}
          </p>
          <SizeChart run={current} curve={curve} measure={measure} split={shown} />
        </>
      ) : (
        <p className={styles.note}>Runs of two shares at least must have figures of {shown}.</p>
      )}
      <p className={styles.note}>
        Bars: 95 % interval of the mean over seeds, where there are several. {LAW_METHOD}
      </p>
    </details>
  );
}

export function forecastWords({ law, forecast, means }: SizeCurve, measure: Measure, split: Split): string {
  if (!forecast) return LAW_WORDS[law as NoLaw];
  const { n, value, half } = forecast;
  const seeds = Math.min(...means.map(({ runs }) => runs));
  const few =
    seeds < 2
      ? ' One run a size is little: how much chance is in each figure is seen only with more seeds.'
      : '';
  if (half > WIDE)
    return `With twice the ${measure} (${count(n)}) nothing can be said: ${percent(value)} ± ${tenths(half)} on ${split}.${few}`;
  return `With twice the ${measure} (${count(n)}): ${percent(value)} ± ${tenths(half)} balanced accuracy on ${split}.${few}`;
}

/** A forecast that is less certain is none. */
const WIDE = 0.15;
