/** Searching the datasets table, and choosing several of its rows. */
import { describe, expect, test } from 'vitest';
import { searchDatasets } from '../../../src/ui/data/search.ts';
import { between, toggled } from '../../../src/ui/data/useChosen.ts';
import { DATASETS, FULL } from '../../fakes/state.ts';

const found = (text: string) => searchDatasets(DATASETS, text, FULL.labelSet).map(({ name }) => name);

describe('a search', () => {
  test('wants every word in name, location, split or class', () => {
    expect(found('')).toHaveLength(DATASETS.length);
    expect(found(' LIDC ')).toEqual(['ct_lidc_chest']);
    expect(found('chest test')).toEqual(['xr_hannover_chest', 'ct_nsclc_lung1']);
    expect(found('pt validate')).toEqual(['pt_nema_phantom']);
    expect(found('no such')).toEqual([]);
  });
});

describe('choosing', () => {
  const shown = ['a', 'b', 'c', 'd'];
  const set = (...ids: string[]) => new Set(ids);

  test('adds a row, and takes it out again', () => {
    expect(toggled(set('a'), 'b')).toEqual(set('a', 'b'));
    expect(toggled(set('a', 'b'), 'b')).toEqual(set('a'));
  });

  test('with Shift adds all rows between, upwards too', () => {
    expect(between(set('a'), shown, 'a', 'c')).toEqual(set('a', 'b', 'c'));
    expect(between(set(), shown, 'd', 'b')).toEqual(set('b', 'c', 'd'));
  });

  test('with Shift from a row that is not shown adds one row', () => {
    expect(between(set(), shown, 'gone', 'b')).toEqual(set('b'));
    expect(between(set('a'), shown, 'a', 'gone')).toEqual(set('a'));
  });
});
