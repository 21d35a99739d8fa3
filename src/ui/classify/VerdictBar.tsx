/** Buttons that correct the verdict of the open series, with the keys that do the same. */
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { useActions } from '../context.ts';
import styles from '../inspect/CorrectBar.module.css';
import { Button } from '../parts/Button.tsx';
import { Swatch } from '../parts/Modality.tsx';

export function VerdictBar({ series }: { series: JudgedSeries }) {
  const actions = useActions();
  const { labelSet, correction, key: of } = series;
  return (
    <fieldset className={styles.bar} data-testid="verdict-bar">
      <legend className={styles.title}>What is it?</legend>
      <div className={styles.keys}>
        {labelSet.classes.map(({ id, name, colour, key }) => (
          <button
            key={id}
            type="button"
            aria-pressed={correction?.class === id}
            aria-keyshortcuts={key || undefined}
            title={name}
            onClick={() => actions.correctVerdict(of, id)}
            data-testid={`verdict-${id}`}
          >
            <Swatch label={id} colour={colour} /> <span>{name}</span>
            {key && <kbd>{key.toUpperCase()}</kbd>}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={correction?.class === null}
          aria-keyshortcuts="0"
          onClick={() => actions.correctVerdict(of, null)}
        >
          <span>none of them</span>
          <kbd>0</kbd>
        </button>
      </div>
      <div className={styles.acts}>
        <Button size="small" aria-keyshortcuts="U" onClick={() => actions.undoVerdict()}>
          Undo
        </Button>
        <Button size="small" aria-keyshortcuts="R" onClick={() => actions.redoVerdict()}>
          Redo
        </Button>
      </div>
    </fieldset>
  );
}
