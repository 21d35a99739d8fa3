/** A run's settings on the left; its curves, figures and epochs on the right. */
import { useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { presetConfig } from '../../core/train/presets.ts';
import type { RunConfig } from '../../core/train/run.ts';
import { useActions, useLab } from '../context.ts';
import { isActive, newestFirst } from '../runs.ts';
import { ConfigForm } from './ConfigForm.tsx';
import { Controls } from './Controls.tsx';
import { NEW_RUN } from './newrun.ts';
import { RunView } from './RunView.tsx';
import { blockers, hints } from './readiness.ts';
import { TrainHeader } from './TrainHeader.tsx';
import styles from './TrainPage.module.css';

export function TrainPage() {
  const runs = useLab((state) => state.runs);
  const detail = useLab((state) => state.detail);
  const active = runs.find(isActive) ?? null;
  // Without a run in the address: the one under way, else one that waits to be resumed.
  const waiting = active ?? newestFirst(runs).find(({ status }) => status === 'interrupted') ?? null;
  const shown = runs.find(({ id }) => id === detail) ?? (detail === NEW_RUN ? null : waiting);
  return (
    <div className={styles.page}>
      <TrainHeader runs={newestFirst(runs)} shown={shown} />
      <Columns key={shown?.id ?? NEW_RUN} shown={shown} active={active} />
    </div>
  );
}

function Columns({ shown, active }: { shown: RunRow | null; active: RunRow | null }) {
  const datasets = useLab((state) => state.datasets);
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  const [config, setConfig] = useState<RunConfig>(() => shown?.config ?? presetConfig('quick'));
  const locked = shown !== null && (isActive(shown) || shown.status === 'interrupted');
  return (
    <div className={styles.columns}>
      <div className={styles.config}>
        <ConfigForm config={config} onChange={setConfig} locked={locked || readOnly} />
        <Controls
          shown={shown}
          config={config}
          blockers={blockers({ datasets, readOnly, active, shown })}
          hints={hints(datasets)}
          onStart={() => void actions.startRun(config)}
        />
      </div>
      <RunView shown={shown} config={config} />
    </div>
  );
}
