/** Filters of the Label page in the address. */
import { expect, test } from 'vitest';
import type { View } from '../../../src/app/route.ts';
import { NO_FILTER } from '../../../src/core/dataset/seriesFilter.ts';
import { MIXED } from '../../../src/core/dataset/seriesLabels.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { LABEL_SOURCES } from '../../../src/core/types.ts';
import { dependsOnLabels, filterOf, orderOf } from '../../../src/ui/label/filter.ts';
import { fakeLabelling } from '../../fakes/labelling.ts';
import { DATASETS } from '../../fakes/state.ts';

const LABELLING = fakeLabelling('p', DATASETS);
const of = (view: View, text = '') => filterOf(view, LABELLING, text);

test('an address without filters shows everything as stored', () => {
  expect(of({})).toEqual(NO_FILTER);
  expect(orderOf({})).toBe('stored');
});

test.each<[View, object]>([
  [{ dataset: DATASETS[1].id }, { dataset: 1 }],
  [{ split: 'test' }, { split: 2 }],
  [{ label: 'MR' }, { label: 1 }],
  [{ label: 'none' }, { label: NO_CLASS }],
  [{ label: 'mixed' }, { label: MIXED }],
  [{ source: 'user' }, { source: LABEL_SOURCES.indexOf('user') }],
  [{ kind: 'localizer' }, { kind: 'localizer' }],
  [{ format: 'dicom' }, { format: 'dicom' }],
  [{ show: 'differs' }, { only: 'differs' }],
  [
    { predicted: 'PT', from: '50', to: '80' },
    { predicted: 2, atLeast: 0.5, atMost: 0.8 },
  ],
])('%j filters', (view, filter) => {
  expect(of(view)).toEqual({ ...NO_FILTER, ...filter });
});

test('words of another project, or of nobody, filter nothing', () => {
  const view = {
    dataset: 'gone',
    split: 'x',
    label: 'x',
    source: 'x',
    kind: 'x',
    show: 'x',
    from: 'x',
    to: '-1',
  };
  expect(of(view)).toEqual(NO_FILTER);
  expect(orderOf({ order: 'x' })).toBe('stored');
});

test('only filters by labels are out of date when labels are given', () => {
  for (const view of [{ label: 'none' }, { source: 'user' }, { show: 'differs' }])
    expect(dependsOnLabels(of(view))).toBe(true);
  for (const view of [{}, { split: 'test' }, { kind: 'localizer' }, { show: 'doubted' }])
    expect(dependsOnLabels(of(view))).toBe(false);
});
