/** A class that the project has, but not in every split. */
import { SPLITS } from '../../types.ts';
import { has, listed, type SplitRule } from './rule.ts';

const CONSEQUENCES = {
  train: 'it is not learned',
  validate: 'the validation figures leave it out',
  test: 'the test says nothing about it',
} as const;

export const missing: SplitRule = {
  name: 'missing-class',
  title: 'A class is missing in a split',
  find: (classes) =>
    classes.filter(has).flatMap(({ id, name, cells }) => {
      const without = SPLITS.filter((_, split) => cells[split].slices === 0);
      if (without.length === 0) return [];
      const so = listed(without.map((split) => CONSEQUENCES[split]));
      return [{ class: id, text: `No ${name} in ${listed(without)}: ${so}.` }];
    }),
};
