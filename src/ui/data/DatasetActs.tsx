/** Actions on all datasets: undo, redo, propose splits, set caps, and download the manifest. */
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './DatasetActs.module.css';
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
      <Button
        tone="quiet"
        size="small"
        disabled={blocked}
        title="The most slices of a class that a dataset gives"
        data-testid="open-caps"
        onClick={() => actions.look({ caps: 'open' }, 'open')}
      >
        Caps …
      </Button>
      <Button
        tone="quiet"
        size="small"
        title="Names, splits and locations as a datasets.json. Put it beside the folders of these names: it is read with them."
        data-testid="download-datasets"
        onClick={() => void actions.download({ kind: 'datasets' })}
      >
        <Icon name="download" size={14} /> datasets.json
      </Button>
      <Button
        tone="quiet"
        size="small"
        title="Export, import, and the datasets of the paper"
        data-testid="open-table"
        onClick={() => actions.look({ table: 'open' }, 'open')}
      >
        Table …
      </Button>
    </div>
  );
}
