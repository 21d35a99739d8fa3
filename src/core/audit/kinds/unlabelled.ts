/** Nobody has given a label yet. */
import { UNLABELLED } from '../doubt.ts';
import { likeliest } from '../quality.ts';
import type { Kind } from './kind.ts';
import { nameOf, over, percent, unseenModel } from './words.ts';

export const unlabelled: Kind = {
  label: 'No label',
  description: 'Nobody has given a label yet: no header, no folder, no reader.',
  find: (evidence) =>
    evidence.parts.flatMap((part, at) => {
      const { probabilities, source, label } = part;
      if (label < evidence.classes || source !== 'none') return [];
      const best = probabilities && likeliest(probabilities, evidence.classes, 0);
      const reason =
        probabilities && best !== null
          ? `No label yet: ${unseenModel(evidence, part)} says ${nameOf(evidence.set, best)} ${percent(probabilities[best])}${over(part)}.`
          : 'No label yet, and no model has judged it.';
      return [{ part: at, slices: null, doubt: UNLABELLED, reason, proposed: best, beside: null }];
    }),
};
