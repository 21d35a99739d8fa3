/** Edits of a label set. Each gives a new set; ids of classes are made once and never change. */
import { proposedColour, proposedKey } from './colours.ts';
import {
  classAt,
  classIndex,
  isId,
  type LabelClass,
  type LabelSet,
  MOST_NAME_CHARACTERS,
} from './labelSet.ts';

/** What may be changed of a class. */
export type ClassPatch = Partial<Omit<LabelClass, 'id'>>;

/** At the end of the set, with a colour and a key that no class has. */
export function addClass(set: LabelSet, name: string, patch: ClassPatch = {}): LabelSet {
  const added: LabelClass = {
    id: newId(name, idsOf(set)),
    name: name.trim(),
    description: '',
    colour: proposedColour(set.classes.map(({ colour }) => colour)),
    key: proposedKey(set.classes.map(({ key }) => key)),
    folders: [],
    dicom: [],
    ...patch,
  };
  return { ...set, classes: [...set.classes, added] };
}

export function changeClass(set: LabelSet, id: string, patch: ClassPatch): LabelSet {
  return { ...set, classes: set.classes.map((one) => (one.id === id ? { ...one, ...patch, id } : one)) };
}

/** @param to the index that the class has afterwards; beyond either end: the end */
export function moveClass(set: LabelSet, id: string, to: number): LabelSet {
  const moved = set.classes.find((one) => one.id === id);
  if (!moved) return set;
  const rest = set.classes.filter((one) => one !== moved);
  return { ...set, classes: rest.toSpliced(Math.min(rest.length, Math.max(0, to)), 0, moved) };
}

/** Labels of `from` then count for `into`, which also gets its folder names and DICOM values. */
export function mergeClass(set: LabelSet, from: string, into: string): LabelSet {
  const gone = set.classes.find((one) => one.id === from);
  const kept = set.classes.find((one) => one.id === into);
  if (!gone || !kept || gone === kept) return set;
  const merged = {
    ...kept,
    folders: without([...kept.folders, ...gone.folders], (folder) => folder),
    dicom: without([...kept.dicom, ...gone.dicom], ({ attribute, value }) => `${attribute} ${value}`),
  };
  return {
    ...set,
    classes: set.classes.filter((one) => one !== gone).map((one) => (one === kept ? merged : one)),
    merged: { ...set.merged, [from]: into },
  };
}

/** Labels of the class, and of those merged into it, then count for none; until a class has its id again. */
export function removeClass(set: LabelSet, id: string): LabelSet {
  const stays = (other: string) => classAt(set, classIndex(set, other))?.id !== id;
  return {
    ...set,
    classes: set.classes.filter((one) => one.id !== id),
    merged: Object.fromEntries(Object.entries(set.merged).filter(([from]) => stays(from))),
  };
}

export function emptySet(name: string, takenIds: readonly string[]): LabelSet {
  return { id: newId(name, takenIds), name: name.trim(), classes: [], merged: {} };
}

/** With an id of its own, and another name if that is taken: labels given in the other set stay there. */
export function copySet(set: LabelSet, others: readonly Pick<LabelSet, 'id' | 'name'>[]): LabelSet {
  const name = freeName(
    set.name,
    others.map((one) => one.name),
  );
  return {
    ...set,
    id: newId(
      name,
      others.map(({ id }) => id),
    ),
    name,
  };
}

/**
 * An id after a name: "Lumbar spine" is lumbar-spine, then lumbar-spine-2. Letters that are not Latin are left out, so
 * that ids can stand in any file and address.
 */
export function newId(name: string, taken: readonly string[]): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, MOST_NAME_CHARACTERS - 5)
    .replace(/-+$/, '');
  const base = slug || 'class';
  const used = new Set(taken.map((id) => id.toLowerCase()));
  let id = base;
  for (let number = 2; used.has(id) || !isId(id); number++) id = `${base}-${number}`;
  return id;
}

/** The ids that a new class may not have: those of classes, also of merged ones, whose labels would come back. */
export function idsOf({ classes, merged }: LabelSet): string[] {
  return [...classes.map(({ id }) => id), ...Object.keys(merged)];
}

/** As it is stored: without spaces around texts, without empty folder names and values. */
export function tidySet(set: LabelSet): LabelSet {
  return {
    ...set,
    name: set.name.trim(),
    classes: set.classes.map((one) => ({
      ...one,
      name: one.name.trim(),
      description: one.description.trim(),
      folders: one.folders.map((folder) => folder.trim()).filter(Boolean),
      dicom: one.dicom
        .map(({ attribute, value }) => ({ attribute, value: value.trim() }))
        .filter(({ value }) => value !== ''),
    })),
  };
}

/** Whether two sets say the same; also that nothing was edited. */
export function sameSet(a: LabelSet, b: LabelSet): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The name, with a number if another set is called like this. */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((one) => one.trim().toLowerCase()));
  let free = name;
  for (let number = 2; used.has(free.trim().toLowerCase()); number++) free = `${name} (${number})`;
  return free;
}

/** Repeated entries without case and surrounding spaces. */
function without<T>(entries: readonly T[], textOf: (entry: T) => string): T[] {
  const plain = entries.map((entry) => textOf(entry).trim().toLowerCase());
  return entries.filter((_, at) => plain.indexOf(plain[at]) === at);
}
