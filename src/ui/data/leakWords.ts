/** What is said of a finding of the leak guard, and which mends it has. */
import type { Mend } from '../../app/guard.ts';
import type { Finding, FindingState } from '../../core/leaks/findings.ts';
import { plural } from '../format.ts';

export const LEAK_KEYS: readonly { key: string; mend: Mend }[] = [
  { key: 'M', mend: 'move' },
  { key: 'X', mend: 'exclude' },
  { key: '=', mend: 'dismiss' },
];

export const KIND_WORDS: Readonly<Record<Finding['kind'], string>> = {
  copy: 'Copies',
  patient: 'Same patient',
  study: 'Same study',
  series: 'Same series',
};

export const STATE_WORDS: Readonly<Record<FindingState, string>> = {
  open: 'open',
  together: 'in one split',
  apart: 'kept apart',
  dismissed: 'no leak',
};

/** Of a check of other slices than there are now. */
export const CHANGED_SINCE = ' The slices have changed since: check again.';

const PLURALS = { patient: 'patients', study: 'studies', series: 'series' } as const;

/** Patients and series are kept apart anyway: their dataset can only be moved. A dataset is not moved to itself. */
export function mendsOf({ kind, state, kept, moved }: Finding): readonly Mend[] {
  const move = kept.split === moved.split ? [] : (['move'] as const);
  const isInUse = state === 'open' || state === 'together';
  return kind === 'copy' && isInUse ? [...move, 'exclude', 'dismiss'] : move;
}

/** What is shared, and what becomes of it. */
export function reasonOf(finding: Finding, name: (id: string) => string): string {
  const { kind, state, kept, moved, subjects, whole } = finding;
  const [from, to] = [`“${name(moved.dataset)}”`, `“${name(kept.dataset)}”`];
  if (kind !== 'copy') {
    const shared = plural(subjects, kind, PLURALS[kind]);
    return `${from} and ${to} share ${shared}. Their slices are left out of ${lesser(kept.split, moved.split)} already.`;
  }
  const are = `${plural(moved.slices, 'slice')} of ${from} ${moved.slices === 1 ? 'is' : 'are'}`;
  const series = whole > 0 ? `, ${plural(whole, 'whole series', 'whole series')} among them` : '';
  const isWithin = kept.dataset === moved.dataset;
  const slices = isWithin ? `${are} in it a second time${series}.` : `${are} in ${to}, too${series}.`;
  if (state === 'together') return `${slices} They count twice${foldsWords(isWithin, finding)}.`;
  if (state === 'apart') return `${slices} Their patients are kept apart already.`;
  return state === 'dismissed' ? `${slices} You said that this is no leak.` : slices;
}

/** Which protocols can set copies apart that are in one split now. */
function foldsWords(isWithin: boolean, { ofTwoPatients }: Finding): string {
  if (!isWithin) return ', and folds can set them apart';
  return ofTwoPatients ? ', and folds over patients can set them apart' : '';
}

function lesser(...splits: readonly string[]): string {
  return splits.includes('train') ? 'training' : 'validation';
}
