/** The model is unsure: the label is its first choice, but not by much. */
import { DISPUTED, UNSURE } from '../doubt.ts';
import type { Kind } from './kind.ts';
import { over, shares, unseenModel } from './words.ts';

export const unsure: Kind = {
  label: 'Unsure',
  description: 'A model that has not seen the images hardly prefers their label to another class.',
  find: (evidence) =>
    evidence.parts.flatMap((part, at) => {
      const [doubt, rival] = [evidence.against[at], evidence.rival[at]];
      if (doubt === null || rival === null || doubt < UNSURE || doubt >= DISPUTED) return [];
      const model = unseenModel(evidence, part);
      const reason = `Unsure: ${model} says ${shares(evidence, part, part.label, rival)}${over(part)}.`;
      return [{ part: at, slices: null, doubt, reason, proposed: null, beside: null }];
    }),
};
