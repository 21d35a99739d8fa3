/** Title, totals, what was skipped, and the ways to add more. */
import { useState } from 'react';
import { useActions, useLab } from '../context.ts';
import { count, duration, plural } from '../format.ts';
import { FilePick } from '../parts/FilePick.tsx';
import { SkippedDialog } from '../parts/SkippedDialog.tsx';
import styles from './DataHeader.module.css';

export function DataHeader() {
  const datasets = useLab((state) => state.datasets);
  const skipped = useLab((state) => state.skipped);
  const ingest = useLab((state) => state.ingest);
  const job = useLab((state) => state.job);
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  const [whyShown, setWhyShown] = useState(false);

  const slices = datasets.reduce((sum, dataset) => sum + dataset.slices, 0);
  const leftOut = datasets.reduce((sum, dataset) => sum + dataset.leftOut, 0);
  const files = job?.kind === 'ingest' ? job.total : (ingest?.files ?? null);
  const add = (picked: File[]) => void actions.addFiles(picked);

  return (
    <header className={styles.header}>
      <h1>Data</h1>
      <p className={styles.totals}>
        <span>
          {plural(datasets.length, 'dataset')} · {plural(slices, 'slice')}
          {leftOut > 0 && ` · ${count(leftOut)} left out`}
        </span>
        {ingest && !job && (
          <span>
            read {plural(ingest.files, 'file')} in {duration(ingest.seconds)}
          </span>
        )}
      </p>
      {skipped.length > 0 && (
        <button
          type="button"
          className={styles.why}
          onClick={() => setWhyShown(true)}
          data-testid="skipped-why"
        >
          {files !== null && files >= skipped.length
            ? `${count(skipped.length)} of ${count(files)} files skipped – why?`
            : `${plural(skipped.length, 'file')} skipped – why?`}
        </button>
      )}
      <div className={styles.pickers}>
        <FilePick kind="folder" onPick={add} testId="pick-folder" disabled={readOnly || job !== null} />
        <FilePick kind="files" onPick={add} testId="pick-files" disabled={readOnly || job !== null} />
      </div>
      {whyShown && (
        <SkippedDialog
          files={skipped}
          onClear={() => actions.clearSkipped()}
          onClose={() => setWhyShown(false)}
        />
      )}
    </header>
  );
}
