/** The exports of a classification, with or without the names of files. */
import { useState } from 'react';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './ClassifyHeader.module.css';

export function Exports() {
  const none = useLab((state) => state.classify.series.length === 0);
  const actions = useActions();
  const [fileNames, setFileNames] = useState(false);
  return (
    <>
      <label className={styles.names} title="Names of files and folders can name patients.">
        <input
          type="checkbox"
          checked={fileNames}
          onChange={(event) => setFileNames(event.target.checked)}
          data-testid="classify-file-names"
        />
        File names
      </label>
      {(['csv', 'json'] as const).map((format) => (
        <Button
          key={format}
          disabled={none}
          onClick={() => void actions.download({ kind: `classify-${format}` }, { fileNames })}
          data-testid={`download-classify-${format}`}
        >
          <Icon name="download" /> {format.toUpperCase()}
        </Button>
      ))}
    </>
  );
}
