/** Unsure: the evidence is for the label, but only just. */
import { DISPUTED, UNSURE } from '../doubt.ts';
import type { Kind } from './kind.ts';
import { voices } from './words.ts';

export const unsure: Kind = {
  label: 'Unsure',
  description: 'Model and similar pictures hardly prefer the label to another class.',
  find: (evidence) =>
    evidence.parts.flatMap((part, at) => {
      const [doubt, rival] = [evidence.against[at], evidence.rival[at]];
      if (doubt === null || rival === null || doubt < UNSURE || doubt >= DISPUTED) return [];
      const reason = `Unsure: ${voices(evidence, part, part.label, rival)}.`;
      return [{ part: at, slices: null, doubt, reason, proposed: null, rival, beside: null }];
    }),
};
