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
  const runs = newestFirst(useLab((state) => state.runs));
  const detail = useLab((state) => state.detail);
  const active = runs.find(isActive) ?? null;
  // Without a run in the address: the one under way, else one that waits to be resumed, else the last.
  const waiting = active ?? runs.find(({ status }) => status === 'interrupted') ?? runs[0] ?? null;
  const shown = detail === NEW_RUN ? null : (runs.find(({ id }) => id === detail) ?? waiting);
  return (
    <div className={styles.page}>
      <TrainHeader runs={runs} shown={shown} />
      <Columns key={shown?.id ?? NEW_RUN} shown={shown} active={active} />
    </div>
  );
}

function Columns({ shown, active }: { shown: RunRow | null; active: RunRow | null }) {
  const datasets = useLab((state) => state.datasets);
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  const [config, setConfig] = useState<RunConfig>(() => firstConfig(shown));
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

/** A new run begins from what the shown one did; a loaded model was not trained here and has nothing to repeat. */
function firstConfig(shown: RunRow | null): RunConfig {
  const quick = presetConfig('quick');
  if (!shown) return quick;
  const { network, size, epochs } = shown.config;
  return epochs === 0 ? { ...quick, network, size } : shown.config;
}
