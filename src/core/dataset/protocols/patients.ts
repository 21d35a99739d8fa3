/** Folds of patients within the datasets: for one dataset, or where no other source is at hand. */
import { dealByClass } from './deal.ts';
import type { Protocol } from './protocol.ts';

export const patients: Protocol = {
  title: 'Folds over patients',
  caution:
    'Test patients come from the scanners that were learned from, so the figures say little about another hospital; files without a patient ID count as a patient each.',
  unit: 'patient',
  folds: 5,
  deal: dealByClass,
};
