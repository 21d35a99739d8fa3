/** "12 of 5,000 files skipped – why?": the dialog that answers. */
import type { SkippedFile } from '../../core/protocol.ts';
import { count } from '../format.ts';
import { Button } from './Button.tsx';
import { Modal } from './Modal.tsx';
import styles from './SkippedDialog.module.css';
import { SkippedDownload } from './SkippedDownload.tsx';
import { SkippedList } from './SkippedList.tsx';

type Props = {
  files: SkippedFile[];
  onClear: () => void;
  onClose: () => void;
};

export function SkippedDialog({ files, onClear, onClose }: Props) {
  return (
    <Modal
      title={`${count(files.length)} skipped`}
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
            Forget this list
          </Button>
          <SkippedDownload kind="skipped" />
        </>
      }
    >
      <p className={styles.intro}>
        One bad file never stops the rest. File names are shown here only; they are not stored.
      </p>
      <SkippedList files={files} />
    </Modal>
  );
}
