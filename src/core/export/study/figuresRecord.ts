/** The numbers of a report as one JSON object: what its tables and figures show, for programs. */
import {
  CLASS_METRICS,
  classFiguresOf,
  intervalOf,
  OVERALL_METRICS,
  type OverallMetric,
  type SplitEvaluation,
} from '../../evaluate/evaluation.ts';
import { settingsOf } from '../../train/differences.ts';
import { classIds, labelSetOf } from '../../train/labelSetOf.ts';
import { SPLITS } from '../../types.ts';
import { chanceOf } from './chance.ts';
import { pairsOf } from './compare.ts';
import { splitWarnings } from './data.ts';
import { limitsOf } from './limits.ts';
import {
  datasetName,
  datasetsOf,
  figureIn,
  type Group,
  groupsOf,
  mainSplit,
  type StudyInput,
  type StudyRun,
  spreadOf,
  totalsOf,
  trainingSeconds,
} from './study.ts';
import { datasetLines } from './tables.ts';

/** What `format` says; its fields may be added to, never renamed. */
export const STUDY_FORMAT = 'modality-lab-study';
/** The data block of a page. */
export const STUDY_ID = 'study-figures';

export function studyRecord(input: StudyInput) {
  const { runs, commit, made } = input;
  const groups = groupsOf(runs);
  const split = mainSplit(runs);
  const [run] = runs;
  const datasets = datasetsOf(run);
  return {
    format: STUDY_FORMAT,
    version: 1,
    made,
    app: { commit },
    split,
    labels: classIds(labelSetOf(run)),
    /** Of an answer that is always the most frequent class. */
    chance: chanceOf(run.evaluation?.[split]),
    data: {
      totals: {
        all: totalsOf(datasets),
        ...Object.fromEntries(SPLITS.map((one) => [one, totalsOf(datasets, one)])),
      },
      datasets: datasets.map((one, i) => ({
        name: datasetName(one, i),
        split: one.split,
        location: one.location,
        slices: one.counts,
        series: one.series,
        patients: one.patients,
        leftOut: one.excluded + one.shared,
      })),
      guard: run.frozen?.guard ?? null,
      warnings: splitWarnings(run),
    },
    networks: groups.map((group) => networkRecord(group, input)),
    /** Differences are of the second less the first. */
    pairs: pairsOf(groups, input.judged).map((pair) => ({
      ...pair,
      first: groups[pair.first].name,
      second: groups[pair.second].name,
    })),
    limits: limitsOf(groups),
  };
}

function networkRecord({ name, runs }: Group, input: StudyInput) {
  const [{ config, parameters, device }] = runs;
  const split = mainSplit(input.runs);
  const spreads = (of: (run: StudyRun) => SplitEvaluation | null | undefined) =>
    Object.fromEntries(
      OVERALL_METRICS.map((metric) => [metric, spreadOf(runs.map((run) => figureIn(of(run), metric)))]),
    ) as Record<OverallMetric, ReturnType<typeof spreadOf>>;
  const evaluated = runs.flatMap(({ evaluation }) => evaluation?.[split] ?? []);
  const { Seed: _, ...settings } = settingsOf(runs[0]);
  return {
    name,
    network: config.network,
    settings,
    parameters: parameters ?? null,
    device: device ? { name: device.name, adapter: device.adapter, threads: device.threads } : null,
    trainingSeconds: spreadOf(runs.map(trainingSeconds)),
    /** Mean and standard deviation over seeds, lowest and highest, of every metric. */
    overSeeds: Object.fromEntries(SPLITS.map((one) => [one, spreads(({ evaluation }) => evaluation?.[one])])),
    overSeedsBySeries: spreads(({ bySeries }) => bySeries),
    perDataset: datasetLines(runs, split).map(({ row, accuracy, interval }) => ({
      dataset: row.dataset,
      location: row.location,
      label: row.modality,
      n: row.n,
      series: row.series ?? null,
      patients: row.patients ?? null,
      accuracy,
      interval,
    })),
    /** Counts of all seeds together; rows: true class. */
    confusion:
      evaluated[0]?.labels.map((_, i) =>
        evaluated[0].labels.map((__, j) => evaluated.reduce((sum, one) => sum + one.confusion[i][j], 0)),
      ) ?? null,
    runs: runs.map(runRecord),
  };
}

function runRecord({ title, started, config, evaluated, evaluation, history = [], ...run }: StudyRun) {
  return {
    title,
    started,
    seed: config.seed,
    epochs: config.epochs,
    /** Whose weights were evaluated. */
    epoch: evaluated?.epoch ?? null,
    weights: evaluated?.weights ?? null,
    trainingSeconds: trainingSeconds({ history }),
    imagesPerSecond: run.imagesPerSecond,
    calibration: run.calibration ?? null,
    evaluation: Object.fromEntries(SPLITS.map((split) => [split, splitRecord(evaluation?.[split])])),
  };
}

function splitRecord(of: SplitEvaluation | null | undefined) {
  if (!of) return null;
  return {
    n: of.n,
    series: of.subjects?.series ?? null,
    patients: of.subjects?.patients ?? null,
    metrics: Object.fromEntries(OVERALL_METRICS.map((name) => [name, figureIn(of, name)])),
    intervals: Object.fromEntries(OVERALL_METRICS.map((name) => [name, intervalOf(of, name)])),
    classes: Object.fromEntries(CLASS_METRICS.map((name) => [name, classFiguresOf(of, name)])),
    confusion: of.confusion,
  };
}
