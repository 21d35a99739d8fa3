/** How far the shown run is above the best baseline that never saw a picture; for a baseline, what it is. */
import type { RunRow } from '../../app/state.ts';
import { baselineOf } from '../../core/baselines/meta.ts';
import { figureOf } from '../../core/evaluate/evaluation.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import type { Split } from '../../core/types.ts';
import { useLab } from '../context.ts';
import { metricText } from '../metric.ts';
import styles from './BaselineNote.module.css';

export function BaselineNote({ run, split }: { run: RunRow; split: Split }) {
  const runs = useLab((state) => state.runs);
  const baseline = baselineOf(run.config);
  if (baseline) {
    return (
      <p className={styles.note} data-testid="baseline-note">
        {baseline.description} {baseline.proves}
      </p>
    );
  }
  const cheat = bestCheat(runs, run, split);
  const own = run.evaluation?.[split];
  if (!cheat || !own) return null;
  const { title, evaluation } = cheat;
  const reached = (of: typeof own) => figureOf(of, 'balancedAccuracy') ?? 0;
  const isAsGood = reached(evaluation) >= reached(own);
  return (
    <p className={styles.note} data-testid="baseline-note" data-warn={isAsGood}>
      {title} reaches {metricText(evaluation, 'accuracy')} on {split} (balanced{' '}
      {metricText(evaluation, 'balancedAccuracy')}).
      {isAsGood && ' That is as good as this run: it may have learned the image size.'}
    </p>
  );
}

/** Of the same label set and the same number of slices. */
function bestCheat(runs: readonly RunRow[], run: RunRow, split: Split) {
  const n = run.evaluation?.[split]?.n;
  const set = labelSetOf(run).id;
  return runs
    .flatMap((one) => {
      const evaluation = one.evaluation?.[split];
      const isSame = evaluation?.n === n && labelSetOf(one).id === set;
      return evaluation && isSame && baselineOf(one.config)?.cheats ? [{ title: one.title, evaluation }] : [];
    })
    .sort(
      (a, b) =>
        (figureOf(b.evaluation, 'balancedAccuracy') ?? 0) - (figureOf(a.evaluation, 'balancedAccuracy') ?? 0),
    )
    .at(0);
}
