/** The training in progress, shown on every page but its own. */
import type { LiveRun } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { count, remaining } from '../format.ts';
import styles from './LivePill.module.css';

const WORDS = {
  preparing: 'Preparing',
  training: 'Training',
  validating: 'Validating',
  evaluating: 'Evaluating',
  paused: 'Paused',
} as const;

export function LivePill() {
  const live = useLab((state) => state.live);
  const page = useLab((state) => state.page);
  const run = useLab((state) => state.runs.find(({ id }) => id === state.live?.run));
  const actions = useActions();
  const goesOn = run?.status === 'running' || run?.status === 'paused';
  if (!live || !run || !goesOn || page === 'train') return null;
  return (
    <button
      type="button"
      className={styles.pill}
      onClick={() => actions.go('train', live.run)}
      data-testid="live-pill"
    >
      <span className={`${styles.dot} ${live.phase === 'paused' ? '' : styles.moving}`} />
      {WORDS[live.phase]}
      {live.elsewhere && ' in another tab'}
      <span className={styles.figure}>{place(live, run.config.epochs)}</span>
      {live.latest && live.phase !== 'evaluating' && (
        <span className={styles.figure}>{remaining(live.latest.secondsLeft)} left</span>
      )}
    </button>
  );
}

/** A model that was loaded is evaluated without an epoch. */
function place({ phase, phaseDone, phaseTotal, latest }: LiveRun, epochs: number): string {
  if (phase === 'evaluating') return phaseTotal > 0 ? `${count(phaseDone)} / ${count(phaseTotal)}` : '';
  return epochs > 0 ? `epoch ${(latest?.epoch ?? 0).toFixed(1)} / ${epochs}` : '';
}
