/** What the editor of label sets says: what saving does, and what keeps a set from being saved. */
import { describe, expect, test } from 'vitest';
import { mergeClass } from '../../../src/core/labels/editSet.ts';
import type { Shift } from '../../../src/core/labels/setEffect.ts';
import { BODY_REGION_SET } from '../../../src/core/labels/sets/bodyRegion.ts';
import { effectWords } from '../../../src/ui/labelSets/effectWords.ts';
import { faultsOf, hintsOf } from '../../../src/ui/labelSets/faultWords.ts';
import { blockedBy } from '../../../src/ui/labelSets/useLabelSets.ts';

const words = (...shifts: Shift[]) =>
  effectWords({ slices: 100, counts: new Map(), shifts }, BODY_REGION_SET, BODY_REGION_SET);
const shift = (from: string | null, to: string | null, given: boolean, slices = 40): Shift => ({
  from,
  to,
  given,
  slices,
});

describe('what saving does', () => {
  test.each([
    [shift(null, 'head', false, 312), '312 slices get a proposed label: 312 “Head”.'],
    [shift(null, 'head', true, 1), '1 slice has the label again that was given before: 1 “Head”.'],
    [shift('spine', 'head', true), '40 labels of “Spine” count for “Head”.'],
    [shift('spine', 'head', false), '40 slices proposed as “Spine” become “Head”.'],
    [shift('spine', null, true, 1), '1 label given as “Spine” count no longer.'],
    [shift('spine', null, false), '40 slices lose the proposed label “Spine”.'],
  ])('is one sentence for each kind of change: %o', (one, sentence) => {
    expect(words(one)).toEqual([sentence]);
  });

  test('is nothing where no label changes', () => {
    expect(words()).toEqual(['No stored slice gets another label.']);
  });

  test('names classes as they were called before, also those that are merged', () => {
    const after = mergeClass(BODY_REGION_SET, 'spine', 'head');
    const effect = { slices: 9, counts: new Map(), shifts: [shift('spine', 'head', true)] };
    expect(effectWords(effect, BODY_REGION_SET, after)).toEqual(['40 labels of “Spine” count for “Head”.']);
  });

  test('is six sentences and a number, however much changes', () => {
    const ids = BODY_REGION_SET.classes.map(({ id }) => id);
    const lines = words(
      ...ids.map((id) => shift(id, null, true)),
      ...ids.map((id) => shift(null, id, false)),
    );
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe(
      '280 slices get a proposed label: 40 “Head”, 40 “Chest”, 40 “Breast”, 40 “Abdomen” and others.',
    );
    expect(lines[6]).toBe('And 2 more changes like these.');
  });
});

test('a name that another set has is a fault of the name', () => {
  const faults = faultsOf(BODY_REGION_SET, [{ name: ' body REGION' }]);
  expect(faults.at(null, 'name')).toEqual(['Another set of this project has this name.']);
  expect(faultsOf(BODY_REGION_SET, [{ name: 'Modality' }]).all).toEqual([]);
});

test('a hint stands at both classes that look alike, and names the other', () => {
  const [head, chest, ...rest] = BODY_REGION_SET.classes;
  const set = { ...BODY_REGION_SET, classes: [head, { ...chest, colour: '#57b4e9' }, ...rest] };
  expect(hintsOf(set).slice(0, 3)).toEqual([
    ['Hard to tell from “Chest” for everybody.'],
    ['Hard to tell from “Head” for everybody.'],
    [],
  ]);
});

test('nothing is saved while another tab, a training or a drop has the labels', () => {
  const idle = { readOnly: false, job: null, live: null };
  expect(blockedBy(idle)).toBeNull();
  expect(blockedBy({ ...idle, readOnly: true })).toContain('Another tab');
  expect(blockedBy({ ...idle, live: {} as never })).toContain('training');
  expect(blockedBy({ ...idle, job: {} as never })).toContain('Files are being read');
});
