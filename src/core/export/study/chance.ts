/** What an answer reaches that never looks at the picture: the least that a network has to beat. */
import type { SplitEvaluation } from '../../evaluate/evaluation.ts';

/** Of the answer that is always the most frequent class. */
export function chanceOf(of: SplitEvaluation | null | undefined) {
  const counts = of?.confusion.map((row) => row.reduce((sum, n) => sum + n, 0)) ?? [];
  const occurring = counts.filter((n) => n > 0).length;
  if (!of || occurring === 0) return null;
  const most = Math.max(...counts);
  return {
    label: of.labels[counts.indexOf(most)],
    accuracy: most / counts.reduce((sum, n) => sum + n, 0),
    balancedAccuracy: 1 / occurring,
  };
}
