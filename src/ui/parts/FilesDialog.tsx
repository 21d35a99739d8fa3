/** The results of a drop's files: of the last drop unless another is chosen. */
import { useState } from 'react';
import type { Drop } from '../../app/state.ts';
import { moment, plural } from '../format.ts';
import { Button } from './Button.tsx';
import { FileLists } from './FileLists.tsx';
import styles from './FilesDialog.module.css';
import { Modal } from './Modal.tsx';
import { SkippedDownload } from './SkippedDownload.tsx';
import { dropFigures, type FileList } from './skipped.ts';

type Props = {
  /** The newest last; at least one. */
  drops: readonly Drop[];
  list: FileList | null;
  onList: (list: FileList) => void;
  onClear: () => void;
  onClose: () => void;
};

export function FilesDialog({ drops, list, onList, onClear, onClose }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  const last = drops[drops.length - 1];
  const drop = drops.find(({ id }) => id === chosen) ?? last;
  return (
    <Modal
      title={`${plural(drop.files, 'file')} of ${drop === last ? 'the last drop' : 'an earlier drop'}`}
      onClose={onClose}
      testId="skipped-dialog"
      shape="sheet"
      footer={
        <>
          <Button
            tone="quiet"
            className={styles.forget}
            onClick={() => {
              onClear();
              onClose();
            }}
          >
            Forget {drops.length > 1 ? 'these lists' : 'this list'}
          </Button>
          {drop === last && <SkippedDownload kind="skipped" />}
        </>
      }
    >
      <div className={styles.intro}>
        <p data-testid="drop-figures">{dropFigures(drop)}</p>
        {drops.length > 1 && (
          <select
            aria-label="Drop"
            value={drop.id}
            onChange={({ target }) => setChosen(Number(target.value))}
            data-testid="drop-choice"
          >
            {drops.toReversed().map((one) => (
              <option key={one.id} value={one.id}>
                {moment(one.startedMs)}, {plural(one.files, 'file')}
                {one === last ? ' (last)' : ''}
              </option>
            ))}
          </select>
        )}
      </div>
      <FileLists drop={drop} list={list} onList={onList} />
      <p className={styles.note}>One bad file never stops the rest. File names are shown, not stored.</p>
    </Modal>
  );
}
