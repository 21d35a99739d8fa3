/** The DICOM header and the pixels disagree. */
import { propose } from '../../labels/propose.ts';
import { DISPUTED } from '../doubt.ts';
import type { Kind } from './kind.ts';
import { nameOf, over, shares, unseenModel } from './words.ts';

/** A label that already differs from the header was probably corrected: the header is then worth a look, no more. */
const CORRECTED = 0.5;

export const tag: Kind = {
  label: 'Header and pixels',
  description: 'The DICOM header says one class, the pixels look like another.',
  find: (evidence) =>
    evidence.parts.flatMap((part, at) => {
      const { probabilities } = part;
      const proposal = propose(evidence.table.series[part.series].facts, evidence.set);
      if (!probabilities || proposal.source !== 'tag' || proposal.label >= evidence.classes) return [];
      const [best] = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
      const against = (1 + probabilities[best] - probabilities[proposal.label]) / 2;
      if (best === proposal.label || against < DISPUTED) return [];
      const doubt = part.label === proposal.label ? (evidence.against[at] ?? against) : against * CORRECTED;
      const said = nameOf(evidence.set, proposal.label);
      const reason = `The DICOM header says ${said}, but ${unseenModel(evidence, part)} says ${shares(evidence, part, best, proposal.label)}${over(part)}.`;
      return [{ part: at, slices: null, doubt, reason, proposed: best, beside: null }];
    }),
};
