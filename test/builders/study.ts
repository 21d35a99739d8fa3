/** Runs as reports take them, with records that a seed decides. */
import type { SplitEvaluation } from '../../src/core/evaluate/evaluation.ts';
import { METRICS } from '../../src/core/evaluate/metrics/index.ts';
import type { StudyInput, StudyRun } from '../../src/core/export/study/study.ts';
import { hash32 } from '../../src/core/random.ts';
import { SPLITS, type Split } from '../../src/core/types.ts';
import { makeEpoch, makeFrozenDataset, makeRunFacts } from './runFacts.ts';

const LABELS = ['CT', 'MR', 'PT', 'XR'];

/** @param seed decides every answer, and every count unless `data` does */
export function makeStudyRun(seed = 1, more: Partial<StudyRun> = {}, data = seed): StudyRun {
  const draw = (at: number, most: number, by = data) => hash32(by, 7, at) % most;
  const datasets = SPLITS.flatMap((split, s) =>
    ['one', 'two'].map((name, i) => {
      const at = 10 * s + 5 * i;
      const counts = Object.fromEntries(LABELS.map((label, k) => [label, draw(100 * at + k, 40)]));
      return makeFrozenDataset(`${split}-${name}`, split, {
        location: i ? 'chest' : 'head, neck',
        counts,
        series: 1 + draw(at + 1, 9),
        patients: 1 + draw(at + 2, 9),
        excluded: draw(at + 3, 5),
        shared: draw(at + 4, 5),
        unlabelled: draw(at + 5, 5),
      });
    }),
  );
  const evaluationOf = (split: Split): SplitEvaluation => {
    const perDataset = datasets
      .filter((one) => one.split === split)
      .flatMap((one, i) =>
        LABELS.filter((label) => one.counts[label] > 0).map((modality, k) => {
          const n = one.counts[modality];
          const correct = draw(1000 + 10 * i + k, n + 1, seed);
          return {
            ...{ id: one.id, dataset: one.name!, location: one.location, modality, n, correct },
            ...{ accuracy: correct / n, series: 1 + draw(k, 4), patients: 1 + draw(i, 3) },
          };
        }),
      )
      .sort((a, b) => a.accuracy - b.accuracy || b.n - a.n);
    const confusion = LABELS.map((truth, i) => {
      const own = perDataset.filter(({ modality }) => modality === truth);
      const n = own.reduce((sum, row) => sum + row.n, 0);
      const right = own.reduce((sum, row) => sum + row.correct, 0);
      return LABELS.map((_, j) => (i === j ? right : j === (i + 1) % LABELS.length ? n - right : 0));
    });
    const accuracy = METRICS.accuracy.compute(confusion);
    const balancedAccuracy = METRICS.balancedAccuracy.compute(confusion);
    const n = confusion.flat().reduce((sum, one) => sum + one, 0);
    const metrics = { accuracy, balancedAccuracy, loss: 0.5 + seed / 7, auroc: 0.9 };
    return { n, metrics, perClass: {}, labels: LABELS, confusion, perDataset };
  };
  const facts = makeRunFacts();
  const bins = [0, 1, 2].map((i) => ({
    ...{ from: i / 3, to: (i + 1) / 3, n: 5 * i, confidence: (i + 0.5) / 3, accuracy: i / 3 },
  }));
  return {
    ...facts,
    id: `run-${seed}`,
    config: { ...facts.config, seed, epochs: 2 },
    evaluated: { ...facts.evaluated!, epoch: 2 },
    frozen: { ...facts.frozen!, datasets, drop: null },
    evaluation: {
      train: evaluationOf('train'),
      validate: evaluationOf('validate'),
      test: evaluationOf('test'),
    },
    history: [makeEpoch(1), { ...makeEpoch(2), validateAccuracy: 0.4 }],
    imagesPerSecond: 70,
    reliability: { plain: { bins, error: 0.125 }, calibrated: null },
    bySeries: null,
    facets: [],
    ...more,
  };
}

export function makeStudy(runs: readonly StudyRun[] = [makeStudyRun()]): StudyInput {
  return { runs, commit: 'abc1234', made: '2026-11-30T07:00:00.000Z', skipped: null };
}
