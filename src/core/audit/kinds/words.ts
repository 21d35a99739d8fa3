/** Words that the reasons of doubt share. */
import type { LabelSet } from '../../labels/labelSet.ts';
import type { Evidence } from '../evidence.ts';
import type { Part } from '../parts.ts';

const THIN = '\u2009';

/** A whole percentage; never 0 or 100 for what is only near. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return `<1${THIN}%`;
  if (share < 1 && share >= 0.995) return `>99${THIN}%`;
  return `${Math.round(share * 100)}${THIN}%`;
}

export function nameOf({ classes }: Pick<LabelSet, 'classes'>, label: number): string {
  return classes[label]?.name ?? 'no class';
}

/** “a model that has not learned from this dataset” */
export function unseenModel({ byPatient, table }: Evidence, { slices }: Part): string {
  return `a model that has not learned from this ${byPatient[table.dataset[slices[0]]] ? 'patient' : 'dataset'}`;
}

/** “97 % CT, 2 % MR”: the two classes that matter. */
export function shares({ set }: Evidence, { probabilities }: Part, first: number, second: number): string {
  const one = (label: number) => `${nameOf(set, label)} ${percent(probabilities![label])}`;
  return `${one(first)}, ${one(second)}`;
}

/** “ in 24 slices”; nothing for one. */
export function over({ judged }: Part): string {
  return judged > 1 ? ` over ${judged} slices` : '';
}
