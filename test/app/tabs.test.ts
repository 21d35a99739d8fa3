/** Who writes to a project, between two pages that share a channel and a lock, as two tabs do. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveRun } from '../../src/app/state.ts';
import type { TabMessage } from '../../src/app/tabs.ts';
import { LabError } from '../../src/core/errors.ts';
import { makeRun } from '../builders/storage.ts';
import { answered, browser, live } from '../fakes/tab.ts';
import { eventually } from '../harness/eventually.ts';

let lab: ReturnType<typeof browser>;
beforeEach(() => {
  lab = browser();
  return () => vi.unstubAllGlobals();
});

describe('two tabs of one project', () => {
  test('the first writes, the second looks on and shows its run in progress', async () => {
    const first = await lab.page();
    await first.projects.start();
    first.set({ live: live('r', 3) });
    const second = await lab.page();
    await second.projects.start();
    expect([first.get().readOnly, second.get().readOnly]).toEqual([false, true]);
    await eventually(() =>
      expect(second.get().live).toMatchObject({ run: 'r', elsewhere: true, phaseDone: 3 }),
    );
    const before = first.get().live;
    first.set({ live: null });
    first.mirror.changed(null, before);
    await eventually(() => expect(second.get().live).toBeNull());
    const { id } = second.get().project;
    await expect(second.store.putRun(makeRun('x', id))).rejects.toMatchObject({ code: 'writer-lost' });
    await first.store.putRun(makeRun('x', id));
  });

  test('the tab that gave up the project sees what the other trains next', async () => {
    const first = await lab.page();
    await first.projects.start();
    const second = await lab.page();
    await second.projects.start();
    const taken = second.projects.takeOver();
    await answered(second, true);
    await taken;
    const before = second.get().live;
    second.set({ live: live('next', 1) });
    second.mirror.changed(second.get().live, before);
    await eventually(() => expect(first.get().live).toMatchObject({ run: 'next', elsewhere: true }));
  });

  test('a project opens on a full disk, says so, and what frees room can be done', async () => {
    const first = await lab.page();
    await first.projects.start();
    const { id } = first.get().project;
    await first.store.putRun(makeRun('x', id));
    const full = async () => {
      throw new LabError('storage-full', 'Full.', 'Kept.', 'Free some.');
    };
    first.leave();
    const again = await lab.page();
    again.store.takeWriter = full;
    await again.projects.start();
    expect(again.get()).toMatchObject({ readOnly: false, ready: true, project: { id } });
    expect(again.notices.at(-1)).toMatchObject({
      tone: 'error',
      next: expect.stringMatching(/^Delete runs/),
    });
    await again.store.deleteRun('x');
    expect(await again.store.runs(id)).toEqual([]);

    // A tab that another one still takes for the writer must have a number of its own.
    const other = await lab.page();
    other.store.takeWriter = full;
    await other.projects.start();
    const taken = other.projects.takeOver();
    await answered(other, true);
    await taken;
    await expect(other.store.deleteRun('x')).rejects.toMatchObject({ code: 'writer-lost' });
  });

  test('taking over asks, has the first save, and leaves it looking on, able to write nothing', async () => {
    const first = await lab.page();
    await first.projects.start();
    first.underWay.lines = ['A run is being trained.'];
    first.underWay.saved = { epoch: 1, step: 24, steps: 64 };
    const second = await lab.page();
    await second.projects.start();

    const refused = second.projects.takeOver();
    await answered(second, false);
    await refused;
    expect(first.stopped).toEqual([]);

    let whileSaving = false;
    const { stop } = first.underWay;
    first.underWay.stop = () => {
      whileSaving = first.get().yielding;
      return stop();
    };
    const taken = second.projects.takeOver();
    await answered(second, true);
    await taken;
    expect(first.stopped).toEqual(['saved']);
    expect([whileSaving, first.get().yielding]).toEqual([true, false]);
    expect([first.get().readOnly, second.get().readOnly]).toEqual([true, false]);
    expect(first.notices.at(-1)?.detail).toBe('Its training is saved at step 24 of epoch 1.');
    expect(second.notices.at(-1)).toMatchObject({
      title: 'This tab has taken the project over.',
      detail: 'Its training is saved at step 24 of epoch 1.',
    });
    expect(second.get().takingOver).toBe(false);
    expect(lab.steals).toEqual([]);
    const { id } = first.get().project;
    await expect(first.store.putRun(makeRun('x', id))).rejects.toMatchObject({ code: 'writer-lost' });
    await second.store.putRun(makeRun('x', id));
  });

  test('taking over says that a queue which goes on there is paused, and pauses it', async () => {
    const first = await lab.page();
    await first.projects.start();
    const second = await lab.page();
    await second.projects.start();
    const { id } = first.get().project;
    const queued = (place: number) => ({ id: `${place}`, status: 'queued', queue: { place } });
    second.set({ runs: [queued(1), queued(2)] as never });
    localStorage.setItem(`modality-lab:queue:${id}`, 'goes');
    const taken = second.projects.takeOver();
    const { lines } = await answered(second, true);
    expect(lines.at(-1)).toBe(
      'Its queue of 2 runs is paused. Every run keeps its place; “Go on with the queue” on the Train page goes on with it.',
    );
    await taken;
    expect(localStorage.getItem(`modality-lab:queue:${id}`)).toBeNull();
    // Of one that is paused already there is nothing to say.
    second.set({ readOnly: true });
    const again = second.projects.takeOver();
    expect((await answered(second, false)).lines.join()).not.toContain('queue');
    await again;
  });

  test('a tab at rest is taken over without a word of a training', async () => {
    const first = await lab.page();
    await first.projects.start();
    const second = await lab.page();
    await second.projects.start();
    const before = second.notices.length;
    const read = second.refreshed.mock.calls.length;
    const taken = second.projects.takeOver();
    expect((await answered(second, true)).lines).toEqual([expect.stringContaining('at is saved and ends')]);
    await taken;
    expect(first.notices.at(-1)?.detail).toBe('Everything is stored.');
    expect(second.notices).toHaveLength(before);
    // What the other stored last is shown.
    expect(second.refreshed.mock.calls.length).toBe(read + 1);
    expect([first.get().readOnly, first.get().takingOver, second.get().takingOver]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('taking over that fails says so, and can be tried again', async () => {
    const first = await lab.page();
    await first.projects.start();
    const second = await lab.page();
    await second.projects.start();
    second.store.takeWriter = async () => {
      throw new LabError('storage-full', 'Full.', 'Kept.', 'Free some.');
    };
    const taken = second.projects.takeOver();
    await answered(second, true);
    await taken;
    expect(second.notices.at(-1)).toMatchObject({ tone: 'error', title: 'This tab could not take over.' });
    expect(second.get().takingOver).toBe(false);
  });

  test('only the project’s own tab gives it up: one that looks on, or has another open, does not', async () => {
    const first = await lab.page();
    await first.projects.start();
    const onlooker = await lab.page();
    await onlooker.projects.start();
    const other = await lab.page();
    await other.projects.start();
    await other.projects.createProject('Other');
    const second = await lab.page();
    // The project used last is the other's.
    await second.projects.start();
    await second.projects.openProject(first.get().project.id);
    const taken = second.projects.takeOver();
    await answered(second, true);
    await taken;
    expect([first, onlooker, other].map(({ stopped }) => stopped)).toEqual([['saved'], [], []]);
    expect(other.get().readOnly).toBe(false);
  });

  test('the run of another tab is not shown any more once this tab writes', async () => {
    const one = await lab.page();
    await one.projects.start();
    one.set({ live: { ...live('r', 3), elsewhere: true } });
    const taken = one.projects.takeOver();
    await answered(one, true);
    await taken;
    expect(one.get().live).toBeNull();
  });

  test('a run in progress is sent at most once a second, its beginning and end at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const channel = lab.channel();
    const seen: (number | null)[] = [];
    channel.addEventListener('message', (({ data }: MessageEvent<TabMessage>) => {
      if (data.kind === 'live') seen.push(data.live?.phaseDone ?? null);
    }) as never);
    const first = await lab.page();
    const show = (now: LiveRun | null) => {
      const before = first.get().live;
      first.set({ live: now });
      first.mirror.changed(now, before);
    };
    show(live('r', 1));
    await vi.advanceTimersByTimeAsync(2000);
    // Nobody looks on.
    expect(seen).toEqual([]);
    channel.postMessage({ kind: 'watch', project: '' });
    await vi.advanceTimersByTimeAsync(0);
    for (const step of [2, 3, 4]) show(live('r', step));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual([1, 4]);
    show(live('r', 5));
    show(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual([1, 4, null]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(seen).toEqual([1, 4, null]);
    show(live('s', 6));
    show(live('s', 7));
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual([1, 4, null, 6, 7]);
    vi.useRealTimers();
  });

  test('what another tab trains is shown by those that look on at the same project, and read anew when it changes', async () => {
    const channel = lab.channel();
    const one = await lab.page();
    one.set({ readOnly: true });
    const hear = async (message: TabMessage) => {
      channel.postMessage(message);
      await new Promise((resolve) => setTimeout(resolve));
      return one.refreshed.mock.calls.length;
    };
    const at = (run: string, epoch: number, more: Partial<LiveRun> = {}) => ({
      kind: 'live' as const,
      project: '',
      live: { ...live(run, 1), latest: { epoch } as never, ...more },
    });
    expect(await hear({ ...at('r', 0.1), project: 'other' })).toBe(0);
    expect(one.get().live).toBeNull();
    expect(await hear(at('r', 0.1))).toBe(1);
    expect(one.get().live).toMatchObject({ run: 'r', elsewhere: true });
    expect(await hear(at('r', 0.9))).toBe(1);
    expect(await hear(at('r', 1))).toBe(2);
    expect(await hear(at('r', 1.5, { phase: 'validating' }))).toBe(3);
    expect(await hear(at('s', 1.5, { phase: 'validating' }))).toBe(4);
    one.set({ readOnly: false });
    expect(await hear(at('r', 7))).toBe(4);
    expect(one.get().live!.run).toBe('s');
  });

  test('taking over names the run that would end, and is asked once however often it is pressed', async () => {
    const first = await lab.page();
    await first.projects.start();
    const second = await lab.page();
    await second.projects.start();
    second.set({ runs: [{ id: 'r', title: 'Mine' }] as never, live: { ...live('r', 3), elsewhere: true } });
    const taken = second.projects.takeOver();
    const { lines } = await answered(second, false);
    await taken;
    expect(lines[0]).toContain('“Mine” is being trained there');
    second.set({ takingOver: true });
    await second.projects.takeOver();
    expect(second.get().question).toBeNull();
    expect(second.get().readOnly).toBe(true);
  });

  test('a tab that does not hear is taken over all the same: the lock is stolen, and its writes are refused', async () => {
    const first = await lab.page({ deaf: true });
    await first.projects.start();
    first.underWay.lines = ['A run is being trained.'];
    const second = await lab.page();
    await second.projects.start();
    const taken = second.projects.takeOver();
    await answered(second, true);
    await taken;
    expect(lab.steals).toHaveLength(1);
    await eventually(() => expect(first.stopped).toEqual(['dropped']));
    expect([first.get().readOnly, second.get().readOnly]).toEqual([true, false]);
    expect(first.notices.at(-1)).toMatchObject({
      tone: 'error',
      title: 'Another tab has taken this project over.',
      detail: 'Running work here has ended; everything stored before is kept.',
    });
    const { id } = first.get().project;
    await expect(first.store.putRun(makeRun('x', id))).rejects.toMatchObject({ code: 'writer-lost' });
  });
});
