/** The faults and hints of a label set under edit, by the class and field that they stand beside. */
import { COLOUR_VISIONS, colourHints } from '../../core/labels/colourVision.ts';
import { type LabelSet, placedFaults, type SetFault } from '../../core/labels/labelSet.ts';

export type Faults = {
  all: readonly SetFault[];
  /** Sentences for a field of a class; `null`: of the set. */
  at(at: number | null, field: SetFault['field']): string[];
};

/** @param others the project's other sets */
export function faultsOf(set: LabelSet, others: readonly Pick<LabelSet, 'name'>[]): Faults {
  const all = placedFaults(set);
  const name = set.name.trim().toLowerCase();
  if (name !== '' && others.some((other) => other.name.trim().toLowerCase() === name))
    all.push({ at: null, field: 'name', text: 'Another set of this project has this name.', refused: false });
  return {
    all,
    at: (at, field) => [
      ...new Set(all.flatMap((fault) => (fault.at === at && fault.field === field ? [fault.text] : []))),
    ],
  };
}

/** For each class, hints about its colour. */
export function hintsOf(set: LabelSet): string[][] {
  const words: string[][] = set.classes.map(() => []);
  for (const hint of colourHints(set)) {
    if (hint.kind === 'faint') words[hint.at].push(`Its colour is hard to see in the ${hint.theme} theme.`);
    else {
      const { who } = COLOUR_VISIONS[hint.vision];
      const [a, b] = [hint.at, hint.like];
      words[a].push(`Hard to tell from “${set.classes[b].name.trim()}” ${who}.`);
      words[b].push(`Hard to tell from “${set.classes[a].name.trim()}” ${who}.`);
    }
  }
  return words;
}
