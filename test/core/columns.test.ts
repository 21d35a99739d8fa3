/** What follows from the table of columns: empty ones, parts of them, and single rows. */
import { expect, test } from 'vitest';
import { COLUMN_NAMES, COLUMNS, copyRow, emptyColumns, sliceColumns } from '../../src/core/columns.ts';

test('every column has its width, its kind of numbers, and nothing in it', () => {
  const columns = emptyColumns(3, COLUMN_NAMES);
  for (const name of COLUMN_NAMES) {
    expect(columns[name]).toBeInstanceOf(COLUMNS[name].array);
    expect([...columns[name]]).toEqual(Array(3 * COLUMNS[name].width).fill(0));
  }
});

test('part of columns is a view, or a copy where it is asked for', () => {
  const columns = emptyColumns(3, ['frame', 'key']);
  columns.frame.set([1, 2, 3]);
  columns.key.fill(7, 16, 32);
  const view = sliceColumns(columns, ['frame', 'key'], [1, 3]);
  const copy = sliceColumns(columns, ['frame', 'key'], [1, 3], true);
  columns.frame[1] = 9;
  expect([...view.frame]).toEqual([9, 3]);
  expect([...copy.frame]).toEqual([2, 3]);
  expect([...view.key]).toEqual([...Array(16).fill(7), ...Array(16).fill(0)]);
});

test('a row is copied whole, and to its place alone', () => {
  const source = emptyColumns(2, ['instanceNumber', 'key']);
  source.instanceNumber.set([5, -1]);
  source.key.fill(3, 16);
  const target = emptyColumns(3, COLUMN_NAMES);
  copyRow(source, 1, target, 2, ['instanceNumber', 'key']);
  expect([...target.instanceNumber]).toEqual([0, 0, -1]);
  expect([...target.key]).toEqual([...Array(32).fill(0), ...Array(16).fill(3)]);
  expect([...target.frame]).toEqual([0, 0, 0]);
});
