/** The label that a slice's own header proposes, or else the name of a folder it lay in. */
import type { LabelSource, SeriesFacts } from '../types.ts';
import { ATTRIBUTE_NAMES, LABEL_ATTRIBUTES, type LabelAttribute } from './attributes.ts';
import { type LabelSet, NO_CLASS } from './labelSet.ts';

/** `label` is an index into the set's classes, or NO_CLASS. */
export type Proposal = { label: number; source: Extract<LabelSource, 'tag' | 'folder' | 'none'> };

/**
 * A DICOM attribute outranks a folder. An attribute that `decides` (attributes.ts) keeps a slice out of every class if its
 * value has none; otherwise the outermost folder that a class names proposes it.
 */
export function propose(facts: SeriesFacts, set: LabelSet): Proposal {
  const tag = proposeByTag(facts, set);
  if (tag) return { label: tag.label, source: 'tag' };
  const label = proposeByFolder(facts, set);
  return { label, source: label === NO_CLASS ? 'none' : 'folder' };
}

/** What an attribute proposes, which one in DICOM's words, and its value; null if none says anything. */
export function proposeByTag(
  facts: SeriesFacts,
  set: LabelSet,
): { label: number; words: string; value: string } | null {
  for (const attribute of ATTRIBUTE_NAMES) {
    const { value: of, decides, label: named } = LABEL_ATTRIBUTES[attribute];
    const value = of(facts);
    if (value === null || !isNamed(set, attribute)) continue;
    const label = classOfValue(set, attribute, value);
    if (label !== NO_CLASS || decides) return { label, words: named.replace(/ \(.*$/, ''), value };
  }
  return null;
}

/** The class that the outermost folder proposes that names one, or NO_CLASS. */
export function proposeByFolder(facts: Pick<SeriesFacts, 'folders'>, set: LabelSet): number {
  for (const folder of facts.folders) {
    const label = classOfFolder(set, folder);
    if (label !== NO_CLASS) return label;
  }
  return NO_CLASS;
}

/**
 * The class of an attribute's value. Whole values only. Several values, with backslashes
 * between (PS3.5 6.2), give their common class or none.
 */
export function classOfValue({ classes }: LabelSet, attribute: LabelAttribute, value: string): number {
  const [first, ...rest] = value.split('\\').map((term) => {
    const wanted = plain(term);
    const at = classes.findIndex(({ dicom }) =>
      dicom.some((rule) => rule.attribute === attribute && plain(rule.value) === wanted),
    );
    return at < 0 ? NO_CLASS : at;
  });
  return rest.every((label) => label === first) ? first : NO_CLASS;
}

/** The class that a folder of exactly this name, in any case, stands for. */
export function classOfFolder({ classes }: LabelSet, name: string): number {
  const wanted = plain(name);
  const at = classes.findIndex(({ folders }) => folders.some((folder) => plain(folder) === wanted));
  return at < 0 ? NO_CLASS : at;
}

function isNamed({ classes }: LabelSet, attribute: LabelAttribute): boolean {
  return classes.some(({ dicom }) => dicom.some((rule) => rule.attribute === attribute));
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
