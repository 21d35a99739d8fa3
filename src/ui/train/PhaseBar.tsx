/** The run's current phase. */
import type { LiveRun } from '../../app/state.ts';
import { useLab } from '../context.ts';
import { count } from '../format.ts';
import { evaluatedWords } from '../runs.ts';
import styles from './PhaseBar.module.css';

const WORDS = {
  preparing: 'Preparing data and device',
  training: 'Training',
  validating: 'Validating',
  evaluating: 'Evaluating',
  paused: 'Paused',
} as const satisfies Record<LiveRun['phase'], string>;

/** A step of a large network takes seconds: confirm the stop at once. */
function wordsOf({ phase, stopping }: LiveRun, splits: string): string {
  if (stopping === null || (stopping === 'evaluate' && phase === 'evaluating'))
    return phase === 'evaluating' ? `${WORDS[phase]} ${splits}` : WORDS[phase];
  return phase === 'evaluating' ? 'Ending the evaluation' : 'Stopping';
}

export function PhaseBar({ live }: { live: LiveRun }) {
  const { phase, phaseDone, phaseTotal } = live;
  const run = useLab((state) => state.runs.find(({ id }) => id === live.run));
  const words = wordsOf(live, evaluatedWords(run));
  return (
    <div className={styles.phase} data-testid="run-phase" data-phase={phase}>
      <span>{words}</span>
      <progress
        aria-label={words}
        max={Math.max(1, phaseTotal)}
        // Without a total the bar is indeterminate.
        {...(phaseTotal > 0 ? { value: phaseDone } : {})}
      />
      <span className={styles.number}>
        {phaseTotal > 0 ? `${count(phaseDone)} / ${count(phaseTotal)}` : ''}
      </span>
    </div>
  );
}
