/** The right side of the page: the state or result of the run. */
import type { RunRow } from '../../app/state.ts';
import { classNames } from '../../core/labels/labelSet.ts';
import type { CurvePoint } from '../../core/train/curve.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import type { RunConfig } from '../../core/train/run.ts';
import { RunCharts } from '../charts/RunCharts.tsx';
import { useLab } from '../context.ts';
import { ChanceNote } from '../parts/ChanceNote.tsx';
import { ChangedNote } from '../parts/ChangedNote.tsx';
import { Callout } from '../parts/Message.tsx';
import { RunIdentity } from '../parts/RunIdentity.tsx';
import { isActive, savedSentence } from '../runs.ts';
import { EpochTable } from './EpochTable.tsx';
import { PhaseBar } from './PhaseBar.tsx';
import { RunFigures } from './RunFigures.tsx';
import styles from './RunView.module.css';
import { Watched } from './Watched.tsx';

const NO_POINTS: CurvePoint[] = [];

export function RunView({ shown, config }: { shown: RunRow | null; config: RunConfig }) {
  const live = useLab((state) => (state.live && state.live.run === shown?.id ? state.live : null));
  const active = shown !== null && isActive(shown);
  const last = shown?.history.at(-1);
  const labelSet = labelSetOf(shown ?? {});
  return (
    <section className={styles.view} aria-label="Progress of the run">
      {shown && <RunIdentity run={shown} />}
      {shown && (
        <p className={styles.trained} data-testid="run-label-set">
          Trained on the label set {labelSet.name}: {classNames(labelSet, 'and')}
        </p>
      )}
      <RunFigures run={shown} live={live} config={config} />
      {shown?.status === 'running' && live && <PhaseBar live={live} />}
      {shown?.status === 'failed' && shown.error && (
        <Callout tone="error" title={shown.error.title} testId="run-error">
          <p>
            {shown.error.detail} {shown.error.next}
          </p>
        </Callout>
      )}
      {shown?.status === 'interrupted' && (
        <Callout
          tone="warn"
          title={shown.error?.title ?? 'This run was interrupted.'}
          testId="run-interrupted"
        >
          <p>
            {savedSentence(shown)} {shown.error?.next}
          </p>
        </Callout>
      )}
      {shown && !active && <ChangedNote run={shown} />}
      {last && last.epoch > 1 && (
        <ChanceNote
          split="validate"
          classes={labelSet.classes.length}
          balanced={last.validateBalancedAccuracy}
          train={last.trainAccuracy}
        />
      )}
      <div className={styles.charts}>
        <RunCharts
          run={shown?.id ?? null}
          points={live?.points ?? shown?.points ?? NO_POINTS}
          history={shown?.history ?? []}
          epochs={shown?.config.epochs ?? config.epochs}
          empty={emptySentence(shown)}
        />
        {live?.watched && (
          <Watched
            watched={live.watched}
            labelSet={labelSet}
            split={shown?.config.testOnDemand ? 'validate' : 'test'}
          />
        )}
      </div>
      <EpochTable history={shown?.history ?? []} />
    </section>
  );
}

function emptySentence(run: RunRow | null): string {
  if (!run) return 'Loss and accuracy are drawn here, from the first steps on.';
  if (run.config.epochs === 0)
    return 'This model was loaded, not trained here: it has results, but no curve.';
  if (run.status === 'queued') return 'It waits in the queue.';
  return run.status === 'running' ? 'The first point comes after a few steps.' : 'No step was recorded.';
}
