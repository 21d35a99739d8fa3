/** Looks for a learning rate: a run's first steps with growing rates. Nothing is stored. */
import { LabError } from '../../errors.ts';
import type { LabelSet } from '../../labels/labelSet.ts';
import type { ModelState } from '../../nn/state.ts';
import type { CallContext } from '../../rpc.ts';
import { outputsOf } from '../answers.ts';
import { createBatches } from '../batches.ts';
import { noisyLabels } from '../noise.ts';
import { stepsPerEpoch } from '../plan.ts';
import { isDiverged, RATES, type RatePoint, rateAt, withLoss } from '../rateFinder.ts';
import type { RunConfig } from '../run.ts';
import type { SessionPort } from './port.ts';
import { checkTrainable, readTables } from './tables.ts';

export type FindRateArgs = {
  project: string;
  config: RunConfig;
  labelSet: LabelSet;
  /** The weights that the run would begin with; null: fresh ones. */
  model: ModelState | null;
};

/** Memory for reduced slices: a search shows few of them. */
const CACHE_BYTES = 256 * 1024 * 1024;

type Parts = Pick<SessionPort, 'openTrainer' | 'yieldToEventLoop' | 'nowMs'> & {
  store: Parameters<typeof readTables>[0] & Pick<SessionPort['store'], 'shardPixels'>;
  context: CallContext<RatePoint>;
};

/** Emits each point. It ends early where the smoothed loss has diverged, or the loss stops being a number. */
export async function findRate(
  { project, config, labelSet, model }: FindRateArgs,
  { store, openTrainer, yieldToEventLoop, nowMs, context }: Parts,
): Promise<RatePoint[]> {
  const data = await readTables(store, project, labelSet, config.fold, config.share);
  checkTrainable(data);
  const { train: table } = data.tables;
  const classes = labelSet.classes.length;
  const learned = { ...table, label: noisyLabels(table.label, config.labelNoise ?? 0, config.seed) };
  const epochs = Math.ceil(RATES.steps / stepsPerEpoch(table.count, config));
  const batches = createBatches(
    learned,
    { ...config, classes, epochs, cacheBytes: CACHE_BYTES },
    store.shardPixels,
    { yieldToEventLoop, nowMs },
  );
  const { trainer, dispose } = await openTrainer(config, outputsOf(config, classes));
  const between = async () => {
    await yieldToEventLoop();
    context.signal.throwIfAborted();
  };
  try {
    if (model) trainer.load({ model: new Map([...(await trainer.save()).model, ...model]) });
    let points: RatePoint[] = [];
    for (let step = 0; step < RATES.steps && !isDiverged(points); step++) {
      await between();
      const { pixels, labels } = await batches.batch(step);
      const rate = rateAt(step);
      try {
        const { loss } = await trainer.step(pixels, labels, rate, step, between);
        points = withLoss(points, rate, loss);
      } catch (error) {
        if (!(error instanceof LabError && error.code === 'loss-not-finite')) throw error;
        return points;
      }
      context.emit(points[points.length - 1]);
    }
    return points;
  } finally {
    dispose();
  }
}
