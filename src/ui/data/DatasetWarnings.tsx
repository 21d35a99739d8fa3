/** What is odd about a dataset, in sentences; and the way out where a folder labelled against the tag. */
import { slicesByFolder } from '../../app/labels.ts';
import type { DatasetRow } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Callout } from '../parts/Message.tsx';

export function DatasetWarnings({ dataset }: { dataset: DatasetRow }) {
  const busy = useLab((state) => state.readOnly || state.job !== null || state.live !== null);
  const actions = useActions();
  return (
    <>
      {dataset.warnings.map((warning) => (
        <Callout key={warning} tone="warn" title={warning} testId="dataset-warning" />
      ))}
      {slicesByFolder([dataset]) > 0 && (
        <div>
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
    </>
  );
}
