/** What was changed of the labels that a run's figures are about, by split. */
import { SPLITS, type Split } from '../types.ts';
import { type ChangedLabels, slicesChanged } from './changedSince.ts';
import type { CorrectedBefore } from './correctedBefore.ts';

/** `after`: since the figures were made; `before`: by their time. */
export type SplitChanges = { after: ChangedLabels; before: CorrectedBefore };

/** null for a split without predictions. */
export type LabelChanges = Readonly<Record<Split, SplitChanges | null>>;

/** Of all splits: what a run that is trained again would learn, or be judged by, anew. */
export function correctionsIn(changes: LabelChanges | null): number {
  if (!changes) return 0;
  return SPLITS.reduce((sum, split) => sum + (changes[split] ? slicesChanged(changes[split].after) : 0), 0);
}
