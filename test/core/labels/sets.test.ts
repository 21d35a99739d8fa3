/** Label sets: the ones that come along, and what keeps one from being used. */
import { describe, expect, test } from 'vitest';
import { classIndex, isLabelSet, labelSetFaults, NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { DEFAULT_SET, EXAMPLE_SETS } from '../../../src/core/labels/sets/index.ts';

describe.each([DEFAULT_SET, ...EXAMPLE_SETS].map((set) => [set.name, set] as const))('%s', (_, set) => {
  test('can be used, and survives JSON', () => {
    expect(labelSetFaults(set)).toEqual([]);
    const read: unknown = JSON.parse(JSON.stringify(set));
    expect(isLabelSet(read)).toBe(true);
    expect(read).toEqual(set);
  });
});

test('labels follow their class through merges, and end with a class that is gone', () => {
  const merged = { ...DEFAULT_SET, classes: DEFAULT_SET.classes.slice(0, 2), merged: { XR: 'PT', PT: 'CT' } };
  expect(classIndex(merged, 'XR')).toBe(0);
  expect(classIndex(merged, 'MR')).toBe(1);
  expect(classIndex(merged, 'US')).toBe(NO_CLASS);
  expect(classIndex({ ...merged, merged: { PT: 'XR', XR: 'PT' } }, 'XR')).toBe(NO_CLASS);
});

test.each([
  ['no name', { name: ' ' }, 'no name'],
  ['one class', { classes: DEFAULT_SET.classes.slice(0, 1) }, 'at least 2'],
  [
    'a name twice',
    { classes: [...DEFAULT_SET.classes, { ...DEFAULT_SET.classes[0], id: 'x', name: 'ct ' }] },
    'called “ct”',
  ],
  [
    'a class without a name',
    { classes: DEFAULT_SET.classes.map((one) => ({ ...one, name: '' })) },
    'no name',
  ],
  [
    'a key of a command',
    { classes: DEFAULT_SET.classes.map((one, at) => ({ ...one, key: 'UXR0'[at] })) },
    'a key that does something else',
  ],
  ['a key twice', { classes: DEFAULT_SET.classes.map((one) => ({ ...one, key: '1' })) }, 'the key 1'],
  [
    'a folder twice',
    { classes: DEFAULT_SET.classes.map((one) => ({ ...one, folders: ['x'] })) },
    'folder name “x”',
  ],
])('a set with %s is not used', (_, patch, fault) => {
  expect(labelSetFaults({ ...DEFAULT_SET, ...patch }).join(' ')).toContain(fault);
});
