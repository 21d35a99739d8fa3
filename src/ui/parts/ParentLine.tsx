/** Names the run that a run repeats on corrected labels. */
import { correctionsWords } from '../../app/runs.ts';
import type { RunRow } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import styles from './ParentLine.module.css';

export function ParentLine({ run: { parent } }: { run: RunRow }) {
  const runs = useLab((state) => state.runs);
  const actions = useActions();
  if (!parent) return null;
  const older = runs.find(({ id }) => id === parent.run);
  const words = correctionsWords(parent.corrections);
  return (
    <p className={styles.parent} data-testid="run-parent">
      {older ? (
        <>
          The same settings as{' '}
          <button type="button" onClick={() => actions.go('results', older.id)}>
            {older.title}
          </button>
          , with {words} of the labels it used
        </>
      ) : (
        <>The same settings as a run that was deleted, with {words} of the labels it used</>
      )}
    </p>
  );
}
