/** Actions on all datasets: undo, redo, propose splits, and a menu of the rarer ones. */
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './DatasetActs.module.css';
import { DatasetMenu } from './DatasetMenu.tsx';
import { useUndoKeys } from './undoKeys.ts';

export function DatasetActs() {
  const history = useLab((state) => state.history);
  const readOnly = useLab((state) => state.readOnly);
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  useUndoKeys();
  return (
    <div className={styles.acts}>
      <Button
        tone="quiet"
        size="small"
        disabled={readOnly || history.undo === null}
        aria-label="Undo"
        title={history.undo === null ? 'Nothing to undo' : `Undo: ${history.undo} (Ctrl+Z)`}
        data-testid="undo"
        onClick={() => void actions.undo()}
      >
        <Icon name="undo" />
      </Button>
      <Button
        tone="quiet"
        size="small"
        disabled={readOnly || history.redo === null}
        aria-label="Redo"
        title={history.redo === null ? 'Nothing to redo' : `Redo: ${history.redo} (Ctrl+Shift+Z)`}
        data-testid="redo"
        onClick={() => void actions.redo()}
      >
        <Icon name="redo" />
      </Button>
      <Button
        tone="quiet"
        size="small"
        disabled={blocked}
        title="See what a proposal would change, and why"
        data-testid="propose-splits"
        onClick={() => actions.look({ propose: 'open' }, 'open')}
      >
        Propose splits …
      </Button>
      <DatasetMenu />
    </div>
  );
}
