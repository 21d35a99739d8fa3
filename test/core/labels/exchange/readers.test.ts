/** Two readers' labels of the same slices. */
import { describe, expect, test } from 'vitest';
import { compareReaders } from '../../../../src/core/labels/exchange/readers.ts';
import { UNSAID } from '../../../../src/core/labels/exchange/resolve.ts';
import { NO_CLASS } from '../../../../src/core/labels/labelSet.ts';
import { MODALITY_SET } from '../../../../src/core/labels/sets/modality.ts';
import { hash, makeProject } from '../../../builders/exchange.ts';

const { list } = makeProject([
  { dataset: 'd1', series: 'a', slices: 3 },
  { dataset: 'd1', series: 'b', slices: 2 },
  { dataset: 'd2', series: 'c', slices: 1 },
  { dataset: 'd2', series: 'd', slices: 1 },
]);
const [CT, MR, PT] = [0, 1, 2];
//                         a           b       c       d
const FIRST = Int16Array.of(CT, CT, CT, MR, MR, PT, UNSAID);
const SECOND = Int16Array.of(CT, CT, MR, PT, PT, NO_CLASS, CT);

describe('two readers', () => {
  test('are compared series by series, by the label of most slices', () => {
    const found = compareReaders(list, MODALITY_SET, [FIRST, SECOND], 'series');
    expect([found.n, found.agreed, found.onlyFirst, found.onlySecond]).toEqual([3, 1, 0, 1]);
    expect(found.classes).toEqual(['CT', 'MR', 'PT', 'XR', null]);
    expect(found.table).toEqual([
      [1, 0, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 0, 1],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  test('or slice by slice', () => {
    const found = compareReaders(list, MODALITY_SET, [FIRST, SECOND], 'slice');
    expect([found.n, found.agreed]).toEqual([6, 2]);
    expect(found.table[CT]).toEqual([2, 1, 0, 0, 0]);
    expect(found.perClass[CT]).toMatchObject({ class: 'CT', first: 3, second: 2, both: 2 });
  });

  test('disagree on series, those that cost kappa most first, then those with most differing slices', () => {
    const { disagreements } = compareReaders(list, MODALITY_SET, [FIRST, SECOND], 'series');
    const plain = disagreements.map(({ cost: _, places: _1, ...one }) => one);
    expect(plain).toEqual([
      { dataset: 'd1', key: `${hash('b')} CT`, first: 'MR', second: 'PT', differ: 2, slices: 2 },
      { dataset: 'd2', key: `${hash('c')} CT`, first: 'PT', second: null, differ: 1, slices: 1 },
      // One slice of three: as series, they agree.
      { dataset: 'd1', key: `${hash('a')} CT`, first: 'CT', second: 'MR', differ: 1, slices: 3 },
    ]);
    const [b, c, a] = disagreements.map(({ cost }) => cost);
    expect(b).toBeCloseTo(c, 12);
    expect(b).toBeGreaterThan(0);
    expect(a).toBe(0);
  });

  test('counted by slices, the longer of two series costs more', () => {
    const first = Int16Array.of(CT, CT, CT, CT, CT, CT, MR);
    const second = Int16Array.of(MR, MR, MR, MR, MR, CT, MR);
    const { disagreements } = compareReaders(list, MODALITY_SET, [first, second], 'slice');
    expect(disagreements.map(({ differ }) => differ)).toEqual([3, 2]);
    expect(disagreements[0].cost).toBeGreaterThan(disagreements[1].cost);
  });

  test('without a common series have no kappa', () => {
    const nobody = new Int16Array(list.count).fill(UNSAID);
    const found = compareReaders(list, MODALITY_SET, [FIRST, nobody], 'series');
    expect([found.n, found.onlyFirst, found.kappa.value]).toEqual([0, 3, null]);
  });
});
