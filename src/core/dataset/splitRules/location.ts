/** A class of one known body location only in a split. */
import { SPLITS } from '../../types.ts';
import { listed, type SplitRule } from './rule.ts';

export const location: SplitRule = {
  name: 'one-location',
  title: 'A class is of one body location only',
  find: (classes) =>
    classes.flatMap(({ id, name, locations }) => {
      const single = SPLITS.flatMap((split, at) => {
        const own = locations.filter(({ cells }) => cells[at].slices > 0);
        return own.length === 1 && own[0].name !== '' ? [`${split} (${own[0].name})`] : [];
      });
      if (single.length === 0) return [];
      return [{ class: id, text: `${name} is of one location only in ${listed(single)}.` }];
    }),
};
