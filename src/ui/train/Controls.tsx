/** The one accent button of the page: Start, which becomes Pause and Stop; and the reasons against starting. */
import { useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import type { RunConfig } from '../../core/train/run.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { isActive } from '../runs.ts';
import styles from './Controls.module.css';
import { Plan } from './Plan.tsx';
import type { Problems } from './problems.ts';
import type { Remark } from './readiness.ts';
import { StopDialog } from './StopDialog.tsx';

type Props = {
  shown: RunRow | null;
  config: RunConfig;
  /** Problems of the form's fields. */
  problems: Problems;
  blockers: Remark[];
  hints: Remark[];
  onStart: () => void;
  onQueue: () => void;
};

export function Controls({ shown, config, problems, blockers, hints, onStart, onQueue }: Props) {
  const readOnly = useLab((state) => state.readOnly);
  const live = useLab((state) => (state.live && state.live.run === shown?.id ? state.live : null));
  const [asking, setAsking] = useState(false);
  const phase = live?.phase ?? null;
  const stopping = live !== null && live.stopping !== null;
  const elsewhere = live?.elsewhere === true;
  const actions = useActions();

  if (shown && isActive(shown) && elsewhere) {
    return (
      <div className={styles.controls}>
        <Remarks
          remarks={[
            {
              text: 'Training in another tab: it can be paused and stopped there, or taken over.',
              step: null,
            },
          ]}
        />
      </div>
    );
  }

  if (shown && isActive(shown)) {
    return (
      <div className={styles.controls}>
        <div className={styles.buttons}>
          {shown.status === 'running' ? (
            <Button
              size="large"
              tone="accent"
              disabled={readOnly || stopping || phase === 'preparing' || phase === 'evaluating'}
              onClick={() => void actions.pauseRun()}
              data-testid="train-pause"
            >
              <Icon name="pause" /> Pause
            </Button>
          ) : (
            <Button
              size="large"
              tone="accent"
              disabled={readOnly || stopping}
              onClick={() => void actions.proceedRun()}
              data-testid="train-proceed"
            >
              <Icon name="play" /> Continue
            </Button>
          )}
          <Button
            size="large"
            disabled={readOnly || live === null || live.stopping === 'model'}
            title={
              phase === 'evaluating'
                ? 'The model and the splits evaluated so far are kept'
                : 'What was learned is kept'
            }
            onClick={() =>
              phase === 'evaluating' || stopping ? void actions.stopRun(false) : setAsking(true)
            }
            data-testid="train-stop"
          >
            <Icon name="stop" /> {stopping ? 'Stopping …' : 'Stop'}
          </Button>
        </div>
        {asking && live && <StopDialog live={live} onClose={() => setAsking(false)} />}
      </div>
    );
  }

  if (shown?.status === 'queued') {
    return (
      <div className={styles.controls}>
        <Remarks remarks={[{ text: 'This run waits in the queue, with the settings above.', step: null }]} />
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

  const wrong = Object.entries(problems).map(([field, problem]) => ({
    text: `${field}: ${problem}`,
    step: null,
  }));
  return (
    <div className={styles.controls}>
      {blockers.length > 0 ? (
        <Remarks remarks={blockers} strong />
      ) : wrong.length > 0 ? (
        <Remarks remarks={wrong} strong />
      ) : (
        <>
          <Plan config={config} />
          <Remarks remarks={hints} />
        </>
      )}
      <Button
        size="large"
        // If there are results, offer them first.
        tone={shown?.evaluation ? 'plain' : 'accent'}
        disabled={blockers.length > 0 || wrong.length > 0}
        onClick={onStart}
        data-testid="train-start"
      >
        <Icon name="play" /> {shown ? 'Start a new run' : 'Start training'}
      </Button>
      <Button disabled={readOnly || wrong.length > 0} onClick={onQueue} data-testid="train-queue">
        <Icon name="plus" /> Queue several runs …
      </Button>
    </div>
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
