/** Accuracy by group of slices and class: by dataset, or by any other fact of them. */
import { clustersOf, countSubjects, type Subjects } from './clusters.ts';
import { type Predictions, predictedClass } from './confusion.ts';
import type { FigureInterval } from './interval.ts';
import { shareInterval } from './shareInterval.ts';

/** One row: the slices of a class in a group. */
export type GroupScore = {
  /** Its number. */
  group: number;
  /** Id of the class. */
  modality: string;
  n: number;
  correct: number;
  accuracy: number;
  /** Absent where it is not known whose the slices are. */
  series?: number;
  patients?: number;
  interval?: FigureInterval | null;
};

/**
 * One row for every occurring (group, class), in steps of a row, worst accuracy first; in a tie, the larger first.
 * @param groupOf by slice
 */
export function* groupScores(
  { classes, truth, probabilities }: Predictions,
  labels: readonly string[],
  groupOf: ArrayLike<number>,
  subjects: Subjects | null,
): Generator<undefined, GroupScore[]> {
  const rows = new Map<number, number[]>();
  const right = Uint8Array.from(truth, (label, i) =>
    Number(predictedClass(probabilities, i, classes) === label),
  );
  truth.forEach((label, i) => {
    const key = groupOf[i] * classes + label;
    const slices = rows.get(key);
    if (slices) slices.push(i);
    else rows.set(key, [i]);
  });
  const scores: GroupScore[] = [];
  for (const [key, slices] of [...rows].sort(([a], [b]) => a - b)) {
    const rightOf = slices.map((i) => right[i]);
    const correct = rightOf.reduce((sum, one) => sum + one, 0);
    scores.push({
      group: Math.floor(key / classes),
      modality: labels[key % classes],
      n: slices.length,
      correct,
      accuracy: correct / slices.length,
      ...(subjects
        ? {
            ...countSubjects(subjects, slices),
            interval: shareInterval(clustersOf(subjects, slices), rightOf),
          }
        : {}),
    });
    if (subjects) yield;
  }
  return scores.sort((a, b) => a.accuracy - b.accuracy || b.n - a.n);
}
