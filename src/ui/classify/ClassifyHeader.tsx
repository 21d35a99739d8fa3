/** Which model answers, the way to more files, and the exports. */
import type { RunRow } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { percent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import { headlineSplit, SPLIT_TITLES } from '../runs.ts';
import styles from './ClassifyHeader.module.css';
import { Exports } from './Exports.tsx';
import { models } from './model.ts';

type Props = {
  model: RunRow;
  /** Null while the drop area offers the pickers. */
  onPick: ((files: File[]) => void) | null;
};

export function ClassifyHeader({ model, onPick }: Props) {
  const usable = models(useLab((state) => state.runs));
  const busy = useLab((state) => state.job !== null);
  const actions = useActions();
  return (
    <header className={styles.header}>
      <h1>Classify</h1>
      <label className={styles.model}>
        with
        <select
          value={model.id}
          onChange={(event) => actions.go('classify', event.target.value)}
          data-testid="classify-model"
        >
          {usable.map((run) => (
            <option key={run.id} value={run.id}>
              {run.title}
              {score(run)}
            </option>
          ))}
        </select>
      </label>
      <div className={styles.acts}>
        {onPick && (
          <>
            <FilePick kind="folder" onPick={onPick} testId="classify-folder" disabled={busy} />
            <FilePick kind="files" onPick={onPick} testId="classify-files" disabled={busy} />
            <Button
              tone="quiet"
              disabled={busy}
              onClick={() => actions.clearClassify()}
              data-testid="classify-clear"
            >
              Clear
            </Button>
          </>
        )}
        <Exports />
      </div>
    </header>
  );
}

function score(run: RunRow): string {
  const split = headlineSplit(run);
  return split ? ` – ${percent(run.evaluation![split]!.accuracy)} ${SPLIT_TITLES[split].toLowerCase()}` : '';
}
