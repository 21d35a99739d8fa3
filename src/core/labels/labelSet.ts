/** Label sets: the classes that slices are labelled with and networks are trained on. */
import { isAttribute, type LabelAttribute } from './attributes.ts';

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

/** What keeps a set from being used, as sentences for the user; empty if nothing does. */
export function labelSetFaults({ name, classes }: LabelSet): string[] {
  const faults: string[] = [];
  if (name.trim() === '') faults.push('The set has no name.');
  if (classes.length < FEWEST_CLASSES) faults.push(`A set needs at least ${FEWEST_CLASSES} classes.`);
  if (classes.length > MOST_CLASSES) faults.push(`A set has at most ${MOST_CLASSES} classes.`);
  if (classes.some((one) => one.name.trim() === '')) faults.push('A class has no name.');
  const repeated = (values: readonly string[]) =>
    [...new Set(values)].filter((value) => values.indexOf(value) !== values.lastIndexOf(value));
  const plain = (text: string) => text.trim().toLowerCase();
  for (const twice of repeated(classes.map((one) => plain(one.name)).filter(Boolean)))
    faults.push(`Two classes are called “${twice}”.`);
  for (const key of repeated(classes.map((one) => one.key.toLowerCase()).filter(Boolean)))
    faults.push(`Two classes have the key ${key}.`);
  for (const folder of repeated(classes.flatMap((one) => [...new Set(one.folders.map(plain))])))
    faults.push(`The folder name “${folder}” stands for two classes.`);
  const rules = classes.flatMap((one) => [
    ...new Set(one.dicom.map(({ attribute, value }) => `${attribute} ${plain(value)}`)),
  ]);
  for (const rule of repeated(rules)) faults.push(`“${rule}” stands for two classes.`);
  if (repeated(classes.map(({ id }) => id)).length > 0) faults.push('Two classes have the same id.');
  return faults;
}

/** Whether a parsed JSON value has the shape of a label set; `labelSetFaults` then judges what is in it. */
export function isLabelSet(value: unknown): value is LabelSet {
  const { id, name, classes, merged } = fields(value);
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    Array.isArray(classes) &&
    classes.every(isLabelClass) &&
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
