/** Nobody has given a label yet. */
import { UNLABELLED } from '../doubt.ts';
import { likeliest } from '../quality.ts';
import type { Found, Kind } from './kind.ts';
import { voices } from './words.ts';

export const unlabelled: Kind = {
  label: 'No label',
  description: 'Nobody has given a label yet: no header, no folder, no reader.',
  find: (evidence) =>
    evidence.parts.flatMap((part, at): Found[] => {
      const { probabilities, source, label } = part;
      if (label < evidence.classes || source !== 'none') return [];
      if (!probabilities) {
        const reason = 'No label yet, and nothing is known of the pictures.';
        return [{ part: at, slices: null, doubt: UNLABELLED, reason, proposed: null, beside: null }];
      }
      const best = likeliest(probabilities, evidence.classes, 0);
      const second = likeliest(probabilities, evidence.classes, 0, best);
      const reason = `No label yet: ${voices(evidence, part, best, second)}.`;
      return [{ part: at, slices: null, doubt: UNLABELLED, reason, proposed: best, beside: null }];
    }),
};
