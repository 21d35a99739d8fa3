/** The exports of a classification: the shown series in order, with or without file names. */
import { useState } from 'react';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { useActions } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './ClassifyHeader.module.css';

const KINDS = [
  { kind: 'csv', label: 'CSV', what: 'A table of' },
  { kind: 'slices', label: 'Slices', what: 'A table of the judged slices of' },
  { kind: 'json', label: 'JSON', what: 'A record of' },
] as const;

export function Exports({ shown }: { shown: JudgedSeries[] }) {
  const actions = useActions();
  const [fileNames, setFileNames] = useState(false);
  return (
    <>
      <label
        className={styles.names}
        title="Adds where each series was found, below the folder that was dropped. These names can still name patients."
      >
        <input
          type="checkbox"
          checked={fileNames}
          onChange={(event) => setFileNames(event.target.checked)}
          data-testid="classify-file-names"
        />
        With file names
      </label>
      {KINDS.map(({ kind, label, what }) => (
        <Button
          key={kind}
          disabled={shown.length === 0}
          title={`${what} the ${plural(shown.length, 'series', 'series')} shown, in their order`}
          onClick={() =>
            void actions.download(
              { kind: `classify-${kind}`, keys: shown.map(({ key }) => key) },
              { fileNames },
            )
          }
          data-testid={`download-classify-${kind}`}
        >
          <Icon name="download" /> {label}
        </Button>
      ))}
    </>
  );
}
