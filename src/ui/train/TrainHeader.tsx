/** The shown run, its status, and actions besides training. */
import { useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { moment } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { isActive } from '../runs.ts';
import { useStatusWords } from '../useStatusWords.ts';
import { Baselines } from './Baselines.tsx';
import { DeleteRunDialog } from './DeleteRunDialog.tsx';
import { LoadModel } from './LoadModel.tsx';
import { NEW_RUN } from './newrun.ts';
import { RepeatRun } from './RepeatRun.tsx';
import { RunsDialog } from './RunsDialog.tsx';
import styles from './TrainHeader.module.css';

export function TrainHeader({ runs, shown }: { runs: RunRow[]; shown: RunRow | null }) {
  const readOnly = useLab((state) => state.readOnly);
  const words = useStatusWords();
  const elsewhere = useLab((state) => (state.live?.elsewhere ? state.live.run : null));
  const actions = useActions();
  const [asking, setAsking] = useState(false);
  const [listing, setListing] = useState(false);
  return (
    <header className={styles.header}>
      <h1>Train</h1>
      {runs.length > 0 && (
        <select
          className={styles.select}
          aria-label="Run"
          value={shown?.id ?? NEW_RUN}
          onChange={(event) => actions.go('train', event.target.value)}
          data-testid="train-run"
        >
          <option value={NEW_RUN}>New run</option>
          {runs.map((run) => (
            <option key={run.id} value={run.id}>
              {run.title} – {words(run)}, {moment(run.createdMs)}
            </option>
          ))}
        </select>
      )}
      {shown && (
        <span className={styles.status} data-status={shown.status} data-testid="run-status">
          {words(shown)}
          {elsewhere === shown.id && ' in another tab'}
        </span>
      )}
      <div className={styles.acts}>
        {shown?.evaluation && (
          <Button tone="accent" onClick={() => actions.go('results', shown.id)} data-testid="see-results">
            <Icon name="results" />
            See results
          </Button>
        )}
        {runs.length > 1 && (
          <Button onClick={() => setListing(true)} data-testid="runs-open">
            All runs
          </Button>
        )}
        <Baselines />
        <LoadModel />
        <RepeatRun />
        {shown && (
          <>
            <Button onClick={() => actions.go('train', NEW_RUN)} data-testid="new-run">
              <Icon name="plus" />
              New run
            </Button>
            <Button
              tone="quiet"
              disabled={readOnly || isActive(shown)}
              aria-label="Delete this run"
              title="Delete this run"
              onClick={() => setAsking(true)}
              data-testid="run-delete"
            >
              <Icon name="trash" />
            </Button>
          </>
        )}
      </div>
      {listing && <RunsDialog runs={runs} onClose={() => setListing(false)} />}
      {asking && shown && <DeleteRunDialog run={shown} onClose={() => setAsking(false)} />}
    </header>
  );
}
