/** The lab, opened as the page opens it: on a database, without the workers' code. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Lab, openLab } from '../../src/app/lab.ts';
import { noProgress } from '../../src/core/files/reporter.ts';
import { DEFAULT_CHOICES } from '../../src/core/simulate/choices.ts';
import { EDITION } from '../../src/core/simulate/edition.ts';
import { planPractice } from '../../src/core/simulate/plan.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import { openStore } from '../../src/storage/db.ts';
import { databaseGone } from '../../src/storage/failure.ts';
import { byFolder, makeDataset, makeRun, makeShard } from '../builders/storage.ts';
import { createFakeLab } from '../fakes/lab.ts';
import { FULL } from '../fakes/state.ts';
import { browser } from '../fakes/tab.ts';
import { eventually } from '../harness/eventually.ts';

/** A worker that answers nothing but that it was stopped, and what the test has it answer. */
class Silent extends EventTarget {
  static ended = 0;
  static answer: (method: string, args: unknown) => Promise<object | null> = async () => null;
  async postMessage({
    id,
    abort,
    method,
    args,
  }: {
    id: number;
    abort?: true;
    method: string;
    args: unknown;
  }) {
    const error = { code: 'cancelled', message: '', outcome: '', next: '' };
    const answer = abort ? { error } : await Silent.answer(method, args);
    if (answer) this.dispatchEvent(Object.assign(new Event('message'), { data: { id, ...answer } }));
  }
  terminate() {
    Silent.ended++;
  }
}

let lab: Lab;
let kept: Map<string, string>;
let page: EventTarget;

beforeEach(() => {
  ({ kept } = browser());
  Silent.answer = async () => null;
  page = new EventTarget();
  const history = { pushState: () => {}, replaceState: () => {}, state: null };
  Object.assign(page, { location: { hash: '' }, history });
  const request = async (_: string, __: object, use: (lock: object) => unknown) => use({});
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', { baseURI: 'http://lab.example/' });
  vi.stubGlobal('navigator', { locks: { request }, hardwareConcurrency: 4 });
  vi.stubGlobal('Worker', Silent);
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
  return () => vi.unstubAllGlobals();
});

async function open() {
  lab = await openLab();
  await eventually(() => expect(lab.state.getState()).toMatchObject({ ready: true, readOnly: false }));
}

test('the first page has an open project, dark, with nothing in it', async () => {
  await open();
  const state = lab.state.getState();
  expect(state).toMatchObject({ theme: 'dark', page: 'data', failure: null, datasets: [], runs: [] });
  expect(state.project.name).toBe('My project');
});

test('the theme is remembered; one that there is not is none', async () => {
  await open();
  lab.actions.setTheme('light');
  expect(lab.state.getState().theme).toBe('light');
  await open();
  expect(lab.state.getState().theme).toBe('light');
  kept.set('modality-lab:theme', 'pink');
  await open();
  expect(lab.state.getState().theme).toBe('dark');
});

test('a reader’s name is remembered and stands beside the labels given since; without one they name nobody', async () => {
  await open();
  const { id } = lab.state.getState().project;
  const other = await openStore();
  const shard = await other.commitShard(makeShard(id, ['a']), [makeDataset('a', id)]);
  const change = { kind: 'label', set: 'modality', class: 'MR', source: 'user' } as const;
  const label = () => lab.actions.correctSlices([{ shard: shard.shard, row: 0 }], change);
  await label();
  lab.actions.setReader('AB');
  await label();
  await open();
  expect(lab.state.getState().reader).toBe('AB');
  lab.actions.setReader('');
  await label();
  expect(kept.has('modality-lab:reader')).toBe(false);
  expect((await other.labelEvents(id)).map(({ reader }) => reader)).toEqual(['', 'AB', '']);
  other.close();
});

test('every command that a page may give is there', async () => {
  await open();
  const missing = Object.keys(createFakeLab(FULL).actions).filter(
    (name) => typeof lab.actions[name as keyof typeof lab.actions] !== 'function',
  );
  expect(missing).toEqual([]);
});

test('a notice is there until the page dismisses it', async () => {
  await open();
  const { id } = lab.state.getState().project;
  const other = await openStore();
  await other.commitShard(makeShard(id, ['a']), [makeDataset('a', id)]);
  other.close();
  await lab.actions.setSplit('a', 'test');
  const [notice] = lab.state.getState().notices;
  expect(notice.title).toBe('Split changed.');
  lab.actions.dismiss(notice.id);
  expect(lab.state.getState().notices).toEqual([]);
});

describe('leaving the page', () => {
  const asks = () => {
    const event = new Event('beforeunload', { cancelable: true });
    page.dispatchEvent(event);
    return event.defaultPrevented;
  };

  test('is asked about while something is under way here, and at no other time', async () => {
    await open();
    expect(asks()).toBe(false);
    lab.state.setState({ job: { kind: 'ingest' } as never });
    expect(asks()).toBe(true);
    lab.state.setState({ job: null, live: { elsewhere: false } as never });
    expect(asks()).toBe(true);
    lab.state.setState({ live: { elsewhere: true } as never });
    expect(asks()).toBe(false);
  });
});

test('another project begins without the undo, the notices of it and the folder names of the one before', async () => {
  await open();
  const notice = { id: 99, tone: 'info', title: 'Renamed', action: { label: 'Undo', run: () => {} } };
  lab.state.setState({
    folderNames: [{}] as never,
    history: { undo: 'Renamed', redo: null },
    notices: [notice] as never,
  });
  await lab.actions.createProject('Other');
  expect(lab.state.getState()).toMatchObject({
    folderNames: [],
    history: { undo: null, redo: null },
    notices: [],
  });
});

test('a project that is opened shows its datasets and runs', async () => {
  await open();
  const { id } = lab.state.getState().project;
  await lab.actions.createProject('Other');
  const store = await openStore();
  await store.commitShard(makeShard(id, ['a', 'a']), [makeDataset('a', id)]);
  await store.putRun({ ...makeRun('r', id), status: 'finished' });
  await lab.actions.openProject(id);
  expect(lab.state.getState().datasets).toMatchObject([{ id: 'a', slices: 2 }]);
  expect(lab.state.getState().runs).toMatchObject([{ id: 'r' }]);
  expect(lab.state.getState().storedBytes).toBeGreaterThan(0);
  store.close();
});

test('labels that a folder gave against the tag are offered for correction, and follow the tag when asked', async () => {
  await open();
  const { id } = lab.state.getState().project;
  await lab.actions.createProject('Other');
  const store = await openStore();
  const shard = makeShard(id, ['a', 'a']);
  // Both say CT, by their tag; a folder had said MR.
  const series = shard.series.map((facts) => ({ ...facts, folders: ['MR'] }));
  await store.commitShard({ ...shard, series }, [makeDataset('a', id)]);
  await store.editLabels(id, [byFolder('a')], '', 0);
  await lab.actions.openProject(id);
  expect(lab.state.getState().datasets[0].counts).toMatchObject({ CT: 0, MR: 2 });
  expect(lab.state.getState().notices.at(-1)!.action!.label).toBe('Label by the tag');
  await lab.actions.labelByTags();
  expect(lab.state.getState().datasets[0].counts).toMatchObject({ CT: 2, MR: 0 });
  store.close();
});

test('everything deleted in another tab ends the workers here, and the page says so', async () => {
  await open();
  const other = new BroadcastChannel('modality-lab');
  const before = Silent.ended;
  other.postMessage({ kind: 'deleted', project: null });
  await eventually(() => expect(lab.state.getState().failure?.code).toBe(databaseGone().code));
  expect(Silent.ended).toBeGreaterThan(before);
  other.close();
});

describe('the practice project', () => {
  const summary = { progress: noProgress(), seconds: 1, datasets: [], healed: 0 };
  const asked: string[] = [];
  /** Sites whose series were made. */
  const sites: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    sites.length = 0;
    let fed = () => {};
    const whole = new Promise<void>((resolve) => {
      fed = resolve;
    });
    Silent.answer = async (method, args) => {
      asked.push(method);
      if (method === 'make') sites.push((args as { series: { site: string } }).series.site);
      if (method === 'feed' && !(args as { more: boolean }).more) fed();
      if (method === 'ingest') await whole;
      return { result: method === 'ingest' ? summary : method === 'make' ? { files: [] } : undefined };
    };
  });

  test('is made series by series, read like a drop, and shown on the Data page', async () => {
    await open();
    await lab.actions.openPractice({ sites: ['practice_north_ct'] });
    expect(lab.state.getState()).toMatchObject({
      page: 'data',
      project: { name: expect.stringMatching(/^Practice project, choice \w{4}$/) },
      practice: [{ choices: { seed: 1, sites: ['practice_north_ct'] }, whole: true }],
      job: null,
    });
    expect(asked.filter((method) => method === 'make').length).toBeGreaterThan(2);
  });

  test('opened again, it is as it was left; what it was made of is remembered, so that it can be made again', async () => {
    await open();
    const { id: first } = lab.state.getState().project;
    await lab.actions.openPractice();
    const { id } = lab.state.getState().project;
    const store = await openStore();
    await store.commitShard(makeShard(id, ['a']), [makeDataset('a', id)]);
    store.close();
    await lab.actions.openProject(first);
    expect(lab.state.getState().practice).toEqual([]);
    asked.length = 0;
    await lab.actions.openPractice();
    expect(lab.state.getState()).toMatchObject({ project: { id }, practice: [{ choices: { seed: 1 } }] });
    expect(asked).not.toContain('make');
    await lab.actions.remakePractice();
    expect(asked).toContain('make');
  });

  test.each([
    ['practice_harbour_ct', ['practice_harbour_ct']],
    ['called otherwise since', ['practice_harbour_ct', 'practice_north_ct']],
    [undefined, ['practice_harbour_ct', 'practice_north_ct']],
  ])('makes the files of one dataset again, or all where none is called so: %s', async (name, made) => {
    await open();
    await lab.actions.openPractice({ sites: ['practice_north_ct', 'practice_harbour_ct'] });
    sites.length = 0;
    await lab.actions.remakePractice(name);
    expect([...new Set(sites)].sort()).toEqual(made);
  });

  test('remembers each addition that was taken, none that was refused, and makes all of them again', async () => {
    await open();
    const { id } = lab.state.getState().project;
    await lab.actions.addPractice({ ...DEFAULT_CHOICES, sites: ['practice_north_ct'] });
    await lab.actions.addPractice({ ...DEFAULT_CHOICES, sites: ['practice_harbour_ct'] });
    lab.state.setState({ job: { kind: 'ingest' } as never });
    await lab.actions.addPractice({ ...DEFAULT_CHOICES, sites: ['practice_lake_mr'] });
    lab.state.setState({ job: null });
    const remembered = lab.state.getState().practice.map(({ choices }) => choices.sites);
    expect(remembered).toEqual([['practice_north_ct'], ['practice_harbour_ct']]);
    expect(JSON.parse(kept.get(`modality-lab:practice:${id}`)!)).toHaveLength(2);
    sites.length = 0;
    await lab.actions.remakePractice();
    expect([...new Set(sites)].sort()).toEqual(['practice_harbour_ct', 'practice_north_ct']);
  });

  test.each([
    ['of another edition', [{ choices: DEFAULT_CHOICES, whole: false, edition: EDITION - 1 }]],
    ['of before there were editions', [{ choices: DEFAULT_CHOICES, whole: false }]],
    ['kept as the first ones were', DEFAULT_CHOICES],
  ])('%s is opened as it is: the same choices give other pictures now', async (_name, remembered) => {
    await open();
    await lab.actions.openPractice();
    const { id } = lab.state.getState().project;
    const store = await openStore();
    await store.commitShard(makeShard(id, ['a']), [makeDataset('a', id)]);
    store.close();
    kept.set(`modality-lab:practice:${id}`, JSON.stringify(remembered));
    await lab.actions.createProject('Another');
    asked.length = 0;
    await lab.actions.openPractice();
    expect(lab.state.getState()).toMatchObject({ project: { id }, practice: [] });
    await lab.actions.remakePractice();
    expect(asked).not.toContain('make');
  });

  test('whose making was stopped is made further when it is opened again, and says so', async () => {
    await open();
    const choices = { ...DEFAULT_CHOICES, sites: ['practice_north_ct', 'practice_harbour_ct'] };
    await lab.actions.openPractice(choices);
    const { id } = lab.state.getState().project;
    const planned = planPractice(choices).series.filter(({ site }) => site === 'practice_north_ct');
    const slices = planned.reduce((sum, { files }) => sum + files, 0);
    const row = { ...FULL.datasets[0], name: 'practice_north_ct', slices, excluded: 0 };
    lab.state.setState({ datasets: [row], practice: [{ choices, whole: false, edition: EDITION }] });
    sites.length = 0;
    await lab.actions.openPractice(choices);
    expect(lab.state.getState().project.id).toBe(id);
    expect([...new Set(sites)]).toEqual(['practice_harbour_ct']);
    expect(lab.state.getState().notices.map(({ title }) => title)).toContain(
      'The practice project was not whole.',
    );
  });

  test('of other choices is another project', async () => {
    await open();
    await lab.actions.openPractice({ shortcut: 'frame' });
    expect(lab.state.getState().project.name).toBe('Practice project, with a frame');
    await lab.actions.openPractice({ seed: 7 });
    expect(lab.state.getState().project.name).toBe('Practice project, seed 7');
  });

  test('that can’t be made says so', async () => {
    await open();
    let fed = () => {};
    const whole = new Promise<void>((resolve) => {
      fed = resolve;
    });
    Silent.answer = async (method, args) => {
      if (method === 'make') return { error: { code: 'internal', message: 'No.', outcome: '', next: '' } };
      if (method === 'feed' && !(args as { more: boolean }).more) fed();
      if (method === 'ingest') await whole;
      return { result: method === 'ingest' ? summary : undefined };
    };
    await lab.actions.openPractice({ sites: ['practice_north_ct'] });
    expect(lab.state.getState().notices.at(-1)).toMatchObject({
      tone: 'error',
      title: 'Not all files were added.',
    });
  });
});

test('cancelling ends whatever is under way, files read or files classified', async () => {
  await open();
  const added = lab.actions.addFiles([new File(['x'], '1.dcm')]);
  await eventually(() => expect(lab.state.getState().job?.kind).toBe('ingest'));
  lab.actions.cancelJob();
  await added;
  expect(lab.state.getState().job).toBeNull();
  const classified = lab.actions.classifyFiles([new File(['x'], '1.dcm')], null);
  await eventually(() => expect(lab.state.getState().job?.kind).toBe('classify'));
  lab.actions.cancelJob();
  await classified;
  expect(lab.state.getState().job).toBeNull();
  expect(lab.state.getState().notices.map(({ title }) => title)).toEqual(['Stopped.']);
});

test('a database that is taken away under the page ends the workers, and the page says so', async () => {
  await open();
  const before = Silent.ended;
  void lab.actions.startRun(lab.state.getState().runs[0]?.config ?? presetConfig('quick'));
  await eventually(() => expect(lab.state.getState().live).not.toBeNull());
  await new Promise<void>((resolve) => {
    // As a browser does that clears what sites have stored.
    const gone = indexedDB.deleteDatabase('modality-lab');
    gone.onsuccess = () => resolve();
  });
  await eventually(() => expect(lab.state.getState().failure?.code).toBe(databaseGone().code));
  expect(Silent.ended).toBeGreaterThan(before);
});

test('nothing is written before a project is open here for writing', async () => {
  const store = await openStore();
  const lab = await openLab();
  await lab.actions.renameProject('early');
  expect(lab.state.getState().notices.filter(({ tone }) => tone === 'success')).toEqual([]);
  await eventually(() => expect(lab.state.getState().ready).toBe(true));
  expect((await store.projects()).map(({ name }) => name)).toEqual(['My project']);
  store.close();
});

test('the address says which page is open, also as it changes', async () => {
  const pushed: string[] = [];
  const history = { pushState: (_: unknown, __: string, hash: string) => pushed.push(hash), state: null };
  Object.assign(page, { history: { ...history, replaceState: () => {} } });
  await open();
  lab.actions.go('results', 'r1');
  expect(lab.state.getState()).toMatchObject({ page: 'results', detail: 'r1' });
  lab.actions.look({ split: 'test' }, 'open');
  expect(lab.state.getState().view).toEqual({ split: 'test' });
  expect(pushed).toEqual(['#/results/r1', '#/results/r1?split=test']);
});

test('the page asks one question, which is answered', async () => {
  await open();
  const renamed = (async () => {
    const { id } = lab.state.getState().project;
    const store = await openStore();
    await store.commitShard(makeShard(id, ['a']), [makeDataset('a', id)]);
    store.close();
    await lab.actions.renameDataset('a', 'DOE^JANE');
  })();
  await eventually(() => expect(lab.state.getState().question).not.toBeNull());
  lab.actions.answer(false);
  await renamed;
  expect(lab.state.getState().question).toBeNull();
});

test('slices are asked for of a dataset or of a run’s predictions', async () => {
  await open();
  const dataset = { kind: 'dataset', dataset: 'none', only: null, offset: 0, limit: 5 } as const;
  expect(await lab.actions.slices(dataset)).toEqual({ cards: [], total: 0 });
  const predictions = { kind: 'predictions', run: 'none', split: 'test' } as const;
  const any = { truth: null, predicted: null, dataset: null, offset: 0, limit: 5 };
  expect(await lab.actions.slices({ ...predictions, ...any })).toEqual({ cards: [], total: 0 });
});

test('a queue that was going begins only once the device is known', async () => {
  await open();
  const config = presetConfig('quick');
  await lab.actions.queueRuns([{ config, title: null, note: '', tags: [] }]);
  const { id } = lab.state.getState().project;
  kept.set(`modality-lab:queue:${id}`, 'goes');
  const asked: string[] = [];
  let tell = (_: object) => {};
  Silent.answer = async (method) => {
    asked.push(method);
    return method === 'probe' ? new Promise<object>((settle) => (tell = settle)) : null;
  };
  await open();
  expect(lab.state.getState().queueGoes).toBe(true);
  await eventually(() => expect(asked).toEqual(['probe']));
  tell({ value: { name: 'simd', adapter: null, threads: 1 } });
  await eventually(() => expect(asked).toEqual(['probe', 'train']));
});
