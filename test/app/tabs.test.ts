/** Who writes to a project, between two pages that share a channel and a lock, as two tabs do. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { LabError } from '../../src/core/errors.ts';
import { eventually } from '../make/eventually.ts';
import { makeRun } from '../make/storage.ts';
import { answered, browser, live } from '../make/tab.ts';

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
    expect(lab.steals).toEqual([]);
    const { id } = first.get().project;
    await expect(first.store.putRun(makeRun('x', id))).rejects.toMatchObject({ code: 'writer-lost' });
    await second.store.putRun(makeRun('x', id));
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
      detail: 'What was under way here has ended; what it had stored before is kept.',
    });
    const { id } = first.get().project;
    await expect(first.store.putRun(makeRun('x', id))).rejects.toMatchObject({ code: 'writer-lost' });
  });
});
