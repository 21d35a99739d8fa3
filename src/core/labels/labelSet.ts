/** Label sets: the classes that slices are labelled with and networks are trained on. */
import { isAttribute, type LabelAttribute } from './attributes.ts';
import { LABEL_KEYS } from './colours.ts';

/** A value of a DICOM attribute that proposes a class: compared without case and surrounding spaces. */
export type DicomRule = { attribute: LabelAttribute; value: string };

export type LabelClass = {
  /** Unique in its set; stays when the class is renamed, moved or recoloured. */
  id: string;
  name: string;
  description: string;
  /** #rrggbb */
  colour: string;
  /** The key that gives this label: one digit or letter, unique in its set; '' for none. */
  key: string;
  /** Names of folders whose files are proposed for the class, compared without case. */
  folders: readonly string[];
  dicom: readonly DicomRule[];
};

/**
 * The order of `classes` is the order of a network's outputs. It travels with every run and every weights file, so that
 * a later change of the set changes no stored result.
 */
export type LabelSet = {
  id: string;
  name: string;
  classes: readonly LabelClass[];
  /** Ids of classes that were merged into others: old id → id. Their labels count for the other class. */
  merged: Readonly<Record<string, string>>;
};

export const FEWEST_CLASSES = 2;
export const MOST_CLASSES = 64;
/** Characters of the name of a set or a class, and of a folder or a value that proposes one. */
export const MOST_NAME_CHARACTERS = 60;
export const MOST_DESCRIPTION_CHARACTERS = 500;
/** Folder names of a class, and DICOM values of it. */
export const MOST_RULES = 200;
/** They mean “no class” in tables and exports. */
export const RESERVED_IDS: readonly string[] = ['other', 'none'];

/** Stands in a column of labels for a slice without a class. */
export const NO_CLASS = 255;

/** The index of a class in its set, through merges; NO_CLASS for null and for a class that is gone. */
export function classIndex({ classes, merged }: LabelSet, id: string | null): number {
  const seen = new Set<string | undefined>();
  for (
    let now: string | undefined = id ?? undefined;
    now !== undefined && !seen.has(now);
    now = merged[now]
  ) {
    const at = classes.findIndex((one) => one.id === now);
    if (at >= 0) return at;
    seen.add(now);
  }
  return NO_CLASS;
}

/** The class of a value of a column of labels; null without one. */
export function classAt({ classes }: LabelSet, label: number): LabelClass | null {
  return classes[label] ?? null;
}

/** The name of a class of an id; an id that the set does not have stands for itself. */
export function classNameOf({ classes }: Pick<LabelSet, 'classes'>, id: string): string {
  return classes.find((one) => one.id === id)?.name ?? id;
}

/** A reason why a set can't be used; `at` is an index of `classes`, null for the set as a whole. */
export type SetFault = {
  at: number | null;
  field: 'id' | 'name' | 'classes' | 'description' | 'key' | 'folders' | 'dicom';
  text: string;
  /** Too much of something, or an id: an imported file with it is refused, since no editor could mend it. */
  refused: boolean;
};

/** "A, B or C"; of a long set the first names and the number of the others. */
export function classNames({ classes }: Pick<LabelSet, 'classes'>, word: 'and' | 'or'): string {
  const names = classes.map(({ name }) => name);
  const shown = names.length > MOST_NAMES ? names.slice(0, MOST_NAMES - 2) : names.slice(0, -1);
  const rest = names.length - shown.length;
  return `${shown.join(', ')} ${word} ${rest === 1 ? names.at(-1) : `${rest} others`}`;
}

const MOST_NAMES = 6;

/** What keeps a set from being used, as sentences for the user; empty if nothing does. */
export function labelSetFaults(set: LabelSet): string[] {
  return [...new Set(placedFaults(set).map(({ text }) => text))];
}

/** The same with its place, once for each class that has it. */
export function placedFaults({ id, name, classes }: LabelSet): SetFault[] {
  const faults: SetFault[] = [];
  const fault = (at: number | null, field: SetFault['field'], text: string) =>
    faults.push({ at, field, text, refused: false });
  const refuse = (at: number | null, field: SetFault['field'], text: string) =>
    faults.push({ at, field, text, refused: true });
  /** A fault at each class that shares a value with another one. */
  const shared = (
    field: SetFault['field'],
    valuesOf: (one: LabelClass) => readonly string[],
    text: (value: string) => string,
  ) => {
    const all = classes.map((one) => [...new Set(valuesOf(one))].filter(Boolean));
    const uses = new Map<string, number>();
    for (const value of all.flat()) uses.set(value, (uses.get(value) ?? 0) + 1);
    all.forEach((values, at) => {
      for (const value of values) if (uses.get(value)! > 1) fault(at, field, text(value));
    });
  };

  if (!isId(id)) refuse(null, 'id', 'The set has an id that cannot be used.');
  if (name.trim() === '') fault(null, 'name', 'The set has no name.');
  if (name.length > MOST_NAME_CHARACTERS) refuse(null, 'name', tooLong('The set’s name'));
  if (classes.length < FEWEST_CLASSES)
    fault(null, 'classes', `A set needs at least ${FEWEST_CLASSES} classes.`);
  if (classes.length > MOST_CLASSES) refuse(null, 'classes', `A set has at most ${MOST_CLASSES} classes.`);
  classes.forEach((one, at) => {
    if (!isId(one.id)) refuse(at, 'id', 'A class has an id that cannot be used.');
    if (one.name.trim() === '') fault(at, 'name', 'A class has no name.');
    if (one.name.length > MOST_NAME_CHARACTERS) refuse(at, 'name', tooLong('A class’s name'));
    if (one.description.length > MOST_DESCRIPTION_CHARACTERS)
      refuse(at, 'description', tooLong('A class’s description', MOST_DESCRIPTION_CHARACTERS));
    if (one.key !== '' && !LABEL_KEYS.includes(one.key.toLowerCase()))
      fault(
        at,
        'key',
        'A class has a key that does something else: choose a digit from 1 or another letter.',
      );
    if (one.folders.length > MOST_RULES)
      refuse(at, 'folders', `A class has at most ${MOST_RULES} folder names.`);
    if (one.folders.some((folder) => folder.length > MOST_NAME_CHARACTERS))
      refuse(at, 'folders', tooLong('A folder name'));
    if (one.dicom.length > MOST_RULES) refuse(at, 'dicom', `A class has at most ${MOST_RULES} DICOM values.`);
    if (one.dicom.some(({ value }) => value.length > MOST_NAME_CHARACTERS))
      refuse(at, 'dicom', tooLong('A DICOM value'));
  });
  shared(
    'name',
    (one) => [plain(one.name)],
    (twice) => `Two classes are called “${twice}”.`,
  );
  shared(
    'key',
    (one) => [plain(one.key)],
    (key) => `Two classes have the key ${key}.`,
  );
  shared(
    'folders',
    (one) => one.folders.map(plain),
    (folder) => `The folder name “${folder}” stands for two classes.`,
  );
  shared(
    'dicom',
    (one) => one.dicom.map(({ attribute, value }) => `${attribute} ${plain(value)}`),
    (rule) => `“${rule}” stands for two classes.`,
  );
  const ids = classes.map((one) => plain(one.id));
  ids.forEach((one, at) => {
    if (ids.indexOf(one) !== ids.lastIndexOf(one)) refuse(at, 'id', 'Two classes have the same id.');
  });
  return faults;
}

/** A letter or a digit, then also - _ and dots; none of RESERVED_IDS. */
export function isId(id: string): boolean {
  return /^[a-z0-9][a-z0-9_.-]{0,59}$/i.test(id) && !RESERVED_IDS.includes(id.toLowerCase());
}

function tooLong(what: string, characters = MOST_NAME_CHARACTERS): string {
  return `${what} is longer than ${characters} characters.`;
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

/** Whether a parsed JSON value has the shape of a label set; `labelSetFaults` then judges what is in it. */
export function isLabelSet(value: unknown): value is LabelSet {
  const { id, name, classes, merged } = fields(value);
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    Array.isArray(classes) &&
    classes.every(isLabelClass) &&
    typeof merged === 'object' &&
    merged !== null &&
    Object.values(fields(merged)).every((one) => typeof one === 'string')
  );
}

function isLabelClass(value: unknown): boolean {
  const { id, name, description, colour, key, folders, dicom } = fields(value);
  return (
    [id, name, description, key].every((one) => typeof one === 'string') &&
    typeof colour === 'string' &&
    /^#[0-9a-f]{6}$/i.test(colour) &&
    Array.isArray(folders) &&
    folders.every((one) => typeof one === 'string') &&
    Array.isArray(dicom) &&
    dicom.every((rule) => {
      const { attribute, value: wanted } = fields(rule);
      return typeof attribute === 'string' && isAttribute(attribute) && typeof wanted === 'string';
    })
  );
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
