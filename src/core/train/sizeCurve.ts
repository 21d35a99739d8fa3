/** Learning curves over data size: runs that differ in their share of the training data and their seed alone. */
import type { ShareUnit } from '../dataset/share.ts';
import { type Evaluation, figureOf } from '../evaluate/evaluation.ts';
import { fitPowerLaw, type NoLaw, type PowerLaw, quantileT, type SizePoint } from '../evaluate/powerLaw.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { Split } from '../types.ts';
import { labelSetOf } from './labelSetOf.ts';
import { type Evaluated, type Frozen, usedSlices } from './manifest.ts';
import type { RunConfig } from './run.ts';

/** What is counted along the curve. */
export const MEASURES = ['slices', 'series', 'datasets'] as const;
export type Measure = (typeof MEASURES)[number];

export type SizedRun = {
  id: string;
  config: RunConfig;
  labelSet?: LabelSet;
  frozen: Frozen | null;
  evaluated: Evaluated | null;
  evaluation: Evaluation | null;
};

/** `half` of the 95 % interval of the mean over seeds; null: of one run. */
export type SizeMean = { n: number; mean: number; half: number | null; runs: number };

export type SizeCurve = {
  points: readonly SizePoint[];
  means: readonly SizeMean[];
  law: PowerLaw | NoLaw;
  /** For twice the largest size; null without a law. */
  forecast: { n: number; value: number; half: number } | null;
};

/** Why nothing is forecast. */
export const LAW_WORDS: Readonly<Record<NoLaw, string>> = {
  few: 'Nothing is forecast: a law needs four sizes of the data at least.',
  flat: 'Nothing is forecast: the figures do not grow with the data.',
  shapeless: 'Nothing is forecast: the figures follow no inverse power law.',
};

/** How the law and its interval are made. */
export const LAW_METHOD =
  'The law is a − b·n^(−c) (Viering and Loog 2022), fitted by least squares in which larger sizes count more (Figueroa et al. 2012); ± is half of the 95 % interval of the curve by the delta method, not of a single run.';

/** The runs of each curve: two parts at least, all of the data among them or not. */
export function sizeGroups<Run extends SizedRun>(runs: readonly Run[]): { by: ShareUnit; runs: Run[] }[] {
  const alike = new Map<string, Run[]>();
  for (const run of runs.filter(({ evaluation, config }) => evaluation && config.epochs > 0)) {
    const key = keyOf(run);
    alike.set(key, [...(alike.get(key) ?? []), run]);
  }
  return [...alike.values()].flatMap((own) =>
    (['series', 'datasets'] as const).flatMap((by) => {
      const drawn = own.filter(({ config: { share } }) => !share || share.by === by);
      const parts = new Set(drawn.map(({ config: { share } }) => share?.part ?? 1));
      return parts.size > 1 ? [{ by, runs: drawn }] : [];
    }),
  );
}

/** Everything but the share, the seed, and where and when it was computed. */
function keyOf({ config, evaluation, ...run }: SizedRun): string {
  const { share: _, seed: __, device: ___, testOnDemand: ____, ...settings } = config;
  const { id } = labelSetOf(run);
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted, id, evaluation?.validate?.n ?? 0]);
}

/** By balanced accuracy on a split; null if fewer than two sizes have figures of it. */
export function sizeCurve(runs: readonly SizedRun[], split: Split, measure: Measure): SizeCurve | null {
  const byPart = new Map<number, SizePoint[]>();
  for (const run of runs) {
    const of = run.evaluation?.[split];
    const value = of ? figureOf(of, 'balancedAccuracy') : null;
    const n = sizeOf(run, measure);
    if (value === null || n === 0) continue;
    const part = run.config.share?.part ?? 1;
    byPart.set(part, [...(byPart.get(part) ?? []), { n, value }]);
  }
  if (byPart.size < 2) return null;
  // Draws of whole series differ a little in size: those of one share count as their mean.
  const sizes = [...byPart.values()]
    .map((own) => ({
      n: own.reduce((sum, { n }) => sum + n, 0) / own.length,
      values: own.map(({ value }) => value),
    }))
    .sort((x, y) => x.n - y.n);
  const law = fitPowerLaw(sizes.flatMap(({ n, values }) => values.map((value) => ({ n, value }))));
  const n = 2 * sizes[sizes.length - 1].n;
  return {
    points: [...byPart.values()].flat(),
    means: sizes.map(({ n, values }) => meanOf(n, values)),
    law,
    forecast: typeof law === 'string' ? null : { n, ...forecastOf(law, n) },
  };
}

/** A law may rise above what a share can be. */
function forecastOf(law: PowerLaw, n: number) {
  const { value, half } = law.at(n);
  return { value: Math.min(1, value), half };
}

function sizeOf({ frozen, evaluated }: SizedRun, measure: Measure): number {
  const datasets = (evaluated?.datasets ?? frozen?.datasets ?? []).filter(
    (dataset) => dataset.split === 'train' && usedSlices(dataset) > 0,
  );
  if (measure === 'datasets') return datasets.length;
  return datasets.reduce(
    (sum, dataset) => sum + (measure === 'slices' ? usedSlices(dataset) : dataset.series),
    0,
  );
}

function meanOf(n: number, values: readonly number[]): SizeMean {
  const runs = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  if (runs < 2) return { n, mean, half: null, runs };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (runs - 1);
  return { n, mean, half: quantileT(runs - 1) * Math.sqrt(variance / runs), runs };
}
