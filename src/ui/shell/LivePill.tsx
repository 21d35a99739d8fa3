/** The training in progress, shown on every page but its own. */
import { useActions, useLab } from '../context.ts';
import { remaining } from '../format.ts';
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
      <span className={styles.figure}>
        epoch {(live.latest?.epoch ?? 0).toFixed(1)} / {run.config.epochs}
      </span>
      {live.latest && <span className={styles.figure}>{remaining(live.latest.secondsLeft)} left</span>}
    </button>
  );
}
