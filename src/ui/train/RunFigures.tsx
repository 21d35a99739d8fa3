/** The strip of figures above the curves. Every place is always present, so that nothing moves when it fills. */
import type { LiveRun, RunRow } from '../../app/state.ts';
import type { RunConfig } from '../../core/train/run.ts';
import { useLab } from '../context.ts';
import { DEVICE_LABELS } from '../device.ts';
import { duration, learningRate, loss, percent, rate, remaining, roughPercent } from '../format.ts';
import { isActive, trainingSeconds } from '../runs.ts';
import styles from './RunFigures.module.css';

type Props = { run: RunRow | null; live: LiveRun | null; config: RunConfig };

export function RunFigures({ run, live, config }: Props) {
  const machine = useLab((state) => state.device);
  const point = live?.latest ?? null;
  const last = run?.history.at(-1);
  const active = run !== null && isActive(run);
  const device = run?.device ?? machine;
  const epochs = (run?.config ?? config).epochs;
  const epoch = point?.epoch ?? last?.epoch ?? 0;

  return (
    <dl className={styles.strip} data-testid="run-figures">
      <Item
        name="Epoch"
        value={epochs === 0 ? '–' : `${active ? epoch.toFixed(2) : Math.floor(epoch)} / ${epochs}`}
      />
      <Item name="Loss" value={show(point?.loss ?? last?.trainLoss, loss)} />
      <Item name="Accuracy" value={show(point?.accuracy ?? last?.trainAccuracy, percent)} />
      <Item name="Validate" value={show(last?.validateAccuracy, percent)} />
      <Item name="Images/s" value={show(active ? point?.imagesPerSecond : run?.imagesPerSecond, rate)} />
      <Item
        name="Waiting for data"
        value={show(point?.dataWait, roughPercent)}
        title="Share of the time a step waited for data"
      />
      {active ? (
        <Item name="Time left" value={show(point?.secondsLeft, remaining)} />
      ) : (
        <Item name="Time" value={show((run && trainingSeconds(run)) || undefined, duration)} />
      )}
      <Item name="Learning rate" value={show(point?.learningRate ?? last?.learningRate, learningRate)} />
      <div className={styles.device}>
        <dt>Device</dt>
        <dd>
          {device ? DEVICE_LABELS[device.name] : '–'}
          {device && <span title={device.reason}>{device.reason}</span>}
        </dd>
      </div>
    </dl>
  );
}

function Item({ name, value, title }: { name: string; value: string; title?: string }) {
  return (
    <div className={styles.item} title={title}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function show(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}
