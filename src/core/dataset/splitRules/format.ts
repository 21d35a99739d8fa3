/** A class whose slices are all of one file format that other classes are not all of: the format may give it away. */
import { formatLabel } from '../../formats/meta.ts';
import type { HeatClass } from '../heat.ts';
import { has, type SplitRule } from './rule.ts';

export const format: SplitRule = {
  name: 'one-format',
  title: 'A class is of one file format only',
  find: (classes) => {
    const own = classes.filter(has).map((one) => ({ one, only: onlyFormat(one) }));
    const different = own.some(({ only }) => only !== own[0].only);
    return own.flatMap(({ one, only }) => {
      // DICOM is what an archive gives: alone it is no shortcut worth a warning.
      if (only === null || only === 'dicom' || !different) return [];
      const text = `All ${one.name} are ${formatLabel(only)}: traces of the format may be learned in its place.`;
      return [{ class: one.id, text }];
    });
  },
};

function onlyFormat({ formats }: HeatClass): string | null {
  const names = Object.keys(formats);
  return names.length === 1 ? names[0] : null;
}
