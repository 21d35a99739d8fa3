/** Nearly the same picture under two labels: at least one of them is wrong. */
import { MOST_BITS } from '../twins.ts';
import type { Kind } from './kind.ts';
import { nameOf } from './words.ts';

/** Without a model's word either of two twins may be the wrong one. */
const EITHER = 0.5;

export const twin: Kind = {
  label: 'Same picture, two labels',
  description: 'Nearly the same picture has two labels.',
  find: ({ twins, parts, partOf, against, table, set }) =>
    twins.map(({ of, other, bits }) => {
      const at = partOf[of];
      // The more bits differ, the less it is the same picture.
      const same = 1 - bits / (4 * MOST_BITS);
      const doubt = same * (0.5 + 0.5 * (against[at] ?? EITHER));
      const where =
        table.seriesOf[of] === table.seriesOf[other]
          ? 'in the same series'
          : table.dataset[of] === table.dataset[other]
            ? 'in another series of this dataset'
            : 'in another dataset';
      const alike =
        bits === 0 ? 'The same picture' : `Nearly the same picture (${bits} of 64 bits of its hash differ)`;
      const reason = `${alike} is labelled ${nameOf(set, table.label[other])} ${where}.`;
      const slices = parts[at].slices.length === 1 ? null : Uint32Array.of(of);
      return { part: at, slices, doubt, reason, proposed: table.label[other], beside: other };
    }),
};
