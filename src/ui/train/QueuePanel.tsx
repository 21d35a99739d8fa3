/** The queue above a run: what waits, in which order, how long it takes; and whether it goes on. */
import { useRef, useState } from 'react';
import { inQueue, queueWaits } from '../../app/queue.ts';
import type { RunRow } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { plural, remaining } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { SaidAloud, useSaid } from '../parts/Said.tsx';
import { isActive, STATUS_WORDS } from '../runs.ts';
import { useEstimates } from './Plan.tsx';
import { timeWords } from './QueueDialog.tsx';
import styles from './QueuePanel.module.css';
import { secondsOf } from './queuePlan.ts';

export function QueuePanel() {
  const runs = useLab((state) => state.runs);
  const queued = inQueue(runs);
  return queued.length === 0 ? null : <Panel queued={queued} />;
}

const GOES =
  'If you pause it, the run in progress goes on to its end and none begins. After a reload or a crash the queue goes on by itself, from what was saved.';
const PAUSED =
  'Its runs begin one after the other when it goes on. A run that fails says why, and the next one begins.';

function Panel({ queued }: { queued: RunRow[] }) {
  const goes = useLab((state) => state.queueGoes);
  const readOnly = useLab((state) => state.readOnly);
  // Not the live run itself: it changes several times a second.
  const liveRun = useLab((state) => state.live?.run ?? null);
  const elsewhere = useLab((state) => state.live?.elsewhere === true);
  const audit = useLab((state) => state.audit);
  const baselines = useLab((state) => state.baselines);
  const job = useLab((state) => state.job);
  const actions = useActions();
  const estimates = useEstimates();
  const [open, setOpen] = useState(!goes);
  const list = useRef<HTMLOListElement>(null);
  const [said, say] = useSaid();
  const waiting = queued.filter((run) => !isActive(run));
  const total = secondsOf(waiting, estimates);
  const other = liveRun !== null && !queued.some(({ id }) => id === liveRun);

  const state = stateWords({
    goes,
    readOnly,
    elsewhere,
    other,
    waits: queueWaits({ audit, baselines, job }),
  });

  const move = async (run: RunRow, by: -1 | 1) => {
    await actions.moveQueued(run.id, by);
    say(`${run.title} moved ${by < 0 ? 'up' : 'down'}.`);
  };
  const remove = async (run: RunRow, at: number) => {
    await actions.unqueueRun(run.id);
    say(`${run.title} left the queue.`);
    // The focus goes to the row that takes its place.
    requestAnimationFrame(() => {
      const rows = list.current?.querySelectorAll<HTMLElement>('[data-testid="queue-remove"]') ?? [];
      (
        rows[Math.min(at, rows.length - 1)] ??
        document.querySelector<HTMLElement>('[data-testid="train-run"]')
      )?.focus();
    });
  };

  return (
    <section className={styles.queue} aria-label="Queue of runs" data-testid="queue-panel">
      <div className={styles.acts}>
        <h2 className={styles.name}>Queue</h2>
        <span className={styles.words} data-testid="queue-words">
          {plural(waiting.length, 'run')} {waiting.length === 1 ? 'waits' : 'wait'}
          {waiting.length > 0 && total !== null && `, about ${remaining(total)} in all`}
          {' · '}
          {state}
        </span>
        {goes ? (
          <Button size="small" disabled={readOnly} onClick={actions.pauseQueue} data-testid="queue-pause">
            <Icon name="pause" size={14} /> Pause the queue
          </Button>
        ) : (
          <Button size="small" disabled={readOnly} onClick={actions.goOnQueue} data-testid="queue-go">
            <Icon name="play" size={14} /> Go on with the queue
          </Button>
        )}
        <Button
          size="small"
          tone="quiet"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="queue-open"
        >
          <Icon name={open ? 'down' : 'right'} size={14} /> {open ? 'Hide the runs' : 'Show the runs'}
        </Button>
      </div>
      {open && <p className={styles.note}>{goes ? GOES : PAUSED}</p>}
      {open && (
        <ol className={styles.list} ref={list}>
          {queued.map((run, i) => (
            <li key={run.id} data-testid="queue-row">
              <button type="button" className={styles.title} onClick={() => actions.go('train', run.id)}>
                {run.title}
              </button>
              <span className={`${styles.note} ${run.status === 'queued' ? styles.seed : ''}`}>
                {run.status === 'queued' ? `seed ${run.config.seed}` : STATUS_WORDS[run.status]}
              </span>
              <span className={styles.note}>{timeWords(estimates(run.config)?.seconds ?? null)}</span>
              <span className={styles.buttons}>
                <Act
                  label={`Move ${run.title} up`}
                  icon="up"
                  off={readOnly || isActive(run) || i === 0 || isActive(queued[i - 1])}
                  onClick={() => void move(run, -1)}
                  testId="queue-up"
                />
                <Act
                  label={`Move ${run.title} down`}
                  icon="down"
                  off={readOnly || isActive(run) || i === queued.length - 1}
                  onClick={() => void move(run, 1)}
                  testId="queue-down"
                />
                <Act
                  label={`Take ${run.title} out of the queue`}
                  icon="close"
                  off={readOnly || isActive(run)}
                  onClick={() => void remove(run, i)}
                  testId="queue-remove"
                />
              </span>
            </li>
          ))}
        </ol>
      )}
      <SaidAloud said={said} />
    </section>
  );
}

type ActProps = {
  label: string;
  icon: 'up' | 'down' | 'close';
  off: boolean;
  onClick: () => void;
  testId: string;
};

function Act({ label, icon, off, onClick, testId }: ActProps) {
  return (
    <Button
      tone="quiet"
      size="small"
      aria-label={label}
      title={label}
      aria-disabled={off}
      onClick={() => {
        if (!off) onClick();
      }}
      data-testid={testId}
    >
      <Icon name={icon} size={14} />
    </Button>
  );
}

type Situation = {
  goes: boolean;
  readOnly: boolean;
  elsewhere: boolean;
  /** A run that is not of the queue is going on. */
  other: boolean;
  waits: string | null;
};

/** What the queue does now. */
export function stateWords({ goes, readOnly, elsewhere, other, waits }: Situation): string {
  if (readOnly) return elsewhere ? 'another tab trains' : 'this tab only shows it';
  if (!goes) return 'paused';
  if (other) return 'waits for the run in progress';
  return waits ? `waits: ${waits}` : 'goes on';
}
