/** The study's slices at the size of a variant's input, and the batches and predictions made of them. */
import { contentBox } from '../../src/core/augment/content.ts';
import { type Box, WHOLE } from '../../src/core/augment/place.ts';
import { createPainter, type Source } from '../../src/core/augment/recipe.ts';
import { resizer } from '../../src/core/image/resize.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { keptOutliers } from '../../src/core/outliers/index.ts';
import { hash32, random } from '../../src/core/random.ts';
import { createAugment } from '../../src/core/train/augment.ts';
import type { Batches } from '../../src/core/train/batches.ts';
import { epochPlan } from '../../src/core/train/plan.ts';
import type { StudySlices } from './corpus.ts';
import { mixInto } from './mix.ts';
import { ORIGINAL_SIDE } from './original.ts';
import { recipeFor, type Variant } from './variants.ts';
import { drawWeights } from './weights.ts';

const MIX_STREAM = 0x6d697865;

export type Pictures = {
  /** Batches of a training on some slices. */
  batches(slices: Uint32Array, given: { draws: number; batch: number; seed: number }): Batches;
  /** A slice as it is predicted. */
  plain(slice: number, target: Uint8Array, offset: number): void;
};

export function createPictures(study: StudySlices, variant: Variant): Pictures {
  const { size } = variant;
  const area = size * size;
  // Half as large again as the input, if there is as much: what is cropped keeps its detail.
  const side = Math.min(ORIGINAL_SIDE, (size * 3) / 2);
  const levels = variant.eightBits ? inEightBits(reduced(study, side)) : reduced(study, side);
  const boxes = boxesOf(study.count, levels, side, variant.framing);
  const painters = DEFAULT_SET.classes.map(({ id }) =>
    createPainter(size, variant.grey, recipeFor(variant, id)),
  );
  const augment = variant.recipe === 'app' ? createAugment(size) : null;
  const stored = new Uint8Array(area);

  const sourceOf = (slice: number): Source => ({
    levels,
    offset: slice * side * side,
    side,
    low: study.low[slice],
    step: study.step[slice],
    isHounsfield: study.hounsfield[slice] === 1,
    box: boxes[slice],
  });

  return {
    plain: (slice, target, offset) => painters[0].plain(sourceOf(slice), target, offset),

    batches(slices, { draws, batch, seed }) {
      const label = Uint8Array.from(slices, (i) => study.label[i]);
      const dataset = Uint16Array.from(slices, (i) => study.dataset[i]);
      const weights = drawWeights({ label, dataset, draws, power: variant.datasetPower });
      const table = {
        count: slices.length,
        shards: Uint32Array.of(0),
        start: Uint32Array.of(0, slices.length),
        row: new Uint16Array(slices.length),
        label,
        dataset,
        datasets: study.datasets.map(({ name }) => name),
      };
      const steps = Math.ceil(draws / batch);
      const planOf = (epoch: number) =>
        epochPlan(table, weights, { seed, epoch, draws: steps * batch, capacity: table.count });
      let plan = planOf(0);
      const other = new Uint8Array(area);
      const outlier = keptOutliers(size, seed);
      const changeOutlier = createAugment(size);
      const make = (position: number, target: Uint8Array, offset: number, epoch: number, key: number) => {
        const source = sourceOf(slices[plan.order[position]]);
        const painter = painters[label[plan.order[position]]];
        const at = { seed, epoch, position: key };
        if (!augment) painter.changed(source, target, offset, at);
        else {
          painter.plain(source, stored, 0);
          augment(stored, 0, target, offset, at);
        }
        return label[plan.order[position]];
      };
      // One buffer more than the loop has batches in hand.
      const buffers = [0, 1].map(() => ({
        pixels: new Uint8Array(batch * area),
        labels: new Uint8Array(batch),
      }));
      return {
        stepsPerEpoch: steps,
        async batch(step) {
          const epoch = Math.floor(step / steps);
          if (plan.epoch !== epoch) plan = planOf(epoch);
          const { pixels, labels } = buffers[step % 2];
          for (let i = 0; i < batch; i++) {
            const position = (step % steps) * batch + i;
            const draw = random(hash32(seed, MIX_STREAM, epoch), position);
            if (variant.outliers !== null && draw.uniform() < variant.outliers) {
              // By the app's augmentation, as in the app: each is shown several times.
              const at = { seed, epoch, position };
              changeOutlier(outlier(draw.integer(OUTLIERS_KEPT)), 0, pixels, i * area, at);
              labels[i] = DEFAULT_SET.classes.length;
              continue;
            }
            labels[i] = make(position, pixels, i * area, epoch, position);
            const kind = kindOf(variant.mix, draw.uniform());
            if (!kind) continue;
            const partner = draw.integer(steps * batch);
            const theirs = make(partner, other, 0, epoch, steps * batch + position);
            if (mixInto(pixels.subarray(i * area, (i + 1) * area), other, kind, draw)) labels[i] = theirs;
          }
          return { pixels, labels, madeMs: 0 };
        },
      };
    },
  };
}

/** So many different ones. */
const OUTLIERS_KEPT = 4000;

function kindOf({ mixup, cutmix }: Variant['mix'], chance: number): 'mixup' | 'cutmix' | null {
  if (chance < mixup) return 'mixup';
  return chance < mixup + cutmix ? 'cutmix' : null;
}

function reduced({ count, levels }: StudySlices, side: number): Uint16Array {
  if (side === ORIGINAL_SIDE) return levels;
  const resize = resizer(side, true);
  const result = new Uint16Array(count * side * side);
  const area = ORIGINAL_SIDE ** 2;
  for (let i = 0; i < count; i++)
    result.set(
      resize(levels.subarray(i * area, (i + 1) * area), ORIGINAL_SIDE, ORIGINAL_SIDE).map(Math.round),
      i * side * side,
    );
  return result;
}

/** As min-max to bytes leaves them; a slice's levels reach from 0 to 65,535. */
function inEightBits(levels: Uint16Array): Uint16Array {
  return levels.map((level) => 257 * Math.round(level / 257));
}

function boxesOf(count: number, levels: Uint16Array, side: number, framing: Variant['framing']): Box[] {
  return Array.from({ length: count }, (_, i) =>
    framing === 'content' ? contentBox(levels, i * side * side, side) : WHOLE,
  );
}
