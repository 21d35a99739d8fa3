/** A run's settings on the left; its curves, figures and epochs on the right. */
import { useMemo, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { baselineOf } from '../../core/baselines/meta.ts';
import { foldRows } from '../../core/dataset/foldRows.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import { PRESETS, presetConfig } from '../../core/train/presets.ts';
import type { RunConfig } from '../../core/train/run.ts';
import { useActions, useLab } from '../context.ts';
import { machineMemory } from '../device.ts';
import { isActive, newestFirst } from '../runs.ts';
import { ConfigForm } from './ConfigForm.tsx';
import { Controls } from './Controls.tsx';
import { NEW_RUN } from './newrun.ts';
import { useEstimate, warnings } from './Plan.tsx';
import { FormContext, type Problems, withProblem } from './problems.ts';
import { QueueDialog } from './QueueDialog.tsx';
import { QueuePanel } from './QueuePanel.tsx';
import { RunView } from './RunView.tsx';
import { blockers, hints, splitSlices } from './readiness.ts';
import { TrainHeader } from './TrainHeader.tsx';
import styles from './TrainPage.module.css';

/** Their settings are those of a run that is not over. */
const WAITS: readonly RunRow['status'][] = ['interrupted', 'queued'];

export function TrainPage() {
  const runs = newestFirst(useLab((state) => state.runs)).filter(({ config }) => !baselineOf(config));
  const detail = useLab((state) => state.detail);
  const active = runs.find(isActive) ?? null;
  // Without a run in the address: the run in progress, else one that can be resumed, else the last.
  const begun = runs.filter(({ status }) => status !== 'queued');
  const waiting = active ?? begun.find(({ status }) => status === 'interrupted') ?? begun[0] ?? null;
  const shown = detail === NEW_RUN ? null : (runs.find(({ id }) => id === detail) ?? waiting);
  return (
    <div className={styles.page}>
      <TrainHeader runs={runs} shown={shown} />
      <QueuePanel />
      <Columns key={shown?.id ?? NEW_RUN} shown={shown} active={active} />
    </div>
  );
}

function Columns({ shown, active }: { shown: RunRow | null; active: RunRow | null }) {
  const datasets = useLab((state) => state.datasets);
  const labelSet = useLab((state) => state.labelSet);
  const readOnly = useLab((state) => state.readOnly);
  const audit = useLab((state) => state.audit);
  const baselines = useLab((state) => state.baselines);
  const actions = useActions();
  const [config, setConfig] = useState<RunConfig>(() => firstConfig(shown));
  const [problems, setProblems] = useState<Problems>({});
  const [version, setVersion] = useState(0);
  const [queueing, setQueueing] = useState(false);
  const form = useMemo(
    () => ({
      report: (field: string, problem: string | null) =>
        setProblems((known) => withProblem(known, field, problem)),
      version,
    }),
    [version],
  );
  const estimate = useEstimate(config);
  const rows = foldRows(datasets, labelSet, config.fold);
  const slices = splitSlices(rows).train;
  const locked = shown !== null && (isActive(shown) || WAITS.includes(shown.status));
  const cannot = blockers({
    datasets: rows,
    labelSet,
    fold: config.fold,
    readOnly,
    audit,
    baselines,
    active,
    shown,
  });
  return (
    <div className={`${styles.columns} ${shown ? styles.begun : ''} ${locked ? styles.locked : ''}`}>
      <div className={styles.config}>
        <FormContext.Provider value={form}>
          <ConfigForm
            labelSet={shown && locked ? labelSetOf(shown) : labelSet}
            config={config}
            onChange={setConfig}
            onPreset={(preset) => {
              // Whose splits a run has, and when test is opened, are no settings of a preset.
              const { fold, testOnDemand } = config;
              setConfig({ ...preset, ...(fold && { fold }), ...(testOnDemand && { testOnDemand }) });
              setVersion((old) => old + 1);
            }}
            locked={locked || readOnly}
            blocked={cannot.length > 0 || Object.keys(problems).length > 0}
          />
        </FormContext.Provider>
        <Controls
          shown={shown}
          config={config}
          problems={problems}
          blockers={cannot}
          hints={[
            ...warnings(slices, config, estimate, machineMemory()).map((text) => ({ text, step: null })),
            ...hints(rows, labelSet),
          ]}
          onStart={() => void actions.startRun(config)}
          onQueue={() => setQueueing(true)}
        />
      </div>
      <RunView shown={shown} config={config} />
      {queueing && <QueueDialog config={config} onClose={() => setQueueing(false)} />}
    </div>
  );
}

/** A new run starts with the shown run's settings; a loaded model was not trained here and has none. */
export function firstConfig(shown: RunRow | null): RunConfig {
  const quick = presetConfig('quick');
  if (!shown) return quick;
  const { network, inputSize, epochs } = shown.config;
  if (epochs === 0) return { ...quick, network, inputSize };
  // A share of the data is of the queue's runs alone; a run that is not over shows its own.
  const { share, ...config } = shown.config;
  const waits = isActive(shown) || WAITS.includes(shown.status);
  // For older runs without this setting, use their preset's current value.
  return {
    ...config,
    ...(share && waits ? { share } : {}),
    leastImages: shown.config.leastImages ?? PRESETS[shown.config.preset].config.leastImages ?? 0,
  };
}
