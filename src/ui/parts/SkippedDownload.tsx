/** The list of skipped files as CSV, with or without their names. */
import { useState } from 'react';
import { useActions } from '../context.ts';
import { Button } from './Button.tsx';
import styles from './FilesDialog.module.css';
import { Icon } from './Icon.tsx';

export function SkippedDownload({ kind }: { kind: 'skipped' | 'classify-skipped' }) {
  const actions = useActions();
  const [fileNames, setFileNames] = useState(false);
  return (
    <>
      <label className={styles.names} title="Names of files and folders can name patients.">
        <input
          type="checkbox"
          checked={fileNames}
          onChange={({ target }) => setFileNames(target.checked)}
          data-testid="skipped-file-names"
        />
        Include file names (they can name patients)
      </label>
      <Button onClick={() => void actions.download({ kind }, { fileNames })} data-testid="download-skipped">
        <Icon name="download" />
        Download list
      </Button>
    </>
  );
}
