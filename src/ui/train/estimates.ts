/** Estimates of any number of runs on the same data: what they share is reckoned once. */
import type { RunRow, State } from '../../app/state.ts';
import { foldRows } from '../../core/dataset/foldRows.ts';
import type { DeviceInfo } from '../../core/engine/devices/types.ts';
import { type Estimate, estimateRun, type Measured } from '../../core/train/estimate.ts';
import type { RunConfig } from '../../core/train/run.ts';
import type { Split } from '../../core/types.ts';
import { newestFirst } from '../runs.ts';
import { splitSlices } from './readiness.ts';

type Given = {
  datasets: State['datasets'];
  runs: RunRow[];
  machine: DeviceInfo | null;
  set: State['labelSet'];
};

/** null until a device is known. */
export function estimatesOf({ datasets, runs, machine, set }: Given): (config: RunConfig) => Estimate | null {
  const measured = measuredOf(runs);
  // Dealing folds of hundreds of datasets takes milliseconds, and a queue asks for each of its runs.
  const slicesOf = new Map<string, Record<Split, number>>();
  const known = new WeakMap<RunConfig, Estimate | null>();
  return (config) => {
    const before = known.get(config);
    if (before !== undefined) return before;
    const key = JSON.stringify(config.fold ?? null);
    const slices = slicesOf.get(key) ?? splitSlices(foldRows(datasets, set, config.fold));
    slicesOf.set(key, slices);
    const device = deviceOf(config, machine);
    const found = device && estimateRun(config, slices, device, measured, set.classes.length);
    known.set(config, found);
    return found;
  };
}

function deviceOf({ device }: RunConfig, machine: DeviceInfo | null) {
  if (device === 'auto') return machine;
  return { name: device, threads: machine?.threads || 1 };
}

function measuredOf(runs: RunRow[]): Measured[] {
  return newestFirst(runs).flatMap(({ config, device, imagesPerSecond }) =>
    device && imagesPerSecond
      ? [{ network: config.network, size: config.inputSize, device: device.name, imagesPerSecond }]
      : [],
  );
}
