/** Names of datasets: neutral, free, and tidied for the screen. */

import { expect, test } from 'vitest';
import { folderName, freeName, neutralName, renamed } from '../../../src/core/dataset/naming.ts';
import { tidyName } from '../../../src/core/files/folderName.ts';
import { makeDataset } from '../../builders/storage.ts';

test('neutral names count on, whatever else there is', () => {
  expect(neutralName([])).toBe('Dataset 1');
  expect(neutralName(['Dataset 1', 'Dataset 7', 'Chest', 'Dataset x'])).toBe('Dataset 8');
});

test('a name that is taken is numbered, in whatever case it is taken', () => {
  expect(freeName('chest', ['other'])).toBe('chest');
  expect(freeName('chest', ['Chest', 'chest (2)'])).toBe('chest (3)');
});

test('a name is one short line', () => {
  expect(tidyName('x'.repeat(200))).toHaveLength(80);
  // What tells long names of one collection apart is at their ends.
  expect(tidyName(`first ${'x'.repeat(100)} last`)).toMatch(/^first x+…x+ last$/);
  expect(tidyName('y'.repeat(80))).toBe('y'.repeat(80));
  expect(tidyName('two\nlines\u202e')).toBe('two lines');
  expect(tidyName(' ')).toBe('');
});

test('a folder’s name is judged whole, though it is shown cut', () => {
  const long = folderName('a', `${'chest_'.repeat(10)}19610304${'_chest'.repeat(10)}`);
  expect(long).toMatchObject({ looks: 'date' });
  expect(long.name).not.toContain('1961');
});

test('several datasets are renamed at once without two of one name', () => {
  const all = ['a', 'b', 'c', 'd'].map((id) => ({
    ...makeDataset(id, 'p'),
    name: id === 'd' ? 'chest' : id,
  }));
  const names = renamed(all, [
    { dataset: 'a', name: 'chest', nameFrom: 'folder' },
    { dataset: 'b', name: 'Chest', nameFrom: 'folder' },
    { dataset: 'c', name: null, nameFrom: 'user' },
    { dataset: 'gone', name: 'x', nameFrom: 'user' },
  ]);
  expect(names.map(({ id, name, nameFrom }) => [id, name, nameFrom])).toEqual([
    ['a', 'chest (2)', 'folder'],
    ['b', 'Chest (3)', 'folder'],
    ['c', 'Dataset 1', 'user'],
  ]);
});
