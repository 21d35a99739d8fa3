/** The values of DICOM attributes, and the folder names, that a project's slices have: proposals for the rules of a class. */
import { UNLISTED } from '../dicom/modalityCode.ts';
import { seriesKey } from '../series.ts';
import type { LabelledRows } from './apply.ts';
import { ATTRIBUTE_NAMES, LABEL_ATTRIBUTES, type LabelAttribute } from './attributes.ts';
import { addClass, emptySet } from './editSet.ts';
import { type LabelSet, MOST_CLASSES, MOST_NAME_CHARACTERS } from './labelSet.ts';

/** What a rule can ask for: an attribute's value, or a folder's name. */
export type ValueKind = LabelAttribute | 'folder';

export type FoundValue = { value: string; series: number; slices: number };

/** The most frequent first. */
export type FoundValues = Readonly<Record<ValueKind, readonly FoundValue[]>>;

const KINDS: readonly ValueKind[] = [...ATTRIBUTE_NAMES, 'folder'];

/** Of folders only those names are known that a label set had when the files were read: no other is stored. */
export function foundValues(shards: Iterable<LabelledRows>): FoundValues {
  const found = new Map(KINDS.map((kind) => [kind, new Map<string, Tally>()]));
  for (const rows of shards) {
    const slices = slicesOfSeries(rows);
    rows.series.forEach((facts, at) => {
      if (slices[at] === 0) return;
      for (const kind of KINDS) {
        const terms = kind === 'folder' ? facts.folders : termsOf(LABEL_ATTRIBUTES[kind].value(facts));
        for (const term of terms) {
          const tallies = found.get(kind)!;
          const tally = tallies.get(term.toUpperCase()) ?? { value: term, series: new Set(), slices: 0 };
          tallies.set(term.toUpperCase(), tally);
          tally.slices += slices[at];
          tally.series.add(seriesKey(facts));
        }
      }
    });
  }
  return Object.fromEntries([...found].map(([kind, tallies]) => [kind, sorted(tallies)])) as Record<
    ValueKind,
    FoundValue[]
  >;
}

/** A set with a class for each value, the most frequent of them where there are more than a set may have. */
export function setOfValues(
  name: string,
  kind: ValueKind,
  values: readonly string[],
  takenIds: readonly string[],
): LabelSet {
  return values
    .slice(0, MOST_CLASSES)
    .reduce<LabelSet>(
      (set, value) =>
        addClass(
          set,
          className(kind, value),
          kind === 'folder' ? { folders: [value] } : { dicom: [{ attribute: kind, value }] },
        ),
      emptySet(name, takenIds),
    );
}

type Tally = { value: string; series: Set<string>; slices: number };

/** Values of several terms have backslashes between (PS3.5 6.2). */
function termsOf(value: string | null): string[] {
  const terms = (value ?? '').split('\\').map((term) => term.trim());
  return [...new Set(terms)].filter((term) => term !== '' && term !== UNLISTED);
}

function slicesOfSeries({ count, series, seriesOf, removed }: LabelledRows): Uint32Array {
  const slices = new Uint32Array(series.length);
  for (let row = 0; row < count; row++) if (removed[row] === 0) slices[seriesOf[row]]++;
  return slices;
}

function sorted(tallies: ReadonlyMap<string, Tally>): FoundValue[] {
  return [...tallies.values()]
    .map(({ value, series, slices }) => ({ value, series: series.size, slices }))
    .sort((a, b) => b.slices - a.slices || a.value.localeCompare(b.value, 'en'));
}

/** CHEST is Chest; codes of other attributes, such as CT, MLO and R, stay. */
function className(kind: ValueKind, value: string): string {
  const name = value.slice(0, MOST_NAME_CHARACTERS);
  return kind === 'BodyPartExamined' ? name[0].toUpperCase() + name.slice(1).toLowerCase() : name;
}
