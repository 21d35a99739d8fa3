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

/**
 * What speaks for one class rather than another, the louder voice first: “a model that has not learned from this dataset
 * says MR 97 %, CT 2 %, and 8 of 8 similar pictures of other patients are labelled MR”.
 */
export function voices(evidence: Evidence, part: Part, first: number, second: number): string {
  const { model, votes } = part;
  const said = [modelWords(evidence, part, first, second), voteWords(evidence, part, first)];
  const [one, other] = said.filter((words) => words !== null);
  if (other === undefined) return one ?? 'nothing is known';
  const agrees = [model![first] >= model![second], votes![first] >= votes![second]];
  if (agrees[0] === agrees[1]) return `${one}, and ${other}`;
  return agrees[0] ? `${one}, while ${other}` : `${other}, while ${one}`;
}

function modelWords(
  { set, byPatient, table }: Evidence,
  { model, slices, judged }: Part,
  first: number,
  second: number,
): string | null {
  if (!model) return null;
  const unseen = byPatient[table.dataset[slices[0]]] ? 'patient' : 'dataset';
  const share = (label: number) => `${nameOf(set, label)} ${percent(model[label])}`;
  const over = judged > 1 ? ` over ${judged} slices` : '';
  return `a model that has not learned from this ${unseen} says ${share(first)}, ${share(second)}${over}`;
}

function voteWords({ set }: Evidence, { votes }: Part, first: number): string | null {
  if (!votes) return null;
  const all = votes.reduce((a, b) => a + b, 0);
  const similar = all === 1 ? 'similar picture' : 'similar pictures';
  const are = votes[first] === 1 ? 'is' : 'are';
  return `${votes[first]} of ${all} ${similar} of other patients ${are} labelled ${nameOf(set, first)}`;
}

/** Whether the model, rather than similar pictures alone, speaks for a class against another. */
export function isModelFor({ model }: Part, first: number, second: number): boolean {
  return model !== null && model[first] >= model[second];
}
