/** Makes the baselines, and says of each what it would prove. */
import type { RunRow } from '../../app/state.ts';
import { BASELINE_META } from '../../core/baselines/meta.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import { useActions, useLab } from '../context.ts';
import { roughPercent } from '../format.ts';
import { useListed } from '../listed.ts';
import { metricText } from '../metric.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import { headlineSplit, isActive, newestFirst } from '../runs.ts';
import styles from './BaselinesDialog.module.css';
import { blockers } from './readiness.ts';

export function BaselinesDialog({ onClose }: { onClose: () => void }) {
  const labelSet = useLab((state) => state.labelSet);
  const progress = useLab((state) => state.baselines);
  const runs = newestFirst(useLab((state) => state.runs));
  const actions = useActions();
  const made = Object.values(BASELINE_META).map((meta) => ({
    ...meta,
    run: runs.find(({ config, ...run }) => config.network === meta.key && labelSetOf(run).id === labelSet.id),
  }));
  const some = made.flatMap(({ run }) => run ?? []);
  const reasons = useReasons();
  const doing = made.find(({ key }) => key === progress?.key)?.label ?? '';
  return (
    <Modal
      title="Baselines"
      testId="baselines"
      onClose={onClose}
      footer={
        progress ? (
          <>
            <span className={styles.doing} role="status">
              {doing}
            </span>
            <progress aria-label="Making baselines" max={progress.total} value={progress.done} />
            <span className={styles.share}>{roughPercent(progress.done / progress.total)}</span>
            <Button onClick={() => actions.cancelBaselines()} data-testid="baselines-cancel">
              Cancel
            </Button>
          </>
        ) : (
          <>
            {some.length > 0 && (
              <Button
                tone="quiet"
                disabled={reasons.length > 0}
                onClick={() => {
                  for (const { id } of some) void actions.deleteRun(id);
                }}
                data-testid="baselines-delete"
              >
                Delete them
              </Button>
            )}
            <Button
              tone="accent"
              disabled={reasons.length > 0}
              onClick={() => void actions.makeBaselines()}
              data-testid="baselines-make"
            >
              {some.length > 0 ? 'Make them again' : 'Make the baselines'}
            </Button>
          </>
        )
      }
    >
      <p>
        What simple means reach on the same splits. They take seconds, need no network, and stand beside the
        networks in Results.
      </p>
      <ul className={styles.list}>
        {made.map(({ key, label, description, proves, run }) => (
          <li key={key} data-testid="baseline">
            <strong>{label}</strong>
            <Score run={run} />
            <span>{description}</span>
            <span className={styles.proves}>{proves}</span>
          </li>
        ))}
      </ul>
      {reasons.map((reason) => (
        <p key={reason} className={styles.reason} data-testid="baselines-reason">
          {reason}
        </p>
      ))}
    </Modal>
  );
}

/** The accuracy of the most important split; opens the results. */
function Score({ run }: { run: RunRow | undefined }) {
  const actions = useActions();
  const [listed] = useListed(run ? [run] : []);
  const split = listed && headlineSplit(listed);
  if (!run || !split) return <span className={styles.score}>not made</span>;
  return (
    <button
      type="button"
      className={styles.score}
      aria-label={`Results of ${run.title}`}
      onClick={() => actions.go('results', run.id)}
    >
      {metricText(listed.evaluation![split]!, 'accuracy')} on {split}
    </button>
  );
}

/** Why they cannot be made now, in sentences. */
function useReasons(): string[] {
  const datasets = useLab((state) => state.datasets);
  const labelSet = useLab((state) => state.labelSet);
  const readOnly = useLab((state) => state.readOnly);
  const audit = useLab((state) => state.audit);
  const active = useLab((state) => state.runs).find(isActive) ?? null;
  return blockers({ datasets, labelSet, readOnly, audit, baselines: null, active, shown: null }).map(
    ({ text }) => text,
  );
}
