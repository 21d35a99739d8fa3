/** Whether what was said of a dataset may identify a person. */
import type { DatasetFacts, FactKey } from '../files/datasetFacts.ts';
import { type Looks, looksIdentifying } from './identifying.ts';

/** Addresses, DOIs and what a citation has of years and pages do not count. */
export function factLooks(key: FactKey, text: string): Looks | null {
  const rest = text.replace(/\bhttps?:\/\/\S+|\b(?:doi:\s*)?10\.\d{4,}\/\S+/giu, ' ');
  if (key === 'citation') return rest.includes('^') ? 'person' : null;
  return looksIdentifying(rest, true);
}

/** Without those that may identify somebody: for texts that nobody confirmed. */
export function unsuspiciousFacts(facts: DatasetFacts): DatasetFacts {
  return Object.fromEntries(
    Object.entries(facts).filter(([key, text]) => factLooks(key as FactKey, text) === null),
  );
}
