/** The DICOM header and the pixels disagree. */
import { propose } from '../../labels/propose.ts';
import { DISPUTED } from '../doubt.ts';
import { likeliest } from '../quality.ts';
import type { Kind } from './kind.ts';
import { nameOf, voices } from './words.ts';

/** A label that already differs from the header was probably corrected: the header is then worth a look, no more. */
const CORRECTED = 0.5;

export const tag: Kind = {
  label: 'Header and pixels',
  description: 'The DICOM header says one class, the pixels look like another.',
  find: (evidence) =>
    evidence.parts.flatMap((part, at) => {
      const { probabilities } = part;
      const { label, source } = propose(evidence.table.series[part.series].facts, evidence.set);
      if (!probabilities || source !== 'tag' || label >= evidence.classes) return [];
      const best = likeliest(probabilities, evidence.classes, 0);
      const against = (1 + probabilities[best] - probabilities[label]) / 2;
      if (best === label || against < DISPUTED) return [];
      const doubt = part.label === label ? against : against * CORRECTED;
      const reason = `The DICOM header says ${nameOf(evidence.set, label)}, but ${voices(evidence, part, best, label)}.`;
      return [{ part: at, slices: null, doubt, reason, proposed: best, beside: null }];
    }),
};
