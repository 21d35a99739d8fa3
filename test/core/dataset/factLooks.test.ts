/** What was said of a dataset: addresses and citations are no identities, names and dates are. */
import { expect, test } from 'vitest';
import { factLooks, unsuspiciousFacts } from '../../../src/core/dataset/factLooks.ts';
import { tidyFact, withFact } from '../../../src/core/files/datasetFacts.ts';

test.each([
  ['source', 'https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX', null],
  ['source', 'doi:10.7937/tcia.2019.8kap372n', null],
  ['licence', 'CC BY 4.0', null],
  ['citation', 'Doe J, Roe R. A data set. Radiology 1998;206(2):123-129.', null],
  ['citation', 'DOE^JANE', 'person'],
  ['note', 'second scanner, thin slices', null],
  ['note', 'DOE^JANE', 'person'],
  ['note', 'born 1960-01-01', 'date'],
  ['source', 'PACS export of patient 4711', 'id'],
] as const)('%s “%s” looks like %s', (key, text, looks) => {
  expect(factLooks(key, text)).toBe(looks);
});

test('what nobody confirmed is kept only where it is unsuspicious', () => {
  expect(unsuspiciousFacts({ source: 'https://x.org/12345678', note: 'DOE^JANE' })).toEqual({
    source: 'https://x.org/12345678',
  });
});

test('a fact is one line of limited length, and an empty one is none', () => {
  expect(tidyFact('note', ' a\n\tb\u202e ')).toBe('a b');
  expect(tidyFact('licence', 'x'.repeat(300))).toHaveLength(200);
  expect(withFact({ note: 'a' }, 'note', ' ')).toEqual({});
});
