/** Addresses: what is shown can be read from them, and what they can't name they say. */
import { describe, expect, test } from 'vitest';
import { formatRoute, parseRoute, placeIn } from '../../src/app/route.ts';
import { PAGE_NAMES } from '../../src/ui/pages.ts';

describe('an address', () => {
  test.each(PAGE_NAMES)('of %s leads back to it, with what is open', (page) => {
    const detail = ['data', 'label', 'settings', 'lessons'].includes(page) ? null : 'run 1/2';
    const route = { page, detail, view: { split: 'test', cell: 'CT-MR', slice: '12' } };
    expect(parseRoute(formatRoute(route))).toEqual({ ...route, known: true });
    expect(parseRoute(formatRoute({ page, detail: null, view: {} }))).toEqual({
      page,
      detail: null,
      view: {},
      known: true,
    });
  });

  test.each(['#/foo', '#/toString', '#/data/a/b', '#/data/r1', '#/settings/r1', '#/Train', '#nonsense'])(
    '%s names no page',
    (hash) => {
      expect(parseRoute(hash).known).toBe(false);
    },
  );

  test.each(['', '#', '#/'])('“%s” is the first page', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'data', detail: null, view: {}, known: true });
  });

  test('keeps nothing that it has no word for', () => {
    expect(parseRoute(`#/data?dataset=d1&name=x&slice=&only=${'x'.repeat(300)}`).view).toEqual({
      dataset: 'd1',
    });
  });

  test('of a classified series keeps its key as it is', () => {
    const view = { series: '0123456789abcdef CT', slice: '3' };
    expect(parseRoute(formatRoute({ page: 'classify', detail: 'r1', view })).view).toEqual(view);
  });

  test('that is no proper text is still an address', () => {
    expect(parseRoute('#/results/%E0%A4%A').detail).toBe('%E0%A4%A');
  });
});

test.each([
  ['0', 0],
  ['12', 12],
  ['-1', null],
  ['1.5', null],
  ['1e3', null],
  ['', null],
  [undefined, null],
])('the place %s is %s', (text, place) => {
  expect(placeIn(text)).toBe(place);
});
