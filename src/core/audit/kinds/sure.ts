/** The model is sure of another class. */
import { DISPUTED } from '../doubt.ts';
import type { Kind } from './kind.ts';
import { isModelFor, nameOf, voices } from './words.ts';

export const sure: Kind = {
  label: 'Another class',
  description: 'A model that has not seen the images says another class than their label.',
  find: (evidence) =>
    evidence.parts.flatMap((part, at) => {
      const [doubt, rival] = [evidence.against[at], evidence.rival[at]];
      if (doubt === null || rival === null || doubt < DISPUTED) return [];
      if (!isModelFor(part, rival, part.label)) return [];
      const reason = `Labelled ${nameOf(evidence.set, part.label)}, but ${voices(evidence, part, rival, part.label)}.`;
      return [{ part: at, slices: null, doubt, reason, proposed: rival, beside: null }];
    }),
};
