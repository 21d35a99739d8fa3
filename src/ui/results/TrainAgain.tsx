/** Starts a run with the same settings on the labels as they are now. */
import { correctionsWords } from '../../app/runs.ts';
import type { RunRow } from '../../app/state.ts';
import { correctionsIn, type LabelChanges } from '../../core/labels/labelChanges.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { isActive } from '../runs.ts';
import { useTaken } from '../useTaken.ts';

export function TrainAgain({ run, changes }: { run: RunRow; changes: LabelChanges }) {
  const blocked = useLab((state) => state.readOnly || state.job !== null || state.runs.some(isActive));
  const taken = useTaken();
  const actions = useActions();
  const corrections = correctionsIn(changes);
  // A loaded model has no settings to train with.
  if (corrections === 0 || run.config.epochs === 0) return null;
  return (
    <Button
      size="small"
      disabled={blocked || taken !== null}
      title={taken ?? 'Starts a run with the same settings on today’s labels, of all splits'}
      onClick={() => void actions.trainAgain(run.id)}
      data-testid="train-again"
    >
      Train again with {correctionsWords(corrections)}
    </Button>
  );
}
