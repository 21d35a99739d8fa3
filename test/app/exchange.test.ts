/** Labels out and in, and files sorted by label, as the app's commands do it. */
import { unzipSync } from 'fflate';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import type { ExchangeParts } from '../../src/app/exchange/parts.ts';
import type { SortOutcome } from '../../src/app/exchange/sort.ts';
import { createExchangeCommands, type ExchangeActions } from '../../src/app/exchange.ts';
import { createOriginals } from '../../src/app/originals.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { LabError } from '../../src/core/errors.ts';
import { hashText } from '../../src/core/files/identity.ts';
import type { LabelEdit, LabelEvent } from '../../src/core/labels/event.ts';
import { isFault, type LabelTable } from '../../src/core/labels/exchange/readTable.ts';
import type { ExchangeShard } from '../../src/core/labels/exchange/slices.ts';
import { KEY_BYTES } from '../../src/core/types.ts';
import { hash, makeShards } from '../builders/exchange.ts';
import { makeZip } from '../builders/zip.ts';
import { makeFolder } from '../fakes/folder.ts';
import { FULL } from '../fakes/state.ts';

let shards: ExchangeShard[];
let events: LabelEvent[];
let state: State;
let notices: Omit<Notice, 'id'>[];
let saved: { name: string; blob: Blob }[];
let edited: { edits: readonly LabelEdit[]; reader: string }[];
let refreshed: number;
let fail: Error | null;
let originals: ReturnType<typeof createOriginals>;
let key: CryptoKey;
let went: unknown[][];

beforeEach(async () => {
  shards = makeShards([
    { dataset: 'd1', series: 'a', slices: 2, label: 'CT' },
    { dataset: 'd2', series: 'b', slices: 2, label: 'MR', tag: 'MR' },
  ]);
  key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const rows = ['d1', 'd2'].map((id) => ({ ...FULL.datasets[0], id, name: `Name ${id}` }));
  state = { ...FULL, job: null, live: null, datasets: rows };
  [events, notices, saved, edited, refreshed, fail, went] = [[], [], [], [], 0, null, []];
  originals = createOriginals();
});

function actions(): ExchangeActions {
  const context = {
    get: () => state,
    set: (patch: Partial<State>) => {
      state = { ...state, ...patch };
    },
    go: (...to: unknown[]) => void went.push(to),
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    store: { projects: async () => [{ id: state.project.id, key }] },
  } as unknown as Context;
  const parts: ExchangeParts = {
    store: {
      shardIndexes: async () => {
        if (fail) throw fail;
        return shards;
      },
      slicePixels: async (refs) => refs.map(() => null),
      labelEvents: async () => events,
      editLabels: async (_, edits, reader) => {
        if (fail) throw fail;
        edited.push({ edits, reader });
      },
    },
    reader: () => 'Ada',
    originals,
    refresh: async () => void refreshed++,
    save: (name, blob) => void saved.push({ name, blob }),
  };
  return createExchangeCommands(context, parts);
}

/** Slice i was made of the i-th path. */
function dropFiles(files: Record<string, Blob>, paths = Object.keys(files)): void {
  const drop = originals.open();
  drop.add(Object.entries(files).map(([path, file]) => ({ path, file })));
  const keys = new Uint8Array(paths.length * KEY_BYTES);
  keys.set(shards[0].key.subarray(0, keys.length));
  drop.note({ paths, pathOf: Uint32Array.from(paths, (_, i) => i), keys });
}

async function tableOf(text: string): Promise<LabelTable> {
  const read = await actions().readLabelFile(new File([text], 'labels.csv'));
  if (!read || isFault(read)) throw new Error('unread');
  return read;
}

const FOUR = {
  'drop/d1/Doe 1.dcm': new Blob(['one']),
  'drop/d1/Doe 2.dcm': new Blob(['two']),
  'drop/d2/1.dcm': new Blob(['three']),
  'drop/d2/2.dcm': new Blob(['four']),
};
const PLAIN = { datasetNames: false, filePaths: false, everySlice: false, contents: false };

describe('an export', () => {
  test('is saved as CSV or as JSON, without names unless asked', async () => {
    dropFiles(FOUR);
    await actions().exportLabels('csv', PLAIN);
    await actions().exportLabels('json', { ...PLAIN, filePaths: true });
    expect(saved.map(({ name }) => name)).toEqual(['modality-lab-labels.csv', 'modality-lab-labels.json']);
    expect(await saved[0].blob.text()).not.toMatch(/Doe|Name/);
    const { labels } = JSON.parse(await saved[1].blob.text());
    expect(labels.map(({ file }: { file: string }) => file)).toEqual(Object.keys(FOUR));
  });

  test('says how much is labelled and at hand', async () => {
    dropFiles(FOUR, Object.keys(FOUR).slice(0, 3));
    expect(await actions().exchangeFacts()).toEqual({ series: 2, slices: 4, labelled: 4, atHand: 3 });
  });
});

describe('an import', () => {
  test('matches files by their paths while they are at hand', async () => {
    dropFiles(FOUR);
    const plan = await actions().planLabelImport(await tableOf('filename,class\nDoe 2.dcm,PT'), {
      replaceOwn: false,
    });
    expect(plan?.changes).toEqual([{ from: 'CT', to: 'PT', slices: 1 }]);
  });

  test('matches series by the UIDs of another program', async () => {
    const [first, second] = shards[0].series;
    shards[0].series = [first, { ...second, series: await hashText(key, 'series', '1.2.3') }];
    const plan = await actions().planLabelImport(await tableOf('SeriesInstanceUID,class\n1.2.3,XR'), {
      replaceOwn: false,
    });
    expect(plan?.changes).toEqual([{ from: 'MR', to: 'XR', slices: 2 }]);
  });

  test('is one act by this reader, and the project is read again', async () => {
    const plan = await actions().planLabelImport(
      await tableOf(`series,class\n${hash('a')},PT\n${hash('b')},CT`),
      {
        replaceOwn: false,
      },
    );
    expect(await actions().importLabels(plan!)).toBe(true);
    expect(edited.map(({ edits, reader }) => [edits.length, reader])).toEqual([[2, 'Ada']]);
    expect(refreshed).toBe(1);
    expect(notices[0]).toMatchObject({
      title: 'Labels of 4 slices imported.',
      next: 'Undo on the Label page takes all of them back at once.',
    });
  });

  test('that can’t be stored says so and reads nothing again', async () => {
    const plan = await actions().planLabelImport(await tableOf(`series,class\n${hash('a')},PT`), {
      replaceOwn: false,
    });
    fail = new Error('The disk is full.');
    expect(await actions().importLabels(plan!)).toBe(false);
    expect([refreshed, notices[0].title]).toEqual([0, 'The labels were not imported.']);
  });

  test('waits until files are read', async () => {
    state = { ...state, job: FULL.job ?? ({ kind: 'ingest' } as State['job']) };
    expect(await actions().importLabels({ edits: [], changed: 0 } as never)).toBe(false);
    expect(notices[0].title).toBe('The labels were not imported.');
  });

  test('reads UTF-16 as spreadsheets save it', async () => {
    const text = `\ufeffseries\tclass\n${hash('a')}\tPT\n`;
    const wide = Uint8Array.from(
      [...text].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8]),
    );
    const read = await actions().readLabelFile(new File([wide], 'labels.txt'));
    expect(read).toMatchObject({ rows: [{ class: 'PT' }] });
  });

  test('refuses a file that is too large for a table of labels', async () => {
    const huge = { size: 2 ** 40 } as File;
    expect(await actions().readLabelFile(huge)).toBeNull();
    expect(notices[0]).toMatchObject({
      title: 'The file of labels was not read.',
      detail: 'This file is larger than any table of labels. No label was changed.',
      next: 'Choose the CSV or JSON file that holds the labels.',
    });
  });
});

test.each([
  ['The labels could not be read.', (of: ExchangeActions) => of.exchangeFacts()],
  ['The file was not made.', (of: ExchangeActions) => of.exportLabels('csv', PLAIN)],
  [
    'The labels were not looked through.',
    async (of: ExchangeActions) =>
      of.planLabelImport(await tableOf('file,class\na,b'), { replaceOwn: false }),
  ],
  [
    'The readers were not compared.',
    async (of: ExchangeActions) =>
      of.compareReaders(null, await tableOf('file,class\na,b'), { unit: 'slice', peopleOnly: true }),
  ],
  [
    'The files were not looked through.',
    (of: ExchangeActions) => of.planSort({ keepNames: false, unlabelled: false }),
  ],
])('%s: the reason is told, and nothing is saved', async (title, act) => {
  fail = new LabError('shard-damaged', 'The shard is damaged.', 'Nothing was lost.', 'Try again.');
  await act(actions());
  expect(notices).toMatchObject([{ title, detail: expect.stringContaining('The shard is damaged.') }]);
  expect(saved).toEqual([]);
});

describe('two readers', () => {
  const BY_TAG = 'series,class,source\n';

  test('are compared by their exports; labels of tags count only if asked', async () => {
    const first = await tableOf(`${BY_TAG}${hash('a')},CT,user\n${hash('b')},MR,tag`);
    const second = await tableOf(`${BY_TAG}${hash('a')},MR,user\n${hash('b')},MR,user`);
    const options = { unit: 'series', peopleOnly: true } as const;
    const found = await actions().compareReaders(first, second, options);
    expect([found?.comparison.n, found?.comparison.agreed, found?.comparison.onlySecond]).toEqual([1, 0, 1]);
    const all = await actions().compareReaders(first, second, { ...options, peopleOnly: false });
    expect([all?.comparison.n, all?.comparison.agreed]).toEqual([2, 1]);
  });

  test('or this project’s labels with an export, and what they disagree on is kept for the Label page', async () => {
    const second = await tableOf(`series,class\n${hash('a')},MR\n${'9'.repeat(16)},MR`);
    const found = await actions().compareReaders(null, second, { unit: 'series', peopleOnly: false });
    expect(found?.second).toMatchObject({ matched: 1, unknown: [3] });
    await actions().queueDisagreements(found!.comparison.disagreements);
    expect(state.disagreements?.items).toMatchObject([
      { dataset: 'd1', first: 'CT', second: 'MR', differ: 2 },
    ]);
    expect(state.disagreements?.left).toBe(state.disagreements?.items);
    expect(went).toEqual([['label', null, { as: 'readers' }]]);
  });
});

describe('sorted files', () => {
  const options = () => ({ signal: new AbortController().signal, onProgress: () => undefined });
  const plan = async (keepNames = false) => (await actions().planSort({ keepNames, unlabelled: false }))!;
  const texts = async (files: ReadonlyMap<string, Blob>) =>
    Object.fromEntries(await Promise.all([...files].map(async ([path, file]) => [path, await file.text()])));

  test('are copied into a folder, byte for byte', async () => {
    dropFiles(FOUR);
    const { handle, files } = makeFolder();
    const outcome = await actions().sortFiles(await plan(), handle, options());
    expect(outcome).toMatchObject({ state: 'done', written: 4, total: 4, renamed: 0, unreadable: 0 });
    expect(await texts(files)).toEqual({
      'CT/dataset 1/000001.dcm': 'one',
      'CT/dataset 1/000002.dcm': 'two',
      'MR/dataset 2/000001.dcm': 'three',
      'MR/dataset 2/000002.dcm': 'four',
    });
  });

  test('never overwrite: a name that is there gets a number', async () => {
    dropFiles(FOUR);
    const { handle, files } = makeFolder({ 'CT/dataset 1/000001.DCM': 'mine' });
    const outcome = await actions().sortFiles(await plan(), handle, options());
    expect(outcome.renamed).toBe(1);
    expect(await texts(files)).toMatchObject({
      'CT/dataset 1/000001.DCM': 'mine',
      'CT/dataset 1/000001 (2).dcm': 'one',
    });
  });

  test('or written to one zip', async () => {
    dropFiles(FOUR);
    const outcome = await actions().sortFiles(await plan(true), null, options());
    expect([outcome.state, outcome.written]).toEqual(['done', 4]);
    const files = unzipSync(new Uint8Array(await saved[0].blob.arrayBuffer()));
    expect(Object.entries(files).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['CT/Name d1/Doe 1.dcm', 'one'],
      ['CT/Name d1/Doe 2.dcm', 'two'],
      ['MR/Name d2/1.dcm', 'three'],
      ['MR/Name d2/2.dcm', 'four'],
    ]);
  });

  test('come out of the archive that was dropped, both files of an image together', async () => {
    const zip = makeZip([
      { name: 'd1/v.img', content: 'pixels', deflate: true },
      { name: 'd1/v.hdr', content: 'header' },
    ]);
    dropFiles({ 'scans.zip': zip }, ['scans/d1/v.img']);
    const { handle, files } = makeFolder();
    await actions().sortFiles(await plan(), handle, options());
    expect(await texts(files)).toEqual({
      'CT/dataset 1/000001.img': 'pixels',
      'CT/dataset 1/000001.hdr': 'header',
    });
  });

  test('that can’t be read any more are counted, and the rest goes on', async () => {
    const gone = new Blob(['x']);
    gone.slice = () => {
      throw new DOMException('The file is gone.', 'NotFoundError');
    };
    dropFiles({ ...FOUR, 'drop/d1/Doe 2.dcm': gone });
    const outcome = await actions().sortFiles(await plan(), makeFolder().handle, options());
    expect(outcome).toMatchObject({ state: 'done', written: 3, unreadable: 1 });
  });

  test('say what was written when they are cancelled, and leave no half file', async () => {
    dropFiles(FOUR);
    const controller = new AbortController();
    const { handle, files } = makeFolder();
    const outcome = await actions().sortFiles(await plan(), handle, {
      signal: controller.signal,
      onProgress: ({ done }) => done === 2 && controller.abort(),
    });
    expect(outcome).toMatchObject({ state: 'cancelled', written: 2, total: 4 });
    expect(files.size).toBe(2);
  });

  test('say what was written when the disk is full, and leave no half file', async () => {
    dropFiles(FOUR);
    const { handle, files } = makeFolder({}, (path) => {
      if (path.startsWith('MR')) throw new DOMException('The disk is full.', 'QuotaExceededError');
    });
    const outcome: SortOutcome = await actions().sortFiles(await plan(), handle, options());
    expect(outcome).toMatchObject({ state: 'failed', written: 2, error: { message: 'The disk is full.' } });
    expect([...files.keys()]).toEqual(['CT/dataset 1/000001.dcm', 'CT/dataset 1/000002.dcm']);
  });

  test('of a cancelled zip are not saved', async () => {
    dropFiles(FOUR);
    const controller = new AbortController();
    const outcome = await actions().sortFiles(await plan(), null, {
      signal: controller.signal,
      onProgress: ({ done }) => done === 1 && controller.abort(),
    });
    expect([outcome.state, outcome.written, saved]).toEqual(['cancelled', 0, []]);
  });

  test('of more files than a zip can hold are refused before one is read', async () => {
    const copies = Array.from({ length: 65_536 }, (_, i) => ({ from: 'x', to: ['a', 'b', String(i)] }));
    const outcome = await actions().sortFiles({ ...(await plan()), copies }, null, options());
    expect(outcome).toMatchObject({
      state: 'failed',
      unreadable: 0,
      error: {
        message: 'A zip holds 4 GB and 65,535 files at most, and these are more.',
        outcome: 'Nothing was saved.',
        next: 'Use a browser that can write into a folder, such as Chrome or Edge.',
      },
    });
  });

  test('are those of the last drop where two drops have a file at one path', async () => {
    dropFiles(FOUR);
    dropFiles({ 'drop/d1/Doe 1.dcm': new Blob(['new']) });
    const { handle, files } = makeFolder();
    await actions().sortFiles(await plan(), handle, options());
    expect((await texts(files))['CT/dataset 1/000001.dcm']).toBe('new');
  });
});
