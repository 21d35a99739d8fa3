/** Edits of a label set: ids stay and are unique, the order is kept, and labels follow their class. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addClass,
  changeClass,
  copySet,
  emptySet,
  mergeClass,
  moveClass,
  newId,
  removeClass,
  sameSet,
} from '../../../src/core/labels/editSet.ts';
import {
  classAt,
  classIndex,
  isId,
  type LabelSet,
  labelSetFaults,
  NO_CLASS,
} from '../../../src/core/labels/labelSet.ts';
import { BODY_REGION_SET } from '../../../src/core/labels/sets/bodyRegion.ts';

const ids = (set: LabelSet) => set.classes.map(({ id }) => id);
const THREE = ['Head', 'Chest', 'Limb'].reduce((set, name) => addClass(set, name), emptySet('Parts', []));

/** Any row of edits; a number stands for the class at that place, counted around. */
const edit = fc.record({
  kind: fc.constantFrom('add', 'change', 'move', 'merge', 'remove'),
  name: fc.constantFrom('Head', 'head', 'Kopf', 'Źródło', '頭', 'Other', ''),
  a: fc.nat(20),
  b: fc.nat(20),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(set: LabelSet, { kind, name, a, b }: Edit): LabelSet {
  const at = (number: number) => set.classes[number % Math.max(1, set.classes.length)]?.id ?? '';
  if (kind === 'add') return addClass(set, name);
  if (kind === 'change') return changeClass(set, at(a), { name, colour: '#123456' });
  if (kind === 'move') return moveClass(set, at(a), b);
  if (kind === 'merge') return mergeClass(set, at(a), at(b));
  return removeClass(set, at(a));
}

describe('any row of edits', () => {
  test('leaves ids that are unique, usable and never given twice', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        let set = THREE;
        for (const one of edits) {
          const before = set;
          set = edited(set, one);
          expect(new Set(ids(set)).size).toBe(set.classes.length);
          for (const id of ids(set)) {
            expect(isId(id)).toBe(true);
            if (!ids(before).includes(id)) expect(before.merged).not.toHaveProperty(id);
          }
        }
      }),
    );
  });

  test('keeps the order of the classes that it does not move', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
        let set = THREE;
        for (const one of edits) {
          const before = ids(set);
          set = edited(set, one);
          const at = before[one.a % Math.max(1, before.length)];
          const others = (list: string[]) => list.filter((id) => id !== at);
          const stayed = others(ids(set)).filter((id) => before.includes(id));
          expect(stayed).toEqual(others(before).filter((id) => stayed.includes(id)));
        }
      }),
    );
  });

  test('takes the labels of a merged class to the class that has them now', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        // A simple model: where the labels of each id that ever was go to.
        let set = THREE;
        let goes = new Map(ids(set).map((id) => [id, id]));
        for (const one of edits) {
          const before = ids(set);
          const [a, b] = [one.a, one.b].map((n) => before[n % Math.max(1, before.length)]);
          set = edited(set, one);
          for (const id of ids(set)) if (!before.includes(id)) goes.set(id, id);
          const joined = one.kind === 'merge' && a !== b;
          if (joined) goes = new Map([...goes].map(([id, to]) => [id, to === a ? b : to]));
          if (one.kind === 'remove') goes = new Map([...goes].filter(([, to]) => to !== a));
        }
        for (const [id, to] of goes) expect(classAt(set, classIndex(set, id))?.id).toBe(to);
      }),
    );
  });
});

describe('a new class', () => {
  test('gets a colour and a key that no other has', () => {
    const set = addClass(THREE, ' Neck ');
    expect(set.classes.at(-1)).toMatchObject({ id: 'neck', name: 'Neck', key: '4', folders: [], dicom: [] });
    expect(new Set(set.classes.map(({ colour }) => colour)).size).toBe(4);
    expect(labelSetFaults(set)).toEqual([]);
  });

  test('does not get the labels of one that was merged into another', () => {
    const set = addClass(mergeClass(THREE, 'limb', 'chest'), 'Limb');
    expect(ids(set)).toEqual(['head', 'chest', 'limb-2']);
    expect(classIndex(set, 'limb')).toBe(1);
  });
});

test('an id is made of the name and is no word that means “no class”', () => {
  expect(newId('Lumbar  spine (MR)', [])).toBe('lumbar-spine-mr');
  expect(newId('Ödem', ['ODEM', 'odem-2'])).toBe('odem-3');
  expect([newId('Other', []), newId('none', []), newId('頭', [])]).toEqual(['other-2', 'none-2', 'class']);
  expect(newId('x'.repeat(200), []).length).toBeLessThanOrEqual(60);
});

test('a class that is merged brings its folder names and DICOM values along, each once', () => {
  const set = mergeClass(BODY_REGION_SET, 'spine', 'chest');
  const chest = set.classes[1];
  expect(chest.folders).toEqual(['chest', 'thorax', 'lung', 'spine']);
  expect(chest.dicom).toContainEqual({ attribute: 'BodyPartExamined', value: 'LSPINE' });
  const twice = changeClass(BODY_REGION_SET, 'spine', { folders: [' Chest', 'back'] });
  expect(mergeClass(twice, 'spine', 'chest').classes[1].folders).toEqual(['chest', 'thorax', 'lung', 'back']);
});

test('a class that is removed takes the labels of those merged into it along, also when it is made again', () => {
  const set = removeClass(mergeClass(THREE, 'limb', 'chest'), 'chest');
  expect(set.merged).toEqual({});
  expect(classIndex(addClass(set, 'Chest'), 'limb')).toBe(NO_CLASS);
});

test('merging a class into itself, or moving one that is gone, changes nothing', () => {
  expect(mergeClass(THREE, 'head', 'head')).toBe(THREE);
  expect(moveClass(THREE, 'gone', 0)).toBe(THREE);
  expect(ids(moveClass(THREE, 'head', 99))).toEqual(['chest', 'limb', 'head']);
  expect(ids(moveClass(THREE, 'limb', -1))).toEqual(['limb', 'head', 'chest']);
});

test('a copy has its own id and name, and the same classes', () => {
  const copy = copySet(BODY_REGION_SET, [BODY_REGION_SET, { id: 'x', name: 'body region (2)' }]);
  expect(copy).toMatchObject({ id: 'body-region-3', name: 'Body region (3)' });
  expect(copy.classes).toEqual(BODY_REGION_SET.classes);
  expect(sameSet(copy, BODY_REGION_SET)).toBe(false);
});
