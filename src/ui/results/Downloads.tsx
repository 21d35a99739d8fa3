/** Downloads of a run. */
import { useState } from 'react';
import type { Download } from '../../app/report.ts';
import type { RunRow } from '../../app/state.ts';
import { baselineOf } from '../../core/baselines/meta.ts';
import { useActions } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './Downloads.module.css';
import { EvaluateButton } from './EvaluateButton.tsx';

const FILES = [
  { kind: 'report', label: 'JSON', title: 'Everything about this run, as JSON' },
  { kind: 'manifest', label: 'Manifest', title: 'What the run was made of, to repeat it from, as JSON' },
  { kind: 'metrics', label: 'Metrics', title: 'Every metric of every split, as CSV' },
  { kind: 'figures', label: 'Intervals', title: 'Every figure with its n and its 95 % interval, as CSV' },
  { kind: 'per-dataset', label: 'Datasets', title: 'Accuracy per dataset, as CSV' },
  { kind: 'confusion', label: 'Confusion', title: 'The confusion matrices, as CSV' },
  { kind: 'history', label: 'History', title: 'One line an epoch, as CSV' },
  { kind: 'weights', label: 'Weights', title: 'The trained weights, as safetensors' },
  {
    kind: 'onnx',
    label: 'ONNX',
    title: 'The model for ONNX Runtime and others: pixels in, calibrated probabilities out',
  },
] as const satisfies readonly { kind: Exclude<Download['kind'], 'study'>; label: string; title: string }[];

/** A baseline has neither epochs nor weights. */
const OF_TRAINING: readonly Download['kind'][] = ['history', 'weights', 'onnx'];

export function Downloads({ run }: { run: RunRow }) {
  const actions = useActions();
  const isBaseline = baselineOf(run.config) !== null;
  const files = FILES.filter(({ kind }) => !isBaseline || !OF_TRAINING.includes(kind));
  const [fileNames, setFileNames] = useState(false);
  return (
    <section className={styles.downloads} aria-label="Downloads">
      <div className={styles.files}>
        <Icon name="download" />
        {files.map(({ kind, label, title }) => (
          <Button
            key={kind}
            size="small"
            title={title}
            data-testid={`download-${kind}`}
            onClick={() => void actions.download({ kind, run: run.id }, { fileNames })}
          >
            {label}
          </Button>
        ))}
        {!isBaseline && <EvaluateButton run={run} size="small" label="Evaluate again" />}
      </div>
      <label className={styles.names} title="File and folder names can carry patients’ names.">
        <input
          type="checkbox"
          checked={fileNames}
          onChange={(event) => setFileNames(event.target.checked)}
          data-testid="include-file-names"
        />
        Include file names in the report (they can name patients)
      </label>
    </section>
  );
}
