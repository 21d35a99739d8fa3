/**
 * The study in Node: its settings as JSON in the first argument. Finished cells are kept, so that a killed run goes on where it
 * was; the table comes at the end, and with `tableOnly` at once.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { classIds } from '../../src/core/train/labelSetOf.ts';
import { allOf, judgeState, judgeStrangers, runCell } from './cell.ts';
import { studySlices } from './corpus.ts';
import { withExtras } from './extras.ts';
import { drawFolds } from './folds.ts';
import { averagedViews, figuresOf, mean } from './measures.ts';
import { findPlan } from './plans.ts';
import { createResults, type StoredCell } from './results.ts';
import { strangersOf } from './strangers.ts';
import { type Line, strangersText, tableText, worstText } from './table.ts';
import { findVariant } from './variants.ts';

export type Settings = {
  data: string;
  /** Folder of pictures of no class; null: none. */
  unknown: string | null;
  out: string;
  plan: string;
  seeds: number[];
  /** Names of variants; empty: those of the plan. */
  only: string[];
  threads: number;
  tableOnly: boolean;
};

const settings: Settings = JSON.parse(process.argv[2]);
const plan = findPlan(settings.plan);
const variants = (settings.only.length > 0 ? settings.only : plan.variants).map(findVariant);
const classes = classIds(DEFAULT_SET);
const study = await studySlices(settings.data, join(settings.out, `corpus-${plan.limit}`), plan.limit);
const unknown = settings.unknown
  ? await studySlices(settings.unknown, join(settings.out, 'corpus-unknown'), plan.limit, true)
  : null;
const mayShip = shippedDatasets(settings.data);
/** Whether a dataset may be learned from; those beyond the study's are the project's own. */
const isLearned = (dataset: number) =>
  !plan.shipped || dataset >= study.datasets.length || mayShip.has(study.datasets[dataset].name);
const results = createResults(settings.out);
console.error(`${study.count} slices of ${study.datasets.length} datasets.`);

for (const variant of variants) {
  for (const seed of settings.seeds)
    for (let fold = 0; fold < plan.folds + (plan.shipped ? 1 : 0); fold++) await cell(variant, seed, fold);
  if (!settings.tableOnly) tell(variants);
}
if (settings.tableOnly) tell(variants);
process.exit(0);

/** Learned and judged if it is not yet; what is finished is asked about the pictures of no class if it was not yet. */
async function cell(variant: (typeof variants)[number], seed: number, fold: number): Promise<void> {
  const key = { variant, plan, fold, seed };
  const known = results.read(key);
  if (known ? known.record.learnedOf?.[0] || !unknown : settings.tableOnly) return;
  const foldOf = drawFolds(learnedOf(study), {
    datasets: study.datasets.length,
    classes: classes.length,
    k: plan.folds,
    seed,
  });
  // In the last fold of shipped ones, those that are never learned from are judged.
  study.datasets.forEach((_, at) => {
    if (!isLearned(at)) foldOf[at] = plan.folds;
  });
  const whole = await withExtras(study, variant.extras, { out: settings.out, limit: plan.limit });
  const all = allOf(whole);
  const isHeldOut = (i: number) => foldOf[whole.dataset[i]] === fold;
  const judge = all.filter((i) => isHeldOut(i) && whole.extra[i] === null);
  const train = all.filter((i) => !isHeldOut(i) && isLearned(whole.dataset[i]));
  const options = { variant, plan, seed, threads: settings.threads, unknown };
  if (known) {
    const state = results.readState(key);
    results.write(key, known.record, {
      ...{ ...known, state, width: known.record.binary.features },
      ...(await judgeStrangers({ study: whole, train, unknown }, (of, asked) =>
        judgeState(of, state, asked, options),
      )),
      ...{ trainAccuracy: known.record.trainAccuracy, imagesPerSecond: known.record.imagesPerSecond },
      secondsTrained: known.record.seconds,
    });
    return;
  }
  console.error(
    `${variant.name}, seed ${seed}, fold ${fold}: learns from ${train.length}, judges ${judge.length}`,
  );
  const judged = await runCell(whole, { train, judge }, options);
  const heldOut = study.datasets.filter((_, at) => foldOf[at] === fold).map(({ name }) => name);
  results.write(key, { classes, heldOut, slicesLearned: train.length, slices: [...judge] }, judged);
  const figures = figuresOf(answersOf([results.read(key)!], 'logits'));
  const { balanced, accuracy } = figures;
  console.error(
    `  ${judged.secondsTrained.toFixed(0)} s; held out: ${accuracy.toFixed(3)} right, cells ${balanced.cells.toFixed(3)}`,
  );
}

/** What the folds are drawn from. */
function learnedOf(slices: typeof study) {
  const kept = allOf(slices).filter((i) => isLearned(slices.dataset[i]));
  return {
    count: kept.length,
    label: Uint8Array.from(kept, (i) => slices.label[i]),
    dataset: Uint16Array.from(kept, (i) => slices.dataset[i]),
    patient: Uint32Array.from(kept, (i) => slices.patient[i]),
  };
}

function shippedDatasets(folder: string): Set<string> {
  const list = join(folder, 'datasets.json');
  const all = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { name: string; may_ship?: boolean }[])
    : [];
  return new Set(all.filter(({ may_ship }) => may_ship).map(({ name }) => name));
}

/** Prints the table of what is finished, and keeps it beside the cells. */
function tell(asked: typeof variants): void {
  const lines = asked.flatMap((variant): Line[] => {
    const bySeed = settings.seeds.flatMap((seed) => {
      const folds = Array.from({ length: plan.folds }, (_, fold) =>
        results.read({ variant, plan, fold, seed }),
      );
      return folds.every((one) => one !== null) ? [folds as StoredCell[]] : [];
    });
    if (bySeed.length === 0) return [];
    return [
      {
        variant: variant.name,
        about: variant.about,
        seeds: bySeed.length,
        figures: bySeed.map((cells) => figuresOf(answersOf(cells, 'logits'))),
        mirrored: bySeed.map((cells) => figuresOf(answersOf(cells, 'averaged'))),
        strangers: bySeed.flat().flatMap((one) =>
          one.record.unknown && one.record.learnedOf
            ? [
                strangersOf({
                  ...{ ...one, classes: classes.length, width: one.record.binary.features },
                  learnedOf: one.record.learnedOf,
                }),
              ]
            : [],
        ),
        imagesPerSecond: mean(bySeed.flat().map(({ record }) => record.imagesPerSecond)),
      },
    ];
  });
  if (lines.length === 0) return;
  console.log(`\n${tableText(lines, classes)}`);
  const best = lines.toSorted(
    (a, b) => mean(b.figures.map((f) => f.balanced.cells)) - mean(a.figures.map((f) => f.balanced.cells)),
  )[0];
  console.log(`\nWorst of ${best.variant}:\n${worstText(best, study.datasets, classes, 14)}`);
  const strangers = strangersText(lines);
  if (strangers)
    console.log(`\nPictures of no class, AUROC / falsely known at 95 % coverage, over slices:\n${strangers}`);
  const folder = join(settings.out, plan.name);
  mkdirSync(folder, { recursive: true });
  const named = lines.map(({ figures, mirrored, ...line }) => ({
    ...line,
    figures: figures.map((one) => withNames(one)),
    mirrored: mirrored.map(({ cells: _, ...one }) => one),
  }));
  writeFileSync(join(folder, 'table.json'), `${JSON.stringify(named, null, 1)}\n`);
}

function withNames(figures: ReturnType<typeof figuresOf>) {
  return {
    ...figures,
    cells: figures.cells.map((one) => ({
      ...one,
      dataset: study.datasets[one.dataset].name,
      label: classes[one.label],
    })),
  };
}

/** The judged slices of several folds together. */
function answersOf(cells: readonly StoredCell[], view: 'logits' | 'averaged') {
  const slices = cells.flatMap(({ record }) => record.slices);
  const logits = new Float32Array(slices.length * classes.length);
  let at = 0;
  for (const one of cells) {
    const own = view === 'logits' ? one.logits : averagedViews(one.logits, one.mirrored, classes.length);
    logits.set(own, at);
    at += own.length;
  }
  return {
    classes: classes.length,
    logits,
    label: Uint8Array.from(slices, (i) => study.label[i]),
    dataset: slices.map((i) => study.dataset[i]),
    series: slices.map((i) => study.series[i]),
  };
}
