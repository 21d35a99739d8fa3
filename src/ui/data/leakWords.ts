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
  apart: 'kept apart',
  dismissed: 'no leak',
};

const PLURALS = { patient: 'patients', study: 'studies', series: 'series' } as const;

/** Patients and series are kept apart anyway: their dataset can only be moved. */
export function mendsOf({ kind, state }: Pick<Finding, 'kind' | 'state'>): readonly Mend[] {
  return kind === 'copy' && state === 'open' ? ['move', 'exclude', 'dismiss'] : ['move'];
}

/** What is shared, and what becomes of it. */
export function reasonOf(finding: Finding, name: (id: string) => string): string {
  const { kind, state, kept, moved, subjects, whole } = finding;
  const [from, to] = [`“${name(moved.dataset)}”`, `“${name(kept.dataset)}”`];
  if (kind !== 'copy') {
    const shared = plural(subjects, kind, PLURALS[kind]);
    return `${from} and ${to} share ${shared}. Their slices are left out of ${lesser(kept.split, moved.split)} already.`;
  }
  const series = whole > 0 ? `, ${plural(whole, 'whole series', 'whole series')} among them` : '';
  const slices = `${plural(moved.slices, 'slice')} of ${from} ${moved.slices === 1 ? 'is' : 'are'} in ${to}, too${series}.`;
  if (state === 'apart') return `${slices} Their patients are kept apart already.`;
  return state === 'dismissed' ? `${slices} You said that this is no leak.` : slices;
}

function lesser(...splits: readonly string[]): string {
  return splits.includes('train') ? 'training' : 'validation';
}
