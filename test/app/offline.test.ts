/** The copy of the app in the browser, over a made-up service worker. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import {
  createOfflineCommands,
  NO_COPY,
  type OfflineHost,
  removeCopy,
  replaceBroken,
} from '../../src/app/offline.ts';
import { lackingHeaders, serverAnswers } from '../../src/app/server.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { FULL } from '../fakes/state.ts';

const AT_WORK = { job: {} } as Partial<State>;

/** One browser: what waits and answers in it, and which tabs are at work. */
function browser() {
  const held: { mode: string; name: string }[] = [];
  const request = vi.fn(async (name: string, options: LockOptions, work: (lock: unknown) => unknown) => {
    if (options.ifAvailable) return work(held.length > 0 ? null : {});
    const lock = { name, mode: options.mode! };
    held.push(lock);
    await work(lock);
    held.splice(held.indexOf(lock), 1);
  });
  const workers = Object.assign(new EventTarget(), {
    controller: null as object | null,
    register: vi.fn(),
    getRegistrations: async () => [] as unknown[],
  });
  return { held, locks: { request } as unknown as LockManager, workers };
}

const worker = () => Object.assign(new EventTarget(), { postMessage: vi.fn() });

function tab(host: ReturnType<typeof browser>, patch: Partial<State> = {}, known: Partial<OfflineHost> = {}) {
  let state: State = { ...FULL, offline: NO_COPY, job: null, live: null, ...patch };
  const notices: Omit<Notice, 'id'>[] = [];
  const reload = vi.fn();
  const context = {
    get: () => state,
    set: (change: (state: State) => Partial<State>) => {
      state = { ...state, ...change(state) };
    },
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
  } as unknown as Context;
  const { workers, locks } = host;
  const commands = createOfflineCommands(context, {
    workers: workers as never,
    locks,
    reload,
    lacking: async () => [],
    isBuilt: true,
    isDeleted: false,
    ...known,
  });
  const be = (change: Partial<State>) => {
    state = { ...state, ...change };
    commands.sync();
  };
  return { ...commands, be, notices, reload, state: () => state };
}

function registered(host: ReturnType<typeof browser>, parts: Record<string, unknown>) {
  const registration = Object.assign(new EventTarget(), {
    active: null as unknown,
    waiting: null as unknown,
    installing: null as unknown,
    ...parts,
  });
  host.workers.register.mockResolvedValue(registration);
  return registration;
}

let host: ReturnType<typeof browser>;
beforeEach(() => {
  host = browser();
});

describe('the copy', () => {
  test('is made on the first visit, and that is no new version', async () => {
    const installing = worker();
    const registration = registered(host, { installing });
    const one = tab(host);
    await one.keep();
    expect(one.state().offline.copy).toBe('making');
    Object.assign(registration, { installing: null, active: installing });
    installing.dispatchEvent(new Event('statechange'));
    host.workers.dispatchEvent(new Event('controllerchange'));
    expect(one.state().offline).toEqual({ copy: 'kept', newer: false, lacking: [] });
    expect(host.workers.register).toHaveBeenCalledWith('./offline.js', { updateViaCache: 'none' });
  });

  test('that is refused, or lacks a file, is said to have failed', async () => {
    const installing = worker();
    const registration = registered(host, { installing });
    const one = tab(host);
    await one.keep();
    Object.assign(registration, { installing: null });
    installing.dispatchEvent(new Event('statechange'));
    expect(one.state().offline.copy).toBe('failed');

    host.workers.register.mockRejectedValue(new TypeError('404'));
    const other = tab(host);
    await other.keep();
    expect(other.state().offline.copy).toBe('failed');
  });

  test('is none where the address is not secure', async () => {
    const lacking = async () => ['Content-Security-Policy'];
    const one = tab({ ...host, workers: undefined as never }, {}, { lacking });
    await one.keep();
    expect(one.state().offline).toEqual({ ...NO_COPY, lacking: ['Content-Security-Policy'] });
  });

  test('is not made by the server for development', async () => {
    await tab(host, {}, { isBuilt: false }).keep();
    expect(host.workers.register).not.toHaveBeenCalled();
  });

  test('and all that is cached goes, its maker first', async () => {
    const order: string[] = [];
    vi.stubGlobal('caches', {
      keys: async () => ['one', 'two'],
      delete: async (name: string) => order.push(name),
    });
    host.workers.getRegistrations = async () => [{ unregister: async () => order.push('maker') }];
    await removeCopy(host.workers as never);
    expect(order).toEqual(['maker', 'one', 'two']);
    // The page that comes up again makes none, and takes what had still been under way.
    await tab(host, {}, { isDeleted: true }).keep();
    expect(order).toEqual(['maker', 'one', 'two', 'maker', 'one', 'two']);
    expect(host.workers.register).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });
});

describe('a new version', () => {
  /** A tab that is answered by a copy, while the next one waits. */
  async function offered(patch: Partial<State> = {}) {
    const [active, waiting] = [worker(), worker()];
    host.workers.controller = active;
    const registration = registered(host, { active });
    const one = tab(host, patch);
    await one.keep();
    expect(one.state().offline.newer).toBe(false);
    registration.installing = waiting;
    registration.dispatchEvent(new Event('updatefound'));
    Object.assign(registration, { installing: null, waiting });
    waiting.dispatchEvent(new Event('statechange'));
    return { one, waiting, active, registration };
  }

  test('is offered, and loaded only when that is accepted', async () => {
    const { one, waiting, active } = await offered();
    expect(active.postMessage).toHaveBeenCalledWith('opened');
    expect(one.state().offline.newer).toBe(true);
    expect(waiting.postMessage).not.toHaveBeenCalled();
    await one.renew();
    expect(waiting.postMessage).toHaveBeenCalledWith('activate');
    expect(one.reload).not.toHaveBeenCalled();
    host.workers.dispatchEvent(new Event('controllerchange'));
    expect(one.reload).toHaveBeenCalledOnce();
  });

  test('waits for what this tab is at', async () => {
    const { one, waiting } = await offered();
    one.be(AT_WORK);
    await one.renew();
    expect(waiting.postMessage).not.toHaveBeenCalled();
    expect(one.reload).not.toHaveBeenCalled();
  });

  test('waits for what another tab is at, and says so', async () => {
    const { one, waiting } = await offered();
    const other = tab(host);
    other.be(AT_WORK);
    other.be(AT_WORK);
    expect(host.held).toEqual([{ name: 'modality-lab at work', mode: 'shared' }]);
    await one.renew();
    expect(one.notices[0].title).toBe('Another tab of this app is at work.');
    expect(waiting.postMessage).not.toHaveBeenCalled();
    other.be({ job: null });
    await vi.waitFor(() => expect(host.held).toEqual([]));
    await one.renew();
    expect(waiting.postMessage).toHaveBeenCalledWith('activate');
  });

  test('is loaded at once where the page could not start, unless another tab is at work', async () => {
    const [active, waiting] = [worker(), worker()];
    host.workers.controller = active;
    registered(host, { active, waiting });
    const reload = vi.fn();
    const broken = {
      workers: host.workers as never,
      locks: host.locks,
      reload,
      lacking: async () => [],
      isBuilt: true,
      isDeleted: false,
    };
    const other = tab(host);
    other.be(AT_WORK);
    await replaceBroken(broken);
    expect(waiting.postMessage).not.toHaveBeenCalled();
    other.be({ job: null });
    await vi.waitFor(() => expect(host.held).toEqual([]));
    await replaceBroken(broken);
    expect(waiting.postMessage).toHaveBeenCalledWith('activate');
    host.workers.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalled();
  });

  test('that another tab has loaded is offered too, and needs a reload alone', async () => {
    const active = worker();
    host.workers.controller = active;
    registered(host, { active });
    const one = tab(host);
    await one.keep();
    host.workers.dispatchEvent(new Event('controllerchange'));
    expect(one.state().offline.newer).toBe(true);
    expect(one.reload).not.toHaveBeenCalled();
    await one.renew();
    expect(one.reload).toHaveBeenCalledOnce();
  });
});

describe('the headers of the page', () => {
  test('that its server does not send are named; where the copy answers, or nothing does, none are', async () => {
    const sent = vi.fn(async () => new Response('', { headers: { 'Referrer-Policy': 'no-referrer' } }));
    vi.stubGlobal('fetch', sent);
    const lacking = await lackingHeaders();
    expect(lacking).toContain('Content-Security-Policy');
    expect(lacking).not.toContain('Referrer-Policy');
    sent.mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await lackingHeaders()).toEqual([]);
    expect(await serverAnswers()).toBe(false);
    sent.mockClear();
    vi.stubGlobal('navigator', { serviceWorker: { controller: {} } });
    expect(await lackingHeaders()).toEqual([]);
    // Whatever failed, it is not for want of the server.
    expect(await serverAnswers()).toBe(true);
    expect(sent).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });
});
