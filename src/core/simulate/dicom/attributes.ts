/** Attributes by the keywords of PS3.6, and their conversion to elements of a data set. */
import { concat, letters } from '../../dicom/write/bytes.ts';
import type { DicomElement, DicomValue } from '../../dicom/write/element.ts';
import { DICTIONARY, type Keyword } from './dictionary.ts';

type Single = string | number;
/** '' and []: an element without a value (type 2); undefined: no element. */
export type Attributes = { [K in Keyword]?: Single | readonly Single[] | readonly Attributes[] | undefined };

/** Specific Character Set (0008,0005): Latin-1, Cyrillic, Greek, UTF-8; '' is ASCII. */
export type CharacterSet = '' | 'ISO_IR 100' | 'ISO_IR 144' | 'ISO_IR 126' | 'ISO_IR 192';

const TEXT = ['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT'];
const LONGEST_DS = 16;

/** Elements in the order of their tags. `signed`: selects SS for "US or SS", by Pixel Representation. */
export function elementsOf(attributes: Attributes, set: CharacterSet, signed: boolean): DicomElement[] {
  return (Object.entries(attributes) as [Keyword, Attributes[Keyword]][])
    .flatMap(([keyword, value]): DicomElement[] => {
      if (value === undefined) return [];
      const [tag, given] = DICTIONARY[keyword];
      const vr = given === 'xs' ? (signed ? 'SS' : 'US') : given;
      return [{ tag, vr, value: encoded(vr, value, set, signed) }];
    })
    .sort((a, b) => a.tag - b.tag);
}

function encoded(
  vr: string,
  value: Exclude<Attributes[Keyword], undefined>,
  set: CharacterSet,
  signed: boolean,
): DicomValue {
  if (vr === 'SQ') return (value as readonly Attributes[]).map((item) => elementsOf(item, set, signed));
  const parts = (Array.isArray(value) ? value : [value]) as readonly Single[];
  if (['US', 'SS', 'UL', 'FD', 'FL'].includes(vr)) return parts.filter((part) => part !== '').map(Number);
  const text = parts.map((part) => (typeof part === 'number' ? numeral(vr, part) : part)).join('\\');
  return TEXT.includes(vr) ? encode(text, set) : text;
}

/** Decimal strings have at most 16 characters (PS3.5 6.2). */
function numeral(vr: string, value: number): string {
  if (vr === 'IS') return String(Math.round(value));
  let text = String(Object.is(value, -0) ? 0 : value);
  for (let digits = 12; text.length > LONGEST_DS; digits--) text = String(Number(value.toPrecision(digits)));
  return text;
}

/** Difference between a letter's code in Unicode and in its part of ISO 8859: Cyrillic, Greek. */
const SHIFTS: Partial<Record<CharacterSet, number>> = { 'ISO_IR 144': 0x360, 'ISO_IR 126': 0x2d0 };

function encode(text: string, set: CharacterSet): Uint8Array {
  if (set === 'ISO_IR 192') return new TextEncoder().encode(text);
  const shift = SHIFTS[set];
  if (!shift) return letters(text);
  const codes = Array.from(text, (letter) => letter.charCodeAt(0));
  return concat([Uint8Array.from(codes, (code) => (code > 0xff ? code - shift : code))]);
}
