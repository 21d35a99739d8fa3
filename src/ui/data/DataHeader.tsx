/** Title, totals, results of the last drop, and buttons to add more. */
import { useActions, useLab } from '../context.ts';
import { count, duration, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { FilePick } from '../parts/FilePick.tsx';
import { FilesDialog } from '../parts/FilesDialog.tsx';
import { Icon } from '../parts/Icon.tsx';
import { dropFigures, FILE_LISTS, type FileList } from '../parts/skipped.ts';
import { CapsChip } from './CapsChip.tsx';
import styles from './DataHeader.module.css';
import { DatasetActs } from './DatasetActs.tsx';

export function DataHeader() {
  const datasets = useLab((state) => state.datasets);
  const drops = useLab((state) => state.drops);
  const ingest = useLab((state) => state.ingest);
  const busy = useLab((state) => state.job !== null);
  const readOnly = useLab((state) => state.readOnly);
  const untrained = useLab((state) => state.runs.length === 0);
  const open = useLab((state) => state.view.files);
  const actions = useActions();

  const slices = datasets.reduce((sum, dataset) => sum + dataset.slices, 0);
  const excluded = datasets.reduce((sum, dataset) => sum + dataset.excluded, 0);
  const drop = drops.at(-1);
  const add = (picked: File[]) => void actions.addFiles(picked);

  return (
    <header className={styles.header}>
      <h1>Data</h1>
      <p className={styles.totals}>
        {plural(datasets.length, 'dataset')} · {plural(slices, 'slice')}
        {excluded > 0 && ` · ${count(excluded)} left out`}
      </p>
      <CapsChip />
      {drop && (
        <p className={styles.drop}>
          {plural(drop.files, 'file')}
          {ingest?.startedMs === drop.startedMs && !busy && ` in ${duration(ingest.seconds)}`}:{' '}
          {drop.unused.length + drop.remarks.length > 0 ? (
            <button
              type="button"
              className={drop.skipped > 0 ? `${styles.why} ${styles.lost}` : styles.why}
              title="Which files, and why"
              onClick={() => actions.look({ files: 'first' }, 'open')}
              data-testid="skipped-why"
            >
              {dropFigures(drop)}
            </button>
          ) : (
            dropFigures(drop)
          )}
        </p>
      )}
      <div className={styles.pickers}>
        <DatasetActs />
        <FilePick kind="folder" onPick={add} testId="pick-folder" disabled={readOnly || busy} />
        <FilePick kind="files" onPick={add} testId="pick-files" disabled={readOnly || busy} />
        {untrained && (
          <Button
            tone="accent"
            disabled={readOnly || busy}
            onClick={() => actions.go('train')}
            data-testid="train-on-these"
          >
            Train on these
            <Icon name="right" />
          </Button>
        )}
      </div>
      {drop && open !== undefined && (
        <FilesDialog
          drops={drops}
          list={isList(open) ? open : null}
          onList={(list) => actions.look({ files: list })}
          onClear={() => actions.clearSkipped()}
          onClose={() => actions.look({ files: undefined }, 'close')}
        />
      )}
    </header>
  );
}

function isList(word: string): word is FileList {
  return (FILE_LISTS as readonly string[]).includes(word);
}
