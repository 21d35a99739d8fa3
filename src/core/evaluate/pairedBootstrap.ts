/** Intervals of the difference of two models on the same slices: both are resampled together, by patient or by series. */
import { type Clusters, clustersOf, type Subjects } from './clusters.ts';
import type { FigureInterval } from './interval.ts';
import type { PairedAnswers } from './paired.ts';
import { draw, LEAST_CLUSTERS, percentiles, RESAMPLES } from './resample.ts';
import { finished } from './split.ts';

/** Cells and clusters × resamples between two steps: a few milliseconds. */
const STEP = 2e5;

/** Of second − first; null where there are too few clusters, or where all resamples are equal. */
export type DifferenceIntervals = {
  accuracy: FigureInterval | null;
  balancedAccuracy: FigureInterval | null;
};

/** Slices of a class in a cluster, and those that each model judged rightly. */
type Cell = { cluster: number; class: number; n: number; first: number; second: number };

/** As `differenceSteps`, at once. */
export function differenceIntervals(answers: PairedAnswers, subjects: Subjects): DifferenceIntervals {
  return finished(differenceSteps(answers, subjects));
}

/** In steps, since many slices take a second. */
export function* differenceSteps(
  answers: PairedAnswers,
  subjects: Subjects,
): Generator<undefined, DifferenceIntervals> {
  const clusters = clustersOf(subjects);
  if (clusters.count < LEAST_CLUSTERS) return { accuracy: null, balancedAccuracy: null };
  const cells = cellsOf(answers, clusters);
  const times = new Uint16Array(clusters.count);
  const [accuracy, balanced] = [new Float64Array(RESAMPLES), new Float64Array(RESAMPLES)];
  const n = new Float64Array(answers.classes);
  const gained = new Float64Array(answers.classes);
  const perStep = Math.max(1, Math.floor(STEP / (cells.length + clusters.count)));
  for (let resample = 0; resample < RESAMPLES; resample++) {
    draw(times, resample);
    n.fill(0);
    gained.fill(0);
    for (const cell of cells) {
      n[cell.class] += times[cell.cluster] * cell.n;
      gained[cell.class] += times[cell.cluster] * (cell.second - cell.first);
    }
    let [all, sum, recalls, occurring] = [0, 0, 0, 0];
    for (let k = 0; k < n.length; k++) {
      if (n[k] === 0) continue;
      all += n[k];
      sum += gained[k];
      recalls += gained[k] / n[k];
      occurring++;
    }
    accuracy[resample] = sum / all;
    balanced[resample] = recalls / occurring;
    if (resample % perStep === perStep - 1) yield;
  }
  return { accuracy: intervalOf(accuracy, clusters), balancedAccuracy: intervalOf(balanced, clusters) };
}

function intervalOf(values: Float64Array, { by, count }: Clusters): FigureInterval | null {
  const found = percentiles(values);
  if (!found || found.low === found.high) return null;
  return { ...found, method: 'bootstrap', by, clusters: count, resamples: RESAMPLES };
}

function cellsOf({ classes, truth, first, second }: PairedAnswers, { of }: Clusters): Cell[] {
  const cells = new Map<number, Cell>();
  truth.forEach((label, i) => {
    const key = of[i] * classes + label;
    const cell = cells.get(key) ?? { cluster: of[i], class: label, n: 0, first: 0, second: 0 };
    cells.set(key, cell);
    cell.n++;
    if (first[i] === label) cell.first++;
    if (second[i] === label) cell.second++;
  });
  return [...cells.values()];
}
