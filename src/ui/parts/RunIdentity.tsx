/** The user's title of a run, and notes. */
import type { RunRow } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { isActive } from '../runs.ts';
import { EditableText } from './EditableText.tsx';
import { ParentLine } from './ParentLine.tsx';
import styles from './RunIdentity.module.css';

export function RunIdentity({ run }: { run: RunRow }) {
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  // The worker writes the record of the run in progress.
  const disabled = readOnly || isActive(run);
  return (
    <div className={styles.identity} data-testid="run-identity">
      <EditableText
        value={run.name ?? run.title}
        label="Title of the run"
        strong
        disabled={disabled}
        onCommit={(title) => void actions.renameRun(run.id, title)}
      />
      <EditableText
        value={run.note}
        label="Note on the run"
        placeholder={disabled ? '' : 'Note'}
        disabled={disabled}
        onCommit={(note) => void actions.noteRun(run.id, note)}
      />
      <ParentLine run={run} />
    </div>
  );
}
