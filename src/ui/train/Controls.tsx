/** The one accent button of the page: Start, which becomes Pause and Stop; and what stands in its way. */
import type { RunRow } from '../../app/state.ts';
import { stepsPerEpoch } from '../../core/train/plan.ts';
import type { RunConfig } from '../../core/train/run.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { isActive } from '../runs.ts';
import styles from './Controls.module.css';
import { type Remark, trainSlices } from './readiness.ts';

type Props = {
  shown: RunRow | null;
  config: RunConfig;
  blockers: Remark[];
  hints: Remark[];
  onStart: () => void;
};

export function Controls({ shown, config, blockers, hints, onStart }: Props) {
  const readOnly = useLab((state) => state.readOnly);
  const phase = useLab((state) => (state.live && state.live.run === shown?.id ? state.live.phase : null));
  const actions = useActions();

  if (shown && isActive(shown)) {
    return (
      <div className={styles.controls}>
        <div className={styles.buttons}>
          {shown.status === 'running' ? (
            <Button
              size="large"
              tone="accent"
              disabled={readOnly || phase === 'preparing' || phase === 'evaluating'}
              onClick={() => void actions.pauseRun()}
              data-testid="train-pause"
            >
              <Icon name="pause" /> Pause
            </Button>
          ) : (
            <Button
              size="large"
              tone="accent"
              disabled={readOnly}
              onClick={() => void actions.proceedRun()}
              data-testid="train-proceed"
            >
              <Icon name="play" /> Continue
            </Button>
          )}
          <Button
            size="large"
            disabled={readOnly || phase === 'evaluating'}
            title="What was learned is kept and evaluated"
            onClick={() => void actions.stopRun(true)}
            data-testid="train-stop"
          >
            <Icon name="stop" /> Stop
          </Button>
        </div>
      </div>
    );
  }

  if (shown?.status === 'interrupted') {
    return (
      <div className={styles.controls}>
        <Remarks remarks={blockers} />
        <Button
          size="large"
          tone="accent"
          disabled={blockers.length > 0}
          onClick={() => void actions.resumeRun(shown.id)}
          data-testid="train-resume"
        >
          <Icon name="play" /> Resume
        </Button>
      </div>
    );
  }

  return (
    <div className={styles.controls}>
      {blockers.length > 0 ? <Remarks remarks={blockers} strong /> : <Plan config={config} />}
      {blockers.length === 0 && <Remarks remarks={hints} />}
      <Button
        size="large"
        // Where there are results, seeing them comes first.
        tone={shown?.evaluation ? 'plain' : 'accent'}
        disabled={blockers.length > 0}
        onClick={onStart}
        data-testid="train-start"
      >
        <Icon name="play" /> {shown ? 'Start a new run' : 'Start training'}
      </Button>
    </div>
  );
}

/** What the button would set going. */
function Plan({ config }: { config: RunConfig }) {
  const slices = useLab((state) => trainSlices(state.datasets));
  const steps = stepsPerEpoch(slices, config);
  return (
    <p className={styles.plan}>
      {plural(slices, 'slice')}: {count(steps)} steps an epoch, {count(steps * config.epochs)} in all.
    </p>
  );
}

function Remarks({ remarks, strong = false }: { remarks: Remark[]; strong?: boolean }) {
  const actions = useActions();
  if (remarks.length === 0) return null;
  return (
    <ul className={`${styles.remarks} ${strong ? styles.strong : ''}`} data-testid="train-remarks">
      {remarks.map(({ text, step }) => (
        <li key={text}>
          <Icon name={strong ? 'warning' : 'info'} />
          <span>
            {text}{' '}
            {step && (
              <button type="button" onClick={() => actions.go(step.page, step.detail ?? null)}>
                {step.label}
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
