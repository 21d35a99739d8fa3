/** How far a run's probabilities mean what they say, from its stored predictions. */
import type { Calibration } from '../core/evaluate/calibration.ts';
import { calibrationErrorOf, type ReliabilityBin, reliability } from '../core/evaluate/reliability.ts';
import { withTemperature } from '../core/evaluate/temperature.ts';
import { labelSetOf } from '../core/train/labelSetOf.ts';
import type { Split } from '../core/types.ts';
import { attempt, type Context } from './context.ts';

export type ReliabilityActions = {
  /** null if nothing is stored, or it can't be read. */
  reliability(run: string, split: Split): Promise<Reliability | null>;
};

export type Reliability = {
  n: number;
  /** As the network gives them, and by the run's temperature; null without a calibration. */
  plain: Curve;
  calibrated: Curve | null;
  calibration: Calibration | null;
};

export type Curve = { bins: ReliabilityBin[]; error: number };

export function createReliabilityCommands(context: Context): ReliabilityActions {
  const { store } = context;
  return {
    reliability: async (id, split) =>
      (await attempt(context, 'The calibration could not be read.', () =>
        readReliability(store, id, split),
      )) ?? null,
  };
}

/** null if nothing is stored. */
export async function readReliability(
  store: Pick<Context['store'], 'predictions' | 'run'>,
  id: string,
  split: Split,
): Promise<Reliability | null> {
  const [record, run] = await Promise.all([store.predictions(id, split), store.run(id)]);
  if (!record || !run || record.truth.length === 0) return null;
  const classes = labelSetOf(run).classes.length;
  const curveOf = (probabilities: Float32Array): Curve => {
    const bins = reliability({ classes, truth: record.truth, probabilities });
    return { bins, error: calibrationErrorOf(bins) ?? 0 };
  };
  const calibration = run.calibration ?? null;
  return {
    n: record.truth.length,
    plain: curveOf(record.probabilities),
    calibrated:
      calibration && curveOf(withTemperature(record.probabilities, classes, calibration.temperature)),
    calibration,
  };
}
