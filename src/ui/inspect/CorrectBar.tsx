/** Buttons that correct the selected slice, with the keys that do the same. */
import type { SliceCard } from '../../app/state.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { ClassKeys } from '../parts/ClassKeys.tsx';
import styles from './CorrectBar.module.css';
import type { CorrectCommand, Corrections } from './useCorrections.ts';

type Props = {
  corrections: Corrections;
  card: SliceCard | null;
  run: (command: CorrectCommand) => void;
};

export function CorrectBar({ corrections, card, run }: Props) {
  const { set, canUndo, canRedo, made } = corrections;
  if (!set) return null;
  const now = card && corrections.of(card);
  return (
    <fieldset className={styles.bar} data-testid="correct-bar">
      <legend className="spoken">Correct the label of the selected slice</legend>
      <div className={styles.keys}>
        <ClassKeys
          set={set}
          given={now ? now.label : undefined}
          disabled={!card}
          none="no label"
          onGive={(to) => run({ do: 'label', to })}
          testId="correct"
        />
        <button
          type="button"
          aria-pressed={now?.excluded === true}
          aria-keyshortcuts="X"
          disabled={!card}
          onClick={() => run({ do: 'exclude' })}
          data-testid="correct-exclude"
        >
          <span>exclude</span>
          <kbd>X</kbd>
        </button>
      </div>
      <div className={styles.acts}>
        <Button
          size="small"
          disabled={!canUndo}
          aria-keyshortcuts="U"
          onClick={() => run({ do: 'undo' })}
          data-testid="correct-undo"
        >
          Undo
        </Button>
        <Button size="small" disabled={!canRedo} aria-keyshortcuts="R" onClick={() => run({ do: 'redo' })}>
          Redo
        </Button>
        <span aria-live="polite" data-testid="correct-made">
          {made > 0 ? `${plural(made, 'change')} here` : ''}
        </span>
      </div>
    </fieldset>
  );
}
