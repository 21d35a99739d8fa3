/** The datasets as a run of a fold would have them, from their figures alone: for plans and hints before it begins. */
import type { LabelSet } from '../labels/labelSet.ts';
import { type Counts, SPLITS, type Split } from '../types.ts';
import { splitsOf } from './foldSplit.ts';
import { PROTOCOLS } from './protocols/index.ts';
import { FEWEST_FOLDS, type Fold, type ProtocolName } from './protocols/protocol.ts';

type Row = { id: string; split: Split; counts: Counts; patients: number };

/** By patient, each dataset stands in every split with about its share of slices. */
export function foldRows<T extends Row>(rows: readonly T[], set: LabelSet, fold: Fold | undefined): T[] {
  if (!fold) return [...rows];
  if (PROTOCOLS[fold.protocol].unit === 'patient') {
    return rows.flatMap((row) =>
      SPLITS.map((split) => {
        const share = (split === 'train' ? fold.folds - 2 : 1) / fold.folds;
        const counts = Object.entries(row.counts).map(([id, n]) => [id, Math.round(n * share)]);
        return { ...row, split, counts: Object.fromEntries(counts) };
      }),
    );
  }
  const splits = splitsOf(unitsOf(rows, set), fold);
  return rows.map((row) => ({ ...row, split: splits.get(row.id) ?? 'train' }));
}

/** Most folds of a protocol: there must be something of each. */
export function mostFolds(rows: readonly Row[], set: LabelSet, protocol: ProtocolName): number {
  if (PROTOCOLS[protocol].unit === 'dataset') return unitsOf(rows, set).length;
  return rows.reduce((sum, { patients }) => sum + patients, 0);
}

/** The first fold of a protocol; null where there is too little for three. */
export function firstFold(rows: readonly Row[], set: LabelSet, protocol: ProtocolName): Fold | null {
  const most = mostFolds(rows, set, protocol);
  if (most < FEWEST_FOLDS) return null;
  return { protocol, folds: Math.min(PROTOCOLS[protocol].folds ?? most, most), fold: 0, seed: 1 };
}

function unitsOf(rows: readonly Row[], { classes }: LabelSet) {
  return rows
    .map(({ id, counts }) => ({ id, counts: classes.map((one) => counts[one.id] ?? 0) }))
    .filter(({ counts }) => counts.some((n) => n > 0));
}
