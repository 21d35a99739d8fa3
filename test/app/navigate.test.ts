/** The state and the browser's history move together. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createNavigation } from '../../src/app/navigate.ts';
import type { State } from '../../src/app/state.ts';

type Entry = { hash: string; state: unknown };

/** A window's history, as far as addresses go. */
function fakeBrowser() {
  const entries: Entry[] = [{ hash: '#/data', state: null }];
  let at = 0;
  let heard = () => {};
  const location = {
    get hash() {
      return entries[at].hash;
    },
  };
  const history = {
    get state() {
      return entries[at].state;
    },
    pushState: (state: unknown, _: string, hash: string) => {
      entries.splice(++at, Infinity, { hash, state });
    },
    replaceState: vi.fn((state: unknown, _: string, hash: string) => {
      entries[at] = { hash, state };
    }),
    back: () => {
      at--;
      heard();
    },
  };
  const addEventListener = (_: string, listener: () => void) => {
    heard = listener;
  };
  return {
    browser: { history, location, addEventListener } as unknown as Window,
    history,
    location,
    entries,
  };
}

function make() {
  let state = { page: 'data', detail: null, view: {}, known: true } as unknown as State;
  const get = () => state;
  const set = (patch: Partial<State> | ((state: State) => Partial<State>)) => {
    state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
  };
  const fake = fakeBrowser();
  return { ...fake, get, ...createNavigation({ get, set }, fake.browser) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('going to a page', () => {
  test('is a step that Back undoes', () => {
    const { go, get, history, location } = make();
    go('results', 'r1');
    expect(location.hash).toBe('#/results/r1');
    history.back();
    expect(get()).toMatchObject({ page: 'data', detail: null });
  });

  test('where one is already is no step', () => {
    const { go, entries } = make();
    go('data');
    expect(entries).toHaveLength(1);
  });

  test('from an unknown address leaves it known', () => {
    const { go, get, history, entries } = make();
    go('train');
    entries[0].hash = '#/foo';
    history.back();
    expect(get().known).toBe(false);
    go('data');
    expect(get().known).toBe(true);
  });
});

describe('what is opened', () => {
  test('is closed by Back, and Back after closing it leaves the page', () => {
    const { go, look, get, history } = make();
    go('results', 'r1');
    look({ cell: 'CT-MR' }, 'open');
    expect(get().view).toEqual({ cell: 'CT-MR' });
    history.back();
    expect(get().view).toEqual({});
    look({ cell: 'CT-MR' }, 'open');
    look({ cell: undefined }, 'close');
    expect(get()).toMatchObject({ page: 'results', view: {} });
    history.back();
    expect(get().page).toBe('data');
  });

  test('by a bookmark is closed without leaving the app', () => {
    const { look, get, entries, location } = make();
    entries[0].hash = '#/data?slice=3';
    look({ slice: undefined }, 'close');
    expect(location.hash).toBe('#/data');
    expect(get().view).toEqual({});
  });
});

describe('going through slices', () => {
  test('changes the address once it rests, however fast', () => {
    const { look, history, location, get } = make();
    look({ slice: '0' }, 'open');
    for (let i = 1; i <= 500; i++) look({ slice: String(i) });
    expect(get().view.slice).toBe('500');
    expect(history.replaceState).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(history.replaceState).toHaveBeenCalledOnce();
    expect(location.hash).toBe('#/data?slice=500');
  });

  test('is remembered by the step that is left', () => {
    const { look, go, history, get } = make();
    look({ dataset: 'd2' });
    go('train');
    history.back();
    expect(get()).toMatchObject({ page: 'data', view: { dataset: 'd2' } });
  });

  test('does not write into the page that Back led to', () => {
    const { look, history, location } = make();
    look({ slice: '0' }, 'open');
    look({ slice: '1' });
    history.back();
    vi.runAllTimers();
    expect(location.hash).toBe('#/data');
  });
});

test('a lesson stays open from page to page, until it is closed', () => {
  const { go, look, get, location } = make();
  look({ lesson: '3.1' }, 'open');
  go('results', 'r1', { split: 'test' });
  expect(location.hash).toBe('#/results/r1?lesson=3.1&split=test');
  look({ lesson: undefined }, 'stay');
  go('train');
  expect(get().view).toEqual({});
});
