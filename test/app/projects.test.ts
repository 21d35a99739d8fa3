/** Commands on projects: opened, changed and deleted, with what they take along. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { makeRun } from '../builders/storage.ts';
import { answered, browser, live } from '../fakes/tab.ts';
import { eventually } from '../harness/eventually.ts';

let lab: ReturnType<typeof browser>;
beforeEach(() => {
  lab = browser();
  return () => vi.unstubAllGlobals();
});

describe('projects', () => {
  test('leaving one in which something is under way is asked about, and saved', async () => {
    const one = await lab.page();
    await one.projects.start();
    expect(one.get().project.name).toBe('My project');
    one.underWay.lines = ['A run is being trained.'];
    const stay = one.projects.createProject('Other');
    expect((await answered(one, false)).lines).toEqual(['A run is being trained.']);
    await stay;
    expect(one.get().project.name).toBe('My project');
    expect((await one.store.projects()).map(({ name }) => name)).toEqual(['My project']);
    const go = one.projects.createProject('Other');
    await answered(one, true);
    await go;
    expect(one.stopped).toEqual(['saved']);
    expect(one.get().project.name).toBe('Other');
    await one.projects.openProject(one.get().projects[0].id);
    expect(one.get().project.name).toBe('My project');
  });

  test('leaving one whose queue goes on says that it is paused', async () => {
    const one = await lab.page();
    await one.projects.start();
    one.underWay.lines = ['A run is being trained.'];
    one.set({ queueGoes: true, runs: [{ id: 'r', status: 'queued', queue: { place: 1 } }] as never });
    const stay = one.projects.createProject('Other');
    expect((await answered(one, false)).lines.at(-1)).toMatch(/^The queue of 1 run is paused\./);
    await stay;
  });

  test('one is deleted after a question that names what is lost; the next is opened', async () => {
    const one = await lab.page();
    await one.projects.start();
    const { id } = one.get().project;
    await one.store.putRun(makeRun('r', id));
    one.set({ runs: [{ id: 'r' }] as never });
    const deleted = one.projects.deleteProject();
    expect((await answered(one, true)).lines.join(' ')).toContain('1 run with weights');
    await deleted;
    expect(one.get().project.id).not.toBe(id);
    expect(await one.store.run('r')).toBeNull();
    expect(one.get().readOnly).toBe(false);
    await one.store.renameProject(one.get().project.id, 'Mine');
  });

  test('what another tab deletes concerns only tabs in which it is open', async () => {
    const first = await lab.page();
    await first.projects.start();
    const second = await lab.page();
    await second.projects.start();
    await second.projects.createProject('Other');
    const deleted = first.projects.deleteProject();
    await answered(first, true);
    await deleted;
    await second.projects.renameProject('Still here');
    expect(second.get()).toMatchObject({ failure: null, project: { name: 'Still here' } });
    expect(second.stopped).toEqual([]);
  });

  test('a tab that looks at a project which another one deletes says so', async () => {
    const first = await lab.page();
    await first.projects.start();
    const second = await lab.page();
    await second.projects.start();
    const deleted = first.projects.deleteProject();
    await answered(first, true);
    await deleted;
    await eventually(() => expect(second.get().failure).toMatchObject({ code: 'project-missing' }));
  });

  test('deleting everything ends what is under way, and begins anew', async () => {
    const one = await lab.page();
    await one.projects.start();
    one.underWay.lines = ['A run is being trained.'];
    await one.projects.deleteEverything();
    expect(one.stopped).toEqual(['dropped']);
    expect(one.restart).toHaveBeenCalledOnce();
    expect(await indexedDB.databases()).toEqual([]);
  });

  test('the question names the project that would be opened', async () => {
    const one = await lab.page();
    await one.projects.start();
    await one.projects.createProject('Other');
    one.underWay.lines = ['A run is being trained.'];
    const opened = one.projects.openProject(one.get().projects[0].id);
    const { title, danger } = await answered(one, true);
    await opened;
    expect([title, danger]).toEqual(['Stop, and open “My project”?', false]);
    expect(one.get().project.name).toBe('My project');
  });

  test('one that can’t be made, opened or renamed says so, and the open one stays', async () => {
    const one = await lab.page();
    await one.projects.start();
    await one.projects.createProject('Other');
    const fail = vi.fn().mockRejectedValue(new Error('broken'));
    const { createProject, renameProject } = one.store;
    Object.assign(one.store, { createProject: fail, renameProject: fail });
    await one.projects.createProject('Third');
    await one.projects.renameProject('Fourth');
    Object.assign(one.store, { createProject, renameProject });
    one.underWay.lines = ['A run is being trained.'];
    one.underWay.stop = fail;
    const opened = one.projects.openProject(one.get().projects[0].id);
    await answered(one, true);
    await opened;
    expect(one.notices.slice(-3).map(({ tone, title }) => `${tone}: ${title}`)).toEqual([
      'error: The project was not made.',
      'error: The name was not changed.',
      'error: The project was not opened.',
    ]);
    expect(one.get().project.name).toBe('Other');
  });

  test('what can’t be read of several shards is counted together, with the names of their datasets', async () => {
    const one = await lab.page();
    await one.projects.start();
    vi.spyOn(one.store, 'compact').mockResolvedValue([
      { slices: 1000, datasets: ['a'] },
      { slices: 24, datasets: ['a', 'b'] },
    ]);
    const named = ['a', 'b', 'c'].map((id) => ({ id, name: `Set ${id}` }));
    const datasets = vi.spyOn(one.store, 'datasets').mockResolvedValue(named as never);
    await one.projects.createProject('Other');
    expect(one.notices.at(-1)).toMatchObject({
      tone: 'error',
      title: 'About 1,024 stored slices could not be read any more.',
      detail: expect.stringContaining('taken out of “Set a”, “Set b”. Everything'),
    });
    datasets.mockResolvedValue([]);
    await one.projects.createProject('Third');
    expect(one.notices.at(-1)!.detail).toContain('taken out. Everything');
  });

  test('one with a shard that can’t be read opens, and says what was lost', async () => {
    const one = await lab.page();
    await one.projects.start();
    const { id } = one.get().project;
    const compact = vi.spyOn(one.store, 'compact').mockResolvedValue([{ slices: 512, datasets: ['a'] }]);
    vi.spyOn(one.store, 'datasets').mockResolvedValue([{ id: 'a', name: 'Chest' }] as never);
    await one.projects.createProject('Other');
    expect(one.notices.at(-1)?.detail).toContain('“Chest”');
    compact.mockRejectedValue(new Error('broken'));
    await one.projects.openProject(id);
    expect(one.get().project.id).toBe(id);
    expect(one.get().ready).toBe(true);
  });
});

describe('opening', () => {
  test('a page opens the project used last, else the first, else makes one', async () => {
    const one = await lab.page();
    await one.projects.start();
    await one.projects.createProject(' Second ');
    expect(one.get().project.name).toBe('Second');
    expect(one.get().projects.map(({ name }) => name)).toEqual(['My project', 'Second']);
    const { id } = one.get().project;
    const again = await lab.page();
    await again.projects.start();
    expect(again.get()).toMatchObject({ ready: true, project: { id }, projects: [{}, {}] });
    lab.kept.clear();
    const forgetful = await lab.page();
    await forgetful.projects.start();
    expect(forgetful.get().project.id).toBe(forgetful.get().projects[0].id);
    // The first, whatever it is called.
    await forgetful.projects.openProject(forgetful.get().projects[0].id);
    await forgetful.projects.renameProject('Renamed');
    lab.kept.clear();
    const third = await lab.page();
    await third.projects.start();
    expect(third.get().projects.map(({ name }) => name)).toEqual(['Renamed', 'Second']);
    expect(third.get().project.name).toBe('Renamed');
  });

  test('a project whose name is taken opens that one, and the open one stays', async () => {
    const one = await lab.page();
    await one.projects.start();
    const { id } = one.get().project;
    one.refreshed.mockClear();
    await one.projects.createProject('My project');
    await one.projects.createProject('  ');
    await one.projects.openProject(id);
    await one.projects.openProject('gone');
    expect(one.refreshed).not.toHaveBeenCalled();
    await one.projects.createProject('Other');
    await one.projects.createProject('My project');
    expect(one.get().project.id).toBe(id);
    expect(one.get().projects).toHaveLength(2);
  });

  test('by name tells whether it was opened, found or made, or the person stayed', async () => {
    const one = await lab.page();
    await one.projects.start();
    expect(await one.projects.openNamed('My project')).toBe(true);
    expect(await one.projects.openNamed('Demo')).toBe(true);
    one.underWay.lines = ['A run is being trained.'];
    const opened = one.projects.openNamed('My project');
    await answered(one, false);
    expect(await opened).toBe(false);
    expect(one.get().project.name).toBe('Demo');
  });

  test('another project takes nothing of the one before along', async () => {
    const one = await lab.page();
    await one.projects.start();
    expect(one.went).toEqual([]);
    one.set({
      page: 'results',
      drops: [{ id: 1 }] as never,
      ingest: {} as never,
      classify: { files: 3 } as never,
    });
    await one.projects.createProject('Other');
    expect(one.went).toEqual([['results']]);
    expect(one.get()).toMatchObject({ drops: [], ingest: null, live: null, classify: { files: 0 } });
    await one.store.putRun(makeRun('r', one.get().project.id));
  });

  test('frees the room of removed slices, only where this tab writes, and says how much is used then', async () => {
    const one = await lab.page();
    const compact = vi.spyOn(one.store, 'compact');
    vi.spyOn(one.store, 'storedBytes').mockResolvedValue(7);
    await one.projects.start();
    expect(one.get().storedBytes).toBe(7);
    const { id } = one.get().project;
    expect(compact.mock.calls).toEqual([[id]]);
    expect(one.refreshed).toHaveBeenCalledOnce();
    const onlooker = await lab.page();
    const other = vi.spyOn(onlooker.store, 'compact');
    await onlooker.projects.start();
    expect(other).not.toHaveBeenCalled();
  });

  test('fails as a notice, and the page is there all the same', async () => {
    const one = await lab.page();
    vi.spyOn(one.store, 'projects').mockRejectedValue(new Error('broken'));
    await one.projects.start();
    expect(one.notices).toMatchObject([{ tone: 'error', title: 'The project could not be opened.' }]);
    expect(one.get().ready).toBe(true);
  });
});

describe('changing', () => {
  test('the name is stored, trimmed, and shown in the list; none is no change', async () => {
    const one = await lab.page();
    await one.projects.start();
    await one.projects.renameProject('  Chest  ');
    await one.projects.renameProject('  ');
    expect(one.get()).toMatchObject({ project: { name: 'Chest' }, projects: [{ name: 'Chest' }] });
    expect((await one.store.projects())[0].name).toBe('Chest');
  });

  const SMOOTH = { ...DEFAULT_OPTIONS, antialias: true };

  test('the options are stored, and Undo brings the old ones back', async () => {
    const one = await lab.page();
    await one.projects.start();
    await one.projects.setOptions(SMOOTH);
    const stored = async () => (await one.store.projects())[0].options;
    expect(one.get()).toMatchObject({ project: { options: SMOOTH }, projects: [{ options: SMOOTH }] });
    expect(await stored()).toEqual(SMOOTH);
    expect(one.notices.at(-1)).toMatchObject({ tone: 'success' });
    one.notices.at(-1)!.action!.run();
    await expect.poll(stored).toEqual(DEFAULT_OPTIONS);
  });

  test('how files are read from now on says that it concerns new files alone', async () => {
    const one = await lab.page();
    await one.projects.start();
    await one.projects.setOptions({ ...DEFAULT_OPTIONS, resize: 'area' } as never);
    const { detail, action } = one.notices.at(-1)!;
    expect(detail).toBe('It concerns files that are added from now on.');
    expect(action!.label).toBe('Undo');
  });

  test.each([
    ['a training', { live: live('r', 1) }, 'A training is under way.'],
    ['the reading of files', { job: { kind: 'ingest' } }, 'Files are being read.'],
  ])('the options is refused during %s', async (_, busy, detail) => {
    const one = await lab.page();
    await one.projects.start();
    one.set(busy as never);
    await one.projects.setOptions(SMOOTH);
    expect(one.notices).toMatchObject([{ tone: 'error', detail, next: 'Change them when it is done.' }]);
    expect((await one.store.projects())[0].options).toEqual(DEFAULT_OPTIONS);
  });
});

describe('deleting', () => {
  test('asks, with what would be lost and what would end; no keeps it', async () => {
    const one = await lab.page();
    await one.projects.start();
    const { id } = one.get().project;
    one.set({
      datasets: [
        { slices: 1000, excluded: 5, capped: {} },
        { slices: 1, excluded: 0, capped: { CT: 200 } },
      ] as never,
    });
    one.underWay.lines = ['“R” is being trained. It is saved at its current step and stops.'];
    const deleted = one.projects.deleteProject();
    const { lines, danger } = await answered(one, false);
    await deleted;
    expect(lines.join('\n')).toContain('2 datasets with 1,206 slices');
    expect(lines.join('\n')).toContain('0 runs');
    expect(lines).toContain('“R” is being trained. It ends.');
    expect(danger).toBe(true);
    expect(one.stopped).toEqual([]);
    expect((await one.store.projects()).map((project) => project.id)).toEqual([id]);
  });

  test('is not for a tab that looks on', async () => {
    const first = await lab.page();
    await first.projects.start();
    const second = await lab.page();
    await second.projects.start();
    await second.projects.deleteProject();
    expect(second.get().question).toBeNull();
    expect(await second.store.projects()).toHaveLength(1);
  });

  test('one of several ends what is under way in it, and leaves the others alone', async () => {
    const one = await lab.page();
    await one.projects.start();
    const { id } = one.get().project;
    await one.projects.createProject('Other');
    one.underWay.lines = ['A run is being trained.'];
    const deleted = one.projects.deleteProject();
    await answered(one, true);
    await deleted;
    expect(one.stopped).toEqual(['dropped']);
    expect(one.get()).toMatchObject({ project: { id }, projects: [{ id }], failure: null });
    expect(one.notices.at(-1)).toMatchObject({ tone: 'success', title: 'Deleted “Other”.' });
  });

  test('everything takes what is remembered and cached along', async () => {
    const one = await lab.page();
    await one.projects.start();
    lab.kept.set('another app', '1');
    await one.projects.deleteEverything();
    expect([...lab.kept.keys()]).toEqual(['another app']);
    expect(lab.cached).toEqual([]);
  });
});
