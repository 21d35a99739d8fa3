/** Which epoch is the best in validation, and whether a training ends before its last one. */
import type { EpochRecord, RunConfig } from './run.ts';

/** The first of the highest balanced accuracy in validation; null if there is no validation. */
export function bestEpoch(history: readonly EpochRecord[]): EpochRecord | null {
  let best: EpochRecord | null = null;
  for (const epoch of history) {
    const { validateBalancedAccuracy: reached } = epoch;
    if (reached !== null && (best === null || reached > best.validateBalancedAccuracy!)) best = epoch;
  }
  return best;
}

/** Whether the last epoch is the best so far, and its weights are to be kept. */
export function isToKeep({ epochBy }: RunConfig, history: readonly EpochRecord[]): boolean {
  return epochBy === 'validate' && history.length > 0 && bestEpoch(history) === history.at(-1);
}

/** Whether nothing is left to train: every epoch is done, or patience is at its end. */
export function isDone(
  { epochs, patience }: RunConfig,
  history: readonly EpochRecord[],
  epoch: number,
): boolean {
  if (epoch >= epochs) return true;
  const best = patience ? bestEpoch(history) : null;
  return best !== null && epoch - best.epoch >= patience!;
}
