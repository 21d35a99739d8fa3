/** The most similar pictures of other patients have another label, and no model says so, too. */
import { DISPUTED } from '../doubt.ts';
import type { Evidence } from '../evidence.ts';
import { NEIGHBOURS, NO_NEIGHBOUR } from '../neighbours.ts';
import type { Part } from '../parts.ts';
import type { Kind } from './kind.ts';
import { isModelFor, nameOf, voices } from './words.ts';

export const alike: Kind = {
  label: 'Similar pictures',
  description: 'The most similar pictures of other patients have another label.',
  find: (evidence) =>
    evidence.parts.flatMap((part, at) => {
      const [doubt, rival] = [evidence.against[at], evidence.rival[at]];
      if (doubt === null || rival === null || doubt < DISPUTED) return [];
      if (isModelFor(part, rival, part.label)) return [];
      const reason = `Labelled ${nameOf(evidence.set, part.label)}, but ${voices(evidence, part, rival, part.label)}.`;
      const beside = nearest(evidence, part, rival);
      return [{ part: at, slices: null, doubt, reason, proposed: rival, beside }];
    }),
};

/** The nearest neighbour of the middle slice with this label. */
function nearest({ neighbours, table }: Evidence, { slices }: Part, label: number): number | null {
  const middle = slices[slices.length >> 1];
  const own = neighbours?.subarray(middle * NEIGHBOURS, (middle + 1) * NEIGHBOURS) ?? [];
  for (const other of own) if (other !== NO_NEIGHBOUR && table.label[other] === label) return other;
  return null;
}
