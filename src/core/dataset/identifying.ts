/** Whether a name looks like a person's name, a date or an id: the user is asked before it is stored. */
import { NAMES, TERMS } from './words.ts';

export const LOOKS = ['person', 'date', 'id'] as const;
export type Looks = (typeof LOOKS)[number];

/** Shown to the user, after "It". */
export const LOOKS_WORDS = {
  person: 'may be a person’s name',
  date: 'holds a date',
  id: 'holds what may be an id',
} as const satisfies Record<Looks, string>;

const YEAR = '(?:19|20)\\d\\d';
const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const SEPARATOR = '[-_./ ]';
const MONTH_NAME =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|mai|june?|july?|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|januar|februar|märz|juni|juli)';

/** Dates as digits (including DICOM's DA, PS3.5 6.2) or with month names; a year before 2000 may be a year of birth. */
const DATES = [
  `(?<!\\d)${YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])`,
  `(?<!\\d)(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])${YEAR}(?!\\d)`,
  `(?<!\\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])${YEAR}(?!\\d)`,
  `(?<!\\d)${YEAR}${SEPARATOR}${MONTH}(?!\\d)`,
  `(?<!\\d)${MONTH}${SEPARATOR}${YEAR}(?!\\d)`,
  `(?<!\\d)${DAY}${SEPARATOR}${MONTH}${SEPARATOR}(?:${YEAR}|\\d\\d)(?!\\d)`,
  `(?<!\\d)${MONTH}${SEPARATOR}${DAY}${SEPARATOR}(?:${YEAR}|\\d\\d)(?!\\d)`,
  `(?<!\\d)\\d\\d${SEPARATOR}(?:0[1-9]|1[0-2])${SEPARATOR}(?:0[1-9]|[12]\\d|3[01])(?!\\d)`,
  `(?<!\\d)\\d{1,4}(?:st|nd|rd|th|\\.)?${SEPARATOR}?${MONTH_NAME}(?!\\p{L})`,
  `(?<!\\p{L})${MONTH_NAME}${SEPARATOR}?\\d{1,4}(?!\\d)`,
  '(?<!\\d)19\\d\\d(?!\\d)',
].map((source) => new RegExp(source, 'iu'));

/** UIDs (PS3.5 9), UUIDs, long hexadecimal numbers, addresses, and numbers after a word such as "patient". */
const IDS = [
  /\d+(?:\.\d+){3,}/,
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/i,
  /(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}/i,
  /@/,
  /(?<!\p{L})(?:mrn|pid|pat|patient|patienten?|acc|accession|case|fall|subj?|subject|ssn|nhs|id|no|nr)[-_. #:]*\d/iu,
];
/** Digits in one number; fewer are sizes and counts. Four may be a year of this century. */
const LONG_NUMBER = 4;
/** Total digits of all numbers that are not years: "555-12-34". */
const MANY_DIGITS = 7;

/** @param prose for text that is not a name, e.g. a body location: its words do not suggest a person */
export function looksIdentifying(text: string, prose = false): Looks | null {
  const plain = text.normalize('NFC');
  if (/\^/.test(plain)) return 'person';
  if (IDS.slice(0, 3).some((id) => id.test(plain))) return 'id';
  if (DATES.some((date) => date.test(plain))) return 'date';
  if (IDS.some((id) => id.test(plain)) || hasLongNumber(plain)) return 'id';
  return !prose && looksLikePerson(plain) ? 'person' : null;
}

function hasLongNumber(text: string): boolean {
  const numbers = (text.match(/\p{Nd}+/gu) ?? []).filter((digits) => !/^20\d\d$/.test(digits));
  const all = numbers.reduce((sum, digits) => sum + digits.length, 0);
  return all >= MANY_DIGITS || numbers.some((digits) => digits.length >= LONG_NUMBER);
}

/**
 * Words outside the vocabulary may be names: two of them, or one that is capitalised like a name. A single lower-case
 * word, e.g. a hospital's city in "xr_hannover_chest", is not, unless it is a common name.
 */
function looksLikePerson(text: string): boolean {
  if (/\p{L}\s*,\s*\p{L}/u.test(text)) return true;
  const unknown = wordsOf(text).filter((word) => !TERMS.has(word.toLowerCase()));
  if (unknown.length >= 2) return true;
  return unknown.some(
    (word) => NAMES.has(word.toLowerCase()) || /^\p{Lu}/u.test(word) || /[^\p{Script=Latin}]/u.test(word),
  );
}

/** Words of at least two letters; "DoeJane" counts as two, a known term such as "BraTS" as one. */
function wordsOf(text: string): string[] {
  const letters = text.match(/[\p{L}\p{M}'’]+/gu) ?? [];
  return letters
    .flatMap((word) =>
      TERMS.has(word.toLowerCase())
        ? [word]
        : word.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u),
    )
    .filter((word) => word.length >= 2);
}
