/** The exports of a classification: the shown series in order, with or without file names. */
import { useState } from 'react';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { useActions } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Popup } from '../parts/Popup.tsx';
import styles from './Exports.module.css';

const KINDS = [
  { kind: 'csv', label: 'Table of series', what: 'CSV, one line a series' },
  { kind: 'slices', label: 'Table of slices', what: 'CSV, one line a judged slice' },
  { kind: 'json', label: 'Record', what: 'JSON, with models and settings' },
  { kind: 'page', label: 'Report', what: 'HTML to print or hand on' },
] as const;

export function Exports({ shown }: { shown: JudgedSeries[] }) {
  const actions = useActions();
  const [fileNames, setFileNames] = useState(false);
  return (
    <Popup
      label={
        <>
          <Icon name="download" /> Export
        </>
      }
      name="Export"
      width={320}
      disabled={shown.length === 0}
      title={`The ${plural(shown.length, 'series', 'series')} shown, in their order`}
      testId="classify-export"
    >
      <ul className={styles.kinds}>
        {KINDS.map(({ kind, label, what }) => (
          <li key={kind}>
            <Button
              tone="quiet"
              className={styles.kind}
              onClick={() =>
                void actions.download(
                  { kind: `classify-${kind}`, keys: shown.map(({ key }) => key) },
                  { fileNames },
                )
              }
              data-testid={`download-classify-${kind}`}
            >
              <span>{label}</span>
              <span className={styles.what}>{what}</span>
            </Button>
          </li>
        ))}
      </ul>
      <label className={styles.names}>
        <input
          type="checkbox"
          checked={fileNames}
          onChange={(event) => setFileNames(event.target.checked)}
          data-testid="classify-file-names"
        />
        <span>
          With file names
          <span className={styles.what}>
            Adds where each series was found, below the folder that was dropped, and its description. These
            can still name patients.
          </span>
        </span>
      </label>
    </Popup>
  );
}
