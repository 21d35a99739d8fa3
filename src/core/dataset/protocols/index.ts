/** The registry of protocols beside the project's own split; the Train page, reports and the tests read it. */
import { datasets } from './datasets.ts';
import { leaveOneOut } from './leaveOneOut.ts';
import { patients } from './patients.ts';
import type { Fold, Protocol, ProtocolName } from './protocol.ts';

export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = {
  datasets,
  'leave-one-out': leaveOneOut,
  patients,
};

/** Of the project's own split. */
export const SPLIT_CAUTION =
  'One split by whole dataset, as the paper has it: the figures are of these test datasets, and other splits would give others.';

/** "fold 2 of 5 over datasets"; null for the project's own split. */
export function foldWords(fold: Fold | undefined): string | null {
  if (!fold) return null;
  const { protocol, folds, fold: at } = fold;
  if (protocol === 'leave-one-out') return `dataset ${at + 1} of ${folds} left out`;
  return `fold ${at + 1} of ${folds} over ${PROTOCOLS[protocol].unit}s`;
}
