/** Tells that another tab writes to the project and what it is doing, and offers to take over. */
import { useActions, useLab } from '../context.ts';
import { remaining } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './Banner.module.css';

export function ReadOnlyBanner() {
  const readOnly = useLab((state) => state.readOnly);
  const takingOver = useLab((state) => state.takingOver);
  const yielding = useLab((state) => state.yielding);
  const actions = useActions();
  if (!readOnly) return null;
  return (
    <div className={styles.banner} role="status" data-testid="read-only">
      <Icon name="info" />
      <span>
        {takingOver
          ? 'Waiting for the other tab to save and hand the project over …'
          : yielding
            ? 'Another tab is taking this project over. What is under way here is being saved …'
            : 'This project is open in another tab. Here you can only look.'}
        {!takingOver && <Elsewhere />}
      </span>
      <Button
        size="small"
        disabled={takingOver || yielding}
        onClick={() => void actions.takeOver()}
        data-testid="take-over"
      >
        Take over …
      </Button>
    </div>
  );
}

/** The training in the other tab. */
function Elsewhere() {
  const live = useLab((state) => (state.live?.elsewhere ? state.live : null));
  const run = useLab((state) => state.runs.find(({ id }) => id === state.live?.run));
  if (!live || !run) return null;
  if (live.phase === 'evaluating')
    return <b data-testid="training-elsewhere"> A model is being evaluated in another tab.</b>;
  const epoch = (live.latest?.epoch ?? 0).toFixed(1);
  return (
    <b data-testid="training-elsewhere">
      {' '}
      Training in another tab: epoch {epoch} of {run.config.epochs}
      {live.latest && live.phase === 'training' ? `, ${remaining(live.latest.secondsLeft)} left` : ''}.
    </b>
  );
}
