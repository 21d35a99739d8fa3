/** The empty page: where files go, and that nothing of them stays. */
import type { RunRow } from '../../app/state.ts';
import { FilePick } from '../parts/FilePick.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './ClassifyDrop.module.css';

type Props = { model: RunRow; onPick: (files: File[]) => void; busy: boolean };

export function ClassifyDrop({ model, onPick, busy }: Props) {
  return (
    <div className={styles.drop}>
      <Icon name="classify" size={44} />
      <h2>Drop a folder to classify</h2>
      <p>
        Every series in it gets a modality from {model.title}, and a mark where its DICOM tag says otherwise.
        Nothing is stored: leaving or reloading the page forgets it.
      </p>
      <div className={styles.buttons}>
        <FilePick kind="folder" onPick={onPick} testId="classify-folder" disabled={busy} size="large" />
        <FilePick kind="files" onPick={onPick} testId="classify-files" disabled={busy} size="large" />
      </div>
      {busy && <p>Other files are being read. Wait until they are done, or cancel that.</p>}
    </div>
  );
}
