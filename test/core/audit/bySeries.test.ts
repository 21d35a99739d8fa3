/** Doubts by series, for a page that lists series. */
import { expect, test } from 'vitest';
import { doubtsBySeries } from '../../../src/core/audit/bySeries.ts';
import { listSeries } from '../../../src/core/dataset/seriesList.ts';
import { makeSeriesShards } from '../../builders/series.ts';
import { makeDoubt } from '../../fakes/audit.ts';

test('a series has its strongest doubt, and one without a doubt has none', () => {
  const list = listSeries(
    makeSeriesShards(['s0', 's1', 's2'].map((series) => ({ dataset: 'd', series, slices: 2 }))),
  );
  const weak = makeDoubt(2, { series: 's2 CT', doubt: 0.3 });
  const strong = makeDoubt(2, { series: 's2 CT', doubt: 0.9 });
  const first = makeDoubt(0, { series: 's0 CT' });
  const found = doubtsBySeries(list, [
    weak,
    strong,
    first,
    makeDoubt(1, { dataset: 'gone', series: 's1 CT' }),
  ]);
  expect([...found]).toEqual([
    [0, first],
    [2, strong],
  ]);
});
