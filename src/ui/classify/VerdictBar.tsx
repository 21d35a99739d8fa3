/** Buttons that correct the verdict of the open series, with the keys that do the same. */
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { useActions } from '../context.ts';
import styles from '../inspect/CorrectBar.module.css';
import { Button } from '../parts/Button.tsx';
import { ClassKeys } from '../parts/ClassKeys.tsx';

type Props = {
  series: JudgedSeries;
  /** After undo and redo, with the series that they changed. */
  onGone: (series: readonly string[] | null) => void;
};

export function VerdictBar({ series, onGone }: Props) {
  const actions = useActions();
  const { labelSet, correction, key: of } = series;
  return (
    <fieldset className={styles.bar} data-testid="verdict-bar">
      <legend className={styles.title}>What is it?</legend>
      <div className={styles.keys}>
        <ClassKeys
          set={labelSet}
          given={correction?.class}
          none="none of them"
          onGive={(to) => actions.correctVerdicts([of], to)}
          testId="verdict"
        />
      </div>
      <div className={styles.acts}>
        <Button
          size="small"
          disabled={!correction}
          title="Take back what was said of this series"
          aria-keyshortcuts="Backspace"
          onClick={() => actions.correctVerdicts([of], undefined)}
        >
          Take back
        </Button>
        <Button size="small" aria-keyshortcuts="U" onClick={() => onGone(actions.undoVerdict())}>
          Undo
        </Button>
        <Button size="small" aria-keyshortcuts="R" onClick={() => onGone(actions.redoVerdict())}>
          Redo
        </Button>
      </div>
    </fieldset>
  );
}
