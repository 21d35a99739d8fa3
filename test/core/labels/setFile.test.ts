/** Label sets as files: written and read back, and hostile ones refused in words. */
import { describe, expect, test } from 'vitest';
import { addClass, emptySet, mergeClass } from '../../../src/core/labels/editSet.ts';
import { MOST_FILE_CHARACTERS, readLabelSet, writeLabelSet } from '../../../src/core/labels/setFile.ts';
import { DEFAULT_SET, EXAMPLE_SETS } from '../../../src/core/labels/sets/index.ts';

const SET = mergeClass(
  ['Head', 'Chest', 'Limb'].reduce((set, name) => addClass(set, name), emptySet('Parts', [])),
  'limb',
  'chest',
);
const read = (value: unknown) => readLabelSet(JSON.stringify(value));
const withClass = (patch: object) => ({ ...SET, classes: [{ ...SET.classes[0], ...patch }, SET.classes[1]] });

test.each([DEFAULT_SET, ...EXAMPLE_SETS, SET].map((set) => [set.name, set] as const))(
  '%s comes back as it was written',
  (_, set) => {
    expect(readLabelSet(writeLabelSet(set))).toEqual({ set, faults: null });
  },
);

describe('is refused, and says why', () => {
  test.each([
    ['no JSON', 'CT, MR', 'not JSON'],
    ['too large a file', `"${'x'.repeat(MOST_FILE_CHARACTERS)}"`, 'too large'],
    ['no object', '3', 'no list of classes'],
    ['null', 'null', 'no list of classes'],
    ['no classes', '{"id":"a","name":"b","classes":{}}', 'no list of classes'],
    ['no id', JSON.stringify({ ...SET, id: 3 }), 'usable id, name or merged'],
    ['merged classes that are no text', JSON.stringify({ ...SET, merged: { a: 1 } }), 'usable id'],
    ['a class that is none', JSON.stringify({ ...SET, classes: [null] }), 'Class 1 lacks a usable id, name'],
    ['a colour with code in it', JSON.stringify(withClass({ colour: 'url(x)' })), 'usable colour.'],
    [
      'an attribute that is not stored',
      JSON.stringify(withClass({ dicom: [{ attribute: 'PatientName', value: 'x' }] })),
      'Class 1 lacks a usable dicom.',
    ],
    ['an id with a slash', JSON.stringify(withClass({ id: '../x' })), 'an id that cannot be used'],
    ['an id of a prototype', JSON.stringify({ ...SET, id: '__proto__' }), 'an id that cannot be used'],
    ['a reserved id', JSON.stringify(withClass({ id: 'Other' })), 'an id that cannot be used'],
    ['one id twice', JSON.stringify(withClass({ id: 'CHEST' })), 'Two classes have the same id'],
    ['a long name', JSON.stringify(withClass({ name: 'x'.repeat(61) })), 'longer than 60 characters'],
    ['a long folder', JSON.stringify(withClass({ folders: ['x'.repeat(61)] })), 'A folder name is longer'],
    ['a long description', JSON.stringify(withClass({ description: 'x'.repeat(501) })), 'longer than 500'],
    [
      'too many folders',
      JSON.stringify(withClass({ folders: Array.from({ length: 201 }, (_, i) => `f${i}`) })),
      'at most 200 folder names',
    ],
    [
      'too many values',
      JSON.stringify(
        withClass({
          dicom: Array.from({ length: 201 }, (_, i) => ({ attribute: 'Modality', value: `v${i}` })),
        }),
      ),
      'at most 200 DICOM values',
    ],
    [
      'too many classes',
      JSON.stringify({
        ...SET,
        classes: Array.from({ length: 65 }, (_, i) => ({ ...SET.classes[0], id: `c${i}`, name: `${i}` })),
      }),
      'at most 64 classes',
    ],
    [
      'too many merges',
      JSON.stringify({
        ...SET,
        merged: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`m${i}`, 'a'])),
      }),
      'More than 1000',
    ],
  ])('%s', (_, text, fault) => {
    const { set, faults } = readLabelSet(text);
    expect(set).toBeNull();
    expect(faults!.join(' ')).toContain(fault);
  });

  test('a thousand broken classes in six sentences, none of which quotes the file', () => {
    const { faults } = read({ ...SET, classes: Array.from({ length: 1000 }, () => ({ id: 'SECRET' })) });
    expect(faults).toHaveLength(6);
    expect(faults!.at(-1)).toBe('And so do 995 more.');
    expect(faults!.join()).not.toContain('SECRET');
  });
});

test('nothing but the fields of a set is taken over, in plain text', () => {
  const evil = JSON.stringify(withClass({ name: ' He\u202ead\n ', more: 1 })).replace(
    '"merged":{',
    '"more":1,"merged":{"__proto__":"chest",',
  );
  const { set } = readLabelSet(evil);
  expect(set).toEqual(SET);
  expect(Object.getPrototypeOf(set!.merged)).toBe(Object.prototype);
});

test('faults that the editor can mend are left to it', () => {
  expect(read(withClass({ name: '', key: '2', folders: [] })).faults).toBeNull();
});
