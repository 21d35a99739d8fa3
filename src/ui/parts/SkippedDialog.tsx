/** "12 of 5,000 files skipped – why?": the dialog that answers. */
import type { SkippedFile } from '../../core/protocol.ts';
import { count } from '../format.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { Modal } from './Modal.tsx';
import styles from './SkippedDialog.module.css';
import { SkippedList } from './SkippedList.tsx';

type Props = {
  files: SkippedFile[];
  onDownload: () => void;
  onClear: () => void;
  onClose: () => void;
};

export function SkippedDialog({ files, onDownload, onClear, onClose }: Props) {
  return (
    <Modal
      title={`${count(files.length)} skipped`}
      onClose={onClose}
      testId="skipped-dialog"
      footer={
        <>
          <Button
            tone="quiet"
            onClick={() => {
              onClear();
              onClose();
            }}
          >
            Forget this list
          </Button>
          <Button onClick={onDownload} data-testid="download-skipped">
            <Icon name="download" />
            Download list
          </Button>
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
