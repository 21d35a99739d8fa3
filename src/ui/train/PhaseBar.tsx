/** What the run is doing at this moment, besides or within training. */
import type { LiveRun } from '../../app/state.ts';
import { count } from '../format.ts';
import styles from './PhaseBar.module.css';

const WORDS = {
  preparing: 'Preparing data and device',
  training: 'Training',
  validating: 'Validating',
  evaluating: 'Evaluating every split',
  paused: 'Paused',
} as const satisfies Record<LiveRun['phase'], string>;

export function PhaseBar({ live: { phase, phaseDone, phaseTotal } }: { live: LiveRun }) {
  return (
    <div className={styles.phase} data-testid="run-phase" data-phase={phase}>
      <span>{WORDS[phase]}</span>
      <progress
        aria-label={WORDS[phase]}
        max={Math.max(1, phaseTotal)}
        // Without a total the bar shows that work goes on.
        {...(phaseTotal > 0 ? { value: phaseDone } : {})}
      />
      <span className={styles.number}>
        {phaseTotal > 0 ? `${count(phaseDone)} / ${count(phaseTotal)}` : ''}
      </span>
    </div>
  );
}
