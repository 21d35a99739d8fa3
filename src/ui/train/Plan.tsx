/** The plan of a run: how often images are shown, and the estimated cost. */
import { useMemo } from 'react';
import type { DatasetRow } from '../../app/state.ts';
import { foldRows } from '../../core/dataset/foldRows.ts';
import type { Estimate } from '../../core/train/estimate.ts';
import { stepsPerEpoch } from '../../core/train/plan.ts';
import type { RunConfig } from '../../core/train/run.ts';
import type { Split } from '../../core/types.ts';
import { useLab } from '../context.ts';
import { bytes, count, plural, remaining } from '../format.ts';
import styles from './Controls.module.css';
import { estimatesOf } from './estimates.ts';
import { splitSlices } from './readiness.ts';

/** With fewer a network learns next to nothing. */
const FEWEST_STEPS = 100;
const LONGEST_SECONDS = 12 * 3600;
/** Usable share of the machine's memory; the system and the browser need the rest. */
const MOST_MEMORY = 0.7;

export function Plan({ config }: { config: RunConfig }) {
  const datasets = useFoldRows(config);
  const estimate = useEstimate(config);
  const { train } = splitSlices(datasets);
  return (
    <div className={styles.plan} data-testid="train-plan">
      <p>{showing(train, config)}</p>
      {estimate && <p data-testid="train-estimate">{estimateSentence(estimate)}</p>}
    </div>
  );
}

/** null until a device is known. */
export function useEstimate(config: RunConfig): Estimate | null {
  return useEstimates()(config);
}

/** Estimates any number of runs. */
export function useEstimates(): (config: RunConfig) => Estimate | null {
  const datasets = useLab((state) => state.datasets);
  const runs = useLab((state) => state.runs);
  const machine = useLab((state) => state.device);
  const set = useLab((state) => state.labelSet);
  return useMemo(() => estimatesOf({ datasets, runs, machine, set }), [datasets, runs, machine, set]);
}

/** Slices of each split of a run, as the data are now. */
export function useRunSlices(config: Pick<RunConfig, 'fold'>): Record<Split, number> {
  return splitSlices(useFoldRows(config));
}

/** The datasets with the splits that the run would have. */
function useFoldRows({ fold }: Pick<RunConfig, 'fold'>): DatasetRow[] {
  const datasets = useLab((state) => state.datasets);
  const set = useLab((state) => state.labelSet);
  return useMemo(() => foldRows(datasets, set, fold), [datasets, set, fold]);
}

/** "181 images; each epoch shows them about 6 times (64 batches of 16)." */
export function showing(slices: number, config: RunConfig): string {
  const steps = stepsPerEpoch(slices, config);
  const times = (steps * config.batch) / slices;
  const often = times < 1.5 ? 'once' : `about ${count(Math.round(times))} times`;
  return `${plural(slices, 'image')}; each epoch shows ${slices === 1 ? 'it' : 'them'} ${often} (${plural(steps, 'batch', 'batches')} of ${config.batch}).`;
}

function estimateSentence({ seconds, from, memoryBytes }: Estimate): string {
  const source = {
    same: 'measured in an earlier run',
    other: 'reckoned from an earlier run',
    table: 'a rough guess: no run was measured here yet',
  }[from];
  const time =
    from === 'table'
      ? `${remaining(seconds / 2)} to ${remaining(seconds * 2)}`
      : `about ${remaining(seconds)}`;
  return `Estimate: ${time} (${source}) and ${bytes(memoryBytes)} of memory.`;
}

/**
 * Warnings about the settings, each with an alternative.
 * @param machineBytes the machine's memory; null if not reported
 */
export function warnings(
  slices: number,
  config: RunConfig,
  estimate: Estimate | null,
  machineBytes: number | null,
): string[] {
  const steps = stepsPerEpoch(slices, config);
  const total = steps * config.epochs;
  const found: string[] = [];
  if (total < FEWEST_STEPS) {
    found.push(
      `Only ${plural(steps, 'step')} an epoch and ${count(total)} in all: ${plural(slices, 'image')} in batches of ${config.batch} are too few to learn from. Choose the Quick preset, smaller batches or more epochs.`,
    );
  }
  if (estimate && estimate.seconds > LONGEST_SECONDS) {
    found.push(
      `This would take ${remaining(estimate.seconds)}. Smaller images, a smaller network or fewer epochs take less.`,
    );
  }
  if (estimate && machineBytes !== null && estimate.memoryBytes > machineBytes * MOST_MEMORY) {
    found.push(
      `This takes about ${bytes(estimate.memoryBytes)} of memory, and this machine has about ${bytes(machineBytes)}: it may slow down, or the browser may end the tab. Smaller images, smaller batches or a smaller network take less.`,
    );
  }
  return found;
}
