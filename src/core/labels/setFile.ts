/** A label set as a JSON file: written, and read from anybody. */
import { isId, isLabelSet, type LabelClass, type LabelSet, placedFaults } from './labelSet.ts';

/** Characters of a file: 64 classes with 200 rules each have some hundred thousand. */
export const MOST_FILE_CHARACTERS = 2_000_000;
const MOST_MERGED = 1000;

export type ReadSet = { set: LabelSet; faults: null } | { set: null; faults: string[] };

export function writeLabelSet(set: LabelSet): string {
  return `${JSON.stringify(set, null, 2)}\n`;
}

/**
 * Refuses what has not the shape and the sizes of a set. Other faults, such as a key that two classes have, are left to the
 * editor, which shows each beside its field. Nothing but a set's own fields is taken over.
 */
export function readLabelSet(text: string): ReadSet {
  if (text.length > MOST_FILE_CHARACTERS) return refused('The file is too large for a label set.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('The file is not JSON.');
  }
  const whole = isObject(value) ? { merged: {}, ...value } : value;
  if (!isLabelSet(whole)) return refused(...shapeFaults(whole));
  const set = cleaned(whole);
  const faults = placedFaults(set).flatMap((fault) => (fault.refused ? [fault.text] : []));
  if (Object.keys(set.merged).length > MOST_MERGED)
    faults.push(`More than ${MOST_MERGED} classes were merged into others.`);
  return faults.length > 0 ? refused(...new Set(faults)) : { set, faults: null };
}

function refused(...faults: string[]): ReadSet {
  return { set: null, faults };
}

function cleaned({ id, name, classes, merged }: LabelSet): LabelSet {
  return {
    id,
    name: plainText(name),
    classes: classes.map(
      (one): LabelClass => ({
        id: one.id,
        name: plainText(one.name),
        description: plainText(one.description),
        colour: one.colour.toLowerCase(),
        key: one.key.trim().toLowerCase(),
        folders: one.folders.map(plainText),
        dicom: one.dicom.map(({ attribute, value }) => ({ attribute, value: plainText(value) })),
      }),
    ),
    merged: Object.fromEntries(Object.entries(merged).filter((entry) => entry.every(isId))),
  };
}

/** One line, without characters that no screen shows or that turn the direction of those beside them. */
function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
}

const USABLE: LabelClass = {
  id: 'a',
  name: '',
  description: '',
  colour: '#000000',
  key: '',
  folders: [],
  dicom: [],
};

/** Names fields, never what is in them. */
function shapeFaults(value: unknown): string[] {
  if (!isObject(value) || !Array.isArray(value.classes))
    return ['The file is no label set: it has no list of classes.'];
  const wrong = value.classes.flatMap((one: unknown, at) => {
    const fields = Object.keys(USABLE).filter(
      (field) => !isObject(one) || !isClass({ ...USABLE, [field]: one[field] }),
    );
    return fields.length > 0 ? [`Class ${at + 1} lacks a usable ${fields.join(', ')}.`] : [];
  });
  if (wrong.length === 0) return ['The set lacks a usable id, name or merged.'];
  const more = wrong.length - MOST_SHOWN;
  return more > 0 ? [...wrong.slice(0, MOST_SHOWN), `And so do ${more} more.`] : wrong;
}

const MOST_SHOWN = 5;

function isClass(value: unknown): boolean {
  return isLabelSet({ id: '', name: '', classes: [value], merged: {} });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
