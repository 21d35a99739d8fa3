/** Warnings about a dataset, and a button to correct labels that a folder gave against the tag. */
import { slicesByFolder } from '../../app/labels.ts';
import type { DatasetRow } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Callout } from '../parts/Message.tsx';
import styles from './DatasetPanel.module.css';

export function DatasetWarnings({ dataset }: { dataset: DatasetRow }) {
  const busy = useLab((state) => state.readOnly || state.job !== null || state.live !== null);
  const actions = useActions();
  const { warnings } = dataset;
  if (warnings.length === 0) return null;
  return (
    <Callout tone="warn" title={plural(warnings.length, 'warning')} testId="dataset-warnings">
      {warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {warning}
        </p>
      ))}
      {slicesByFolder([dataset]) > 0 && (
        <div className={styles.remedy}>
          <Button
            size="small"
            disabled={busy}
            title="In all datasets of this project"
            onClick={() => void actions.labelByTags()}
            data-testid="label-by-tags"
          >
            Label them by their DICOM tag
          </Button>
        </div>
      )}
    </Callout>
  );
}
