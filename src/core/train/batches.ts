/** Batches of a training: reads a step's slices ahead, reduces them once and augments them at every draw. */
import { keptOutliers } from '../outliers/index.ts';
import { hash32, random } from '../random.ts';
import { createAugment } from './augment.ts';
import { createGroupLoader, type Loaded } from './groups.ts';
import { drawWeights, type EpochPlan, epochPlan, type Group, stepsPerEpoch } from './plan.ts';
import { createSliceReader, type ShardReader, type YieldToEventLoop } from './slices.ts';
import type { SliceTable } from './table.ts';

/** Pixels and labels of one step; valid until the batch after the next is requested. */
export type Batch = {
  pixels: Uint8Array;
  labels: Uint8Array;
  /** Time to make it, without reading. */
  madeMs: number;
};

export type Batches = {
  readonly stepsPerEpoch: number;
  /** The batch of a step counted from 0 over the whole run. Start anywhere, then request them in order. */
  batch(step: number): Promise<Batch>;
};

export type BatchOptions = {
  inputSize: number;
  batch: number;
  epochs: number;
  seed: number;
  balance: boolean;
  augment: boolean;
  /** See RunConfig; their label is the number of classes. */
  outliers?: number;
  classes: number;
  /** See RunConfig. */
  leastImages?: number;
  /** Memory for reduced slices. Slices that fit are read once, else group by group. */
  cacheBytes: number;
};

export function createBatches(
  table: SliceTable,
  options: BatchOptions,
  readShard: ShardReader,
  { yieldToEventLoop, nowMs }: { yieldToEventLoop: YieldToEventLoop; nowMs(): number },
): Batches {
  const { inputSize, batch, seed } = options;
  const area = inputSize * inputSize;
  const steps = stepsPerEpoch(table.count, options);
  const draws = steps * batch;
  const weights = drawWeights(table, draws, options.balance);
  const slicesInCache = Math.floor(options.cacheBytes / area);
  const resident = table.count <= slicesInCache;
  const capacity = resident ? table.count : Math.max(1, Math.floor(slicesInCache / 2));
  const load = createGroupLoader(
    table,
    createSliceReader(table, inputSize, readShard, yieldToEventLoop),
    resident,
  );
  const augment = options.augment ? createAugment(inputSize) : null;
  const outlierAt = drawnOutliers(options);
  const buffers = [0, 1].map(() => ({ pixels: new Uint8Array(batch * area), labels: new Uint8Array(batch) }));
  const plans = new Map<number, EpochPlan>();
  let current: Entered | null = null;
  let ahead: Entered | null = null;

  function planOf(epoch: number): EpochPlan {
    let plan = plans.get(epoch);
    if (!plan) {
      plan = epochPlan(table, weights, { seed, epoch, draws, capacity });
      for (const old of plans.keys()) if (old < epoch - 1) plans.delete(old);
      plans.set(epoch, plan);
    }
    return plan;
  }

  function begin(plan: EpochPlan, group: Group): Entered {
    const loaded = load(plan, group);
    // Swallow here; the later await of this group rethrows.
    loaded.catch(() => undefined);
    return { group, loaded };
  }

  /** The slices of the group; starts to read the next group. */
  async function enter(plan: EpochPlan, number: number): Promise<Loaded> {
    const group = plan.groups[number];
    if (current?.group !== group) {
      current = ahead?.group === group ? ahead : begin(plan, group);
      await current.loaded;
      const next = number + 1 < plan.groups.length;
      const following = next ? plan : plan.epoch + 1 < options.epochs ? planOf(plan.epoch + 1) : null;
      ahead = following && begin(following, following.groups[next ? number + 1 : 0]);
    }
    return current.loaded;
  }

  return {
    stepsPerEpoch: steps,
    async batch(step) {
      const plan = planOf(Math.floor(step / steps));
      const first = (step % steps) * batch;
      const { pixels, labels } = buffers[step % 2];
      let number = plan.groups.findIndex((group) => first < group.to);
      let loaded = await enter(plan, number);
      const beginMs = nowMs();
      for (let i = 0; i < batch; i++) {
        const position = first + i;
        if (position >= plan.groups[number].to) loaded = await enter(plan, ++number);
        const outlier = outlierAt(plan.epoch, position);
        const slice = plan.order[position];
        const source = outlier ?? loaded.pixels;
        const from = outlier ? 0 : loaded.slot[slice] * area;
        labels[i] = outlier ? options.classes : table.label[slice];
        if (augment) augment(source, from, pixels, i * area, { seed, epoch: plan.epoch, position });
        else pixels.set(source.subarray(from, from + area), i * area);
      }
      return { pixels, labels, madeMs: nowMs() - beginMs };
    },
  };
}

const OUTLIER_STREAM = 0x6f75746c;
/** So many different ones; augmentation makes more of them. */
const OUTLIERS_KEPT = 512;

/** The made-up picture that takes the place of a draw, if any; depends on (seed, epoch, position) alone. */
function drawnOutliers({ inputSize, outliers = 0, seed }: BatchOptions) {
  const pictureOf = keptOutliers(inputSize, seed);
  return (epoch: number, position: number): Uint8Array | null => {
    if (outliers === 0) return null;
    const draw = random(hash32(seed, OUTLIER_STREAM, epoch), position);
    return draw.uniform() < outliers ? pictureOf(draw.integer(OUTLIERS_KEPT)) : null;
  };
}

/** A loaded or loading group. */
type Entered = { group: Group; loaded: Promise<Loaded> };
