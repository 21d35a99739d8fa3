/** What the user says of a dataset beside its name: where it comes from, its licence, how to cite it, a note. */

/** Absent: nothing was said. */
export type DatasetFacts = { readonly [Key in FactKey]?: string };

/** The first of `columns` is what exports write; all are read, without case, spaces and punctuation. */
export const FACTS = {
  source: { label: 'Source', most: 500, columns: ['source', 'sourceurl', 'url', 'link', 'doi'] },
  licence: { label: 'Licence', most: 200, columns: ['licence', 'license'] },
  citation: { label: 'Citation', most: 1000, columns: ['citation', 'reference', 'cite'] },
  note: { label: 'Note', most: 2000, columns: ['note', 'notes', 'comment', 'remark'] },
} as const;

export type FactKey = keyof typeof FACTS;
export const FACT_KEYS = Object.keys(FACTS) as FactKey[];

/** One line without invisible characters, cut to its length. */
export function tidyFact(key: FactKey, text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return [...line].slice(0, FACTS[key].most).join('');
}

/** With one fact changed; an empty text takes it out. */
export function withFact(facts: DatasetFacts, key: FactKey, text: string): DatasetFacts {
  const { [key]: _, ...others } = facts;
  const tidied = tidyFact(key, text);
  return tidied === '' ? others : { ...others, [key]: tidied };
}

/** Of an object that was read: texts of usable length, all else is left out. */
export function readFacts(value: Readonly<Record<string, unknown>>): DatasetFacts {
  let facts: DatasetFacts = {};
  for (const key of FACT_KEYS) {
    const text = Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof text === 'string' && text.length <= 2 * FACTS[key].most) facts = withFact(facts, key, text);
  }
  return facts;
}
