/** Figures of a stored run by slice or by series, and accuracies by dataset or any other fact, from its predictions. */
import { bySeries } from '../core/evaluate/bySeries.ts';
import type { SplitEvaluation } from '../core/evaluate/evaluation.ts';
import { type FacetName, type FacetScore, facetScores } from '../core/evaluate/facets.ts';
import { evaluationSteps } from '../core/evaluate/split.ts';
import { classIds, labelSetOf } from '../core/train/labelSetOf.ts';
import { factsOf, subjectsOf } from '../core/train/subjects.ts';
import type { Split } from '../core/types.ts';
import { attempt, type Context } from './context.ts';
import { inSteps } from './inSteps.ts';
import type { RunRow } from './state.ts';

/** What is counted: slices, or series, each with one answer. */
export type Unit = 'slice' | 'series';

export type Breakdown = {
  /** By `unit`, with its intervals. */
  evaluation: SplitEvaluation;
  /** By the facet, worst first. */
  groups: FacetScore[];
};

export type BreakdownActions = {
  /**
   * null if the run has no predictions, or if some of its slices are no longer stored, so that nobody knows whose they
   * are; also if it can't be read.
   */
  breakdown(run: string, split: Split, unit: Unit, facet: FacetName): Promise<Breakdown | null>;
};

export function createBreakdownCommands(context: Context): BreakdownActions {
  const { get, store } = context;

  async function made(run: RunRow, split: Split, unit: Unit, facet: FacetName): Promise<Breakdown | null> {
    const [record, indexes] = await Promise.all([
      store.predictions(run.id, split),
      store.shardIndexes(get().project.id),
    ]);
    if (!record || record.truth.length === 0) return null;
    const facts = factsOf(record, indexes);
    if (!facts) return null;
    const labels = classIds(labelSetOf(run));
    const { truth, probabilities } = record;
    const all = { classes: labels.length, truth, probabilities };
    const subjects = subjectsOf(facts);
    const chosen =
      unit === 'series'
        ? bySeries(all, subjects, run.calibration ?? null)
        : { predictions: all, first: Uint32Array.from(truth.keys()) };
    const own = {
      series: Uint32Array.from(chosen.first, (i) => subjects.series[i]),
      patient: Uint32Array.from(chosen.first, (i) => subjects.patient[i]),
    };
    const datasets = record.datasets.map((id) => datasetOf(run, id));
    const index = { datasetOf: Uint16Array.from(chosen.first, (i) => record.datasetOf[i]), datasets };
    const slices = Array.from(chosen.first, (i) => ({
      facts: facts[i],
      dataset: datasets[record.datasetOf[i]],
    }));
    const stored = unit === 'slice' ? run.evaluation?.[split] : null;
    // The record has the same figures, and making them again takes longer than all else.
    const evaluation = stored?.intervals
      ? stored
      : await inSteps(evaluationSteps(chosen.predictions, labels, index, own));
    const groups = await inSteps(facetScores(chosen.predictions, labels, slices, facet, own));
    return evaluation && { evaluation, groups };
  }

  /** As the project calls it now, or as the evaluation called it before it was removed. */
  function datasetOf(run: RunRow, id: string) {
    const stored = get().datasets.find((dataset) => dataset.id === id);
    if (stored) return { id, name: stored.name, location: stored.location };
    const scores = Object.values(run.evaluation ?? {}).flatMap((of) => of?.perDataset ?? []);
    const score = scores.find((one) => one.id === id);
    return { id, name: score?.dataset ?? '', location: score?.location ?? '' };
  }

  return {
    breakdown: async (id, split, unit, facet) => {
      const run = get().runs.find((one) => one.id === id);
      if (!run) return null;
      const title = 'The figures could not be made.';
      return (await attempt(context, title, () => made(run, split, unit, facet))) ?? null;
    },
  };
}
