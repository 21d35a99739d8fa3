/** What a protocol is: how datasets or patients are dealt to folds, each of which is the test once. */
import type { Split } from '../../types.ts';

export const PROTOCOL_NAMES = ['datasets', 'leave-one-out', 'patients'] as const;
export type ProtocolName = (typeof PROTOCOL_NAMES)[number];

/** The part of a protocol that one run trains and tests. */
export type Fold = {
  protocol: ProtocolName;
  /** Number of folds of the protocol. */
  folds: number;
  /** From 0. */
  fold: number;
  seed: number;
};

/** What is dealt as a whole: a dataset, or a patient with all that shares a series. `counts`: slices by class. */
export type Unit = { id: string; counts: readonly number[] };

export type Protocol = {
  title: string;
  /** What a reader of its figures must know, in one sentence. */
  caution: string;
  unit: 'dataset' | 'patient';
  /** null: one for each dataset. */
  folds: number | null;
  /** By id of the unit: the number of its fold. Does not depend on the order of the units. */
  deal(units: readonly Unit[], folds: number, seed: number): Map<string, number>;
};

/** Fewer leave nothing to learn from, or nothing to validate on. */
export const FEWEST_FOLDS = 3;

/** The fold itself is the test, the next one validates, the others are learned from. */
export function splitOfFold(number: number, { fold, folds }: Pick<Fold, 'fold' | 'folds'>): Split {
  if (number === fold) return 'test';
  return number === (fold + 1) % folds ? 'validate' : 'train';
}
