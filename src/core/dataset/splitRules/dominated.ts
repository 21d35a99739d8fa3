/** A class of which one dataset gives nearly all slices of a split. */
import { SPLITS } from '../../types.ts';
import type { SplitRule } from './rule.ts';

/** Share of a split's slices of a class from which one dataset dominates it. */
export const DOMINATES = 0.8;

export const dominated: SplitRule = {
  name: 'one-dataset',
  title: 'One dataset dominates a class',
  find: (classes) =>
    classes.flatMap(({ id, name, cells, datasets }) =>
      SPLITS.flatMap((split, at) => {
        const first = datasets[at][0];
        const total = cells[at].slices;
        if (!first || first.slices / total < DOMINATES) return [];
        const from = first.name === null ? 'one dataset' : `“${first.name}”`;
        const share =
          first.slices === total ? `All ${name}` : `${Math.floor((first.slices / total) * 100)} % of ${name}`;
        const so = split === 'train' ? 'its scanner may be learned' : 'the figures are those of this source';
        return [{ class: id, text: `${share} in ${split} is of ${from}: ${so}.` }];
      }),
    ),
};
