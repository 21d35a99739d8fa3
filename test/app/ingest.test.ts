/** Files added on the page: what is told while they are read, at the end, and when it fails. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { JobProgress } from '../../src/core/files/progress.ts';
import '../fakes/filereader.ts';
import type { Context } from '../../src/app/context.ts';
import { walkDrop } from '../../src/app/drop.ts';
import { createIngestCommands } from '../../src/app/ingest.ts';
import { createOriginals } from '../../src/app/originals.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { LabError } from '../../src/core/errors.ts';
import { noProgress } from '../../src/core/files/reporter.ts';
import type { IngestEvent, IngestService, IngestSummary } from '../../src/core/ingest/contract.ts';
import type { Remote } from '../../src/core/rpc.ts';
import { KEY_BYTES } from '../../src/core/types.ts';
import type { Store } from '../../src/storage/port.ts';
import { skipped } from '../fakes/state.ts';
import { eventually } from '../harness/eventually.ts';

type Emit = (event: IngestEvent) => void;

/** An ingest worker that counts what it is fed; `end` settles its job. */
function pretendedWorker(
  end: (summary: IngestSummary, signal: AbortSignal | undefined, emit: Emit) => Promise<IngestSummary>,
  given: Partial<JobProgress> = {},
) {
  const fed: string[] = [];
  const asked: Parameters<IngestService['ingest']>[0][] = [];
  let last = () => {};
  const all = new Promise<void>((resolve) => {
    last = resolve;
  });
  const call: Remote<IngestService> = {
    ingest: async (args, { signal, onEvent } = {}) => {
      asked.push(args);
      await all;
      const progress = {
        ...noProgress(),
        files: fed.length,
        read: fed.length,
        filesTotal: fed.length,
        slices: 2,
        known: 1,
        ...given,
      };
      onEvent?.({ kind: 'progress', progress });
      return end({ progress, seconds: 3, datasets: ['a'], healed: 0 }, signal, (event) => onEvent?.(event));
    },
    feed: async ({ batches, more }) => {
      fed.push(...batches.flatMap(({ entries }) => entries.map(({ path }) => path)));
      if (!more) last();
    },
  };
  return { call, fed, asked };
}

function page(more: Partial<State> = {}) {
  let state = {
    project: { id: 'p', name: 'p', options: DEFAULT_OPTIONS },
    job: null,
    readOnly: false,
    drops: [],
    folderNames: [],
    ...more,
  } as unknown as State;
  const notices: Omit<Notice, 'id'>[] = [];
  const context: Context = {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store: { fence: () => ({ project: 'p', token: 4 }) } as unknown as Store,
    notify: (notice) => notices.push(notice),
    go: () => {},
    ask: async () => true,
  };
  return { context, notices, get: context.get };
}

beforeEach(() => {
  vi.stubGlobal('navigator', {});
  return () => vi.unstubAllGlobals();
});

const files = (...names: string[]) => names.map((name) => new File(['x'], name));

describe('adding files', () => {
  test('leaves a mark while they are read, for a page that does not live to see the end', async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      setItem: (name: string, value: string) => kept.set(name, value),
      removeItem: (name: string) => kept.delete(name),
    });
    const { context } = page();
    const during: string[] = [];
    const worker = pretendedWorker(async (summary) => {
      during.push(...kept.keys());
      return summary;
    });
    await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(files('1.dcm'));
    expect(during).toEqual(['modality-lab:reading:p']);
    expect([...kept]).toEqual([]);
  });

  test('feeds them all, tells the figures, and leaves no job behind', async () => {
    const { context, notices, get } = page();
    const worker = pretendedWorker(async (summary) => summary);
    let refreshed = 0;
    const { addFiles } = createIngestCommands(
      context,
      async () => void refreshed++,
      createOriginals(),
      worker,
    );
    await addFiles(files('1.dcm', '.DS_Store', '2.dcm'));
    expect(worker.fed).toEqual(['1.dcm', '2.dcm']);
    expect(get()).toMatchObject({
      job: null,
      ingest: {
        startedMs: get().drops[0].startedMs,
        files: 2,
        slices: 2,
        seconds: 3,
        outcomes: { read: 2, other: 0, described: 0, skipped: 0 },
      },
    });
    expect(notices).toMatchObject([
      { tone: 'success', title: 'Added 2 slices to 1 dataset.', detail: '1 slice had been added before.' },
    ]);
    expect(refreshed).toBe(1);
  });

  test('counts the files of this drop, and keeps those of earlier ones apart', async () => {
    const { context, get } = page();
    for (const names of [['1.dcm', '2.dcm'], ['3.dcm']]) {
      const worker = pretendedWorker(async (summary) => summary);
      await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(
        files(...names),
      );
    }
    expect(get().drops.map(({ id, files, read, skipped }) => [id, files, read, skipped])).toEqual([
      [1, 2, 2, 0],
      [2, 1, 1, 0],
    ]);
  });

  test('says that nothing was found in the tone of a failure, with a way to the reasons', async () => {
    const { context, notices } = page();
    const visited: unknown[] = [];
    context.go = (...to) => visited.push(to);
    const nothing = { read: 0, skipped: 1, slices: 0, known: 0 };
    const worker = pretendedWorker(async (summary) => summary, nothing);
    await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(files('1.txt'));
    const detail = '1 file could not be used. Nothing was stored.';
    expect(notices).toMatchObject([{ tone: 'error', title: 'No slice was found in these files.', detail }]);
    notices[0].action?.run();
    expect(visited).toEqual([['data', null, { files: 'unused' }]]);
  });

  test('does not call it a success where all is kept as other', async () => {
    const { context, notices } = page();
    const worker = pretendedWorker(async (summary) => summary, { read: 0, other: 2 });
    const { addFiles } = createIngestCommands(context, async () => {}, createOriginals(), worker);
    await addFiles(files('1.png', '2.png'));
    expect(notices[0]).toMatchObject({ tone: 'info', title: 'Added 2 slices to 1 dataset.' });
    expect(notices[0].detail).toContain('2 files are kept without a label and left out of training.');
  });

  test('says why it failed, what happened to the data and what to do', async () => {
    const { context, notices, get } = page();
    const worker = pretendedWorker(async () => {
      throw new LabError('storage-full', 'Full.', 'Kept.', 'Free some.');
    });
    await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(files('1.dcm'));
    expect(notices).toMatchObject([{ tone: 'error', detail: 'Full. Kept.', next: 'Free some.' }]);
    expect(get().job).toBeNull();
  });

  test('can be cancelled, and says what is kept', async () => {
    const { context, notices } = page();
    const worker = pretendedWorker(
      (_, signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
          setTimeout(cancel);
        }),
    );
    const { addFiles, cancelJob } = createIngestCommands(context, async () => {}, createOriginals(), worker);
    const cancel = () => cancelJob();
    await addFiles(files('1.dcm'));
    expect(notices).toMatchObject([
      { tone: 'info', title: 'Stopped.', detail: '2 new slices that had been read are kept.' },
    ]);
  });

  test.each([
    [
      'in a tab that may only read',
      { readOnly: true },
      'Another tab is working on this project.',
      'Take over',
    ],
    ['while others are read', { job: {} as State['job'] }, 'Other files are being read.', 'Drop them again'],
  ])('is refused %s, and what to do is said', async (_, now, detail, next) => {
    const { context, notices } = page(now);
    const worker = pretendedWorker(async (summary) => summary);
    await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(files('1.dcm'));
    expect([worker.fed, worker.asked]).toEqual([[], []]);
    expect(notices).toMatchObject([{ tone: 'error', detail, next: expect.stringContaining(next) }]);
  });

  test('reads them as the open project wants it, writing as this tab', async () => {
    const { context } = page();
    const worker = pretendedWorker(async (summary) => summary);
    await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(files('1.dcm'));
    expect(worker.asked).toEqual([
      { project: 'p', fence: { project: 'p', token: 4 }, batches: [], options: DEFAULT_OPTIONS, more: true },
    ]);
  });

  test('asks the browser to keep what is stored', async () => {
    const persist = vi.fn();
    vi.stubGlobal('navigator', { storage: { persist } });
    const { context } = page();
    const worker = pretendedWorker(async (summary) => summary);
    await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(files('1.dcm'));
    expect(persist).toHaveBeenCalledOnce();
  });

  test('shows, while they are read, how far it is and what there is to say of them', async () => {
    const { context, get } = page({ folderNames: [{ dataset: 'a', name: 'old' }] as never });
    const [one, two] = skipped(2);
    let during: State | null = null;
    let first: State['job'] = null;
    const worker = pretendedWorker(async (summary, _, emit) => {
      for (const file of [one, two]) emit({ kind: 'skipped', files: [file] });
      emit({ kind: 'remarks', files: [{ ...one, code: 'no-label' }] });
      for (const dataset of ['b', 'a']) emit({ kind: 'folder', name: { dataset, name: 'new' } as never });
      emit({
        kind: 'progress',
        progress: { ...noProgress(), files: 3, filesTotal: 9, slices: 7, skipped: 2 },
      });
      during = get();
      return summary;
    });
    const { addFiles, clearSkipped } = createIngestCommands(
      context,
      async () => {},
      createOriginals(),
      worker,
    );
    const { ingest } = worker.call;
    worker.call.ingest = (...args) => {
      first = get().job;
      return ingest(...args);
    };
    await addFiles(files('1.dcm'));
    expect(first).toEqual({
      ...{ kind: 'ingest', done: 0, total: 0, unit: 'files', slices: 0, skipped: 0 },
      ...{ rate: null, secondsLeft: null },
    });
    expect(during).toMatchObject({
      job: { kind: 'ingest', done: 3, total: 9, unit: 'files', slices: 7, skipped: 2 },
      drops: [{ files: 3, unused: [one, two], remarks: [{ code: 'no-label' }] }],
      folderNames: [
        { dataset: 'b', name: 'new' },
        { dataset: 'a', name: 'new' },
      ],
    });
    clearSkipped();
    expect(get().drops).toEqual([]);
  });

  test('keeps them at hand for the inspector, which finds the file of a slice', async () => {
    const { context } = page();
    const originals = createOriginals();
    const keys = new Uint8Array(KEY_BYTES).fill(7);
    const worker = pretendedWorker(async (summary, _, emit) => {
      emit({ kind: 'sources', sources: { paths: ['1.dcm'], pathOf: Uint32Array.of(0), keys } });
      return summary;
    });
    await createIngestCommands(context, async () => {}, originals, worker).addFiles(files('1.dcm'));
    expect(originals.find(keys)?.file.size).toBe(1);
  });

  test('reads the figures anew as slices are stored, and no more than every few seconds', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const { context } = page();
    const refresh = vi.fn(async () => {});
    const counts: number[] = [];
    const worker = pretendedWorker(async (summary, _, emit) => {
      for (const ms of [3999, 4000, 7999, 8000]) {
        clock.mockReturnValue(ms);
        emit({ kind: 'committed', slices: 1 });
        counts.push(refresh.mock.calls.length);
        // Else the one before would still be going on.
        await refresh.mock.results.at(-1)?.value;
        await Promise.resolve();
      }
      return summary;
    });
    await createIngestCommands(context, refresh, createOriginals(), worker).addFiles(files('1.dcm'));
    clock.mockRestore();
    expect(counts).toEqual([0, 1, 1, 2]);
  });

  test('counts files that the browser would not open, though no worker sees them', async () => {
    const { context, notices, get } = page();
    const closed = { isFile: true, isDirectory: false, name: 'b.dcm', fullPath: '/d/b.dcm' };
    const [open, shut] = [
      {
        ...closed,
        name: 'a.dcm',
        fullPath: '/d/a.dcm',
        file: (done: (file: File) => void) => done(files('a.dcm')[0]),
      },
      { ...closed, file: (_: unknown, fail: () => void) => fail() },
    ];
    const source = { items: [open, shut].map((entry) => ({ webkitGetAsEntry: () => entry })) };
    let shown: State['job'] = null;
    const worker = pretendedWorker(async (summary, _, emit) => {
      emit({ kind: 'progress', progress: { ...noProgress(), files: 1, filesTotal: 1, skipped: 0 } });
      shown = get().job;
      return summary;
    });
    const { addFiles } = createIngestCommands(context, async () => {}, createOriginals(), worker);
    await addFiles(source as never);
    expect(worker.fed).toEqual(['d/a.dcm']);
    expect(shown).toMatchObject({ done: 2, total: 2, skipped: 1 });
    expect(get().drops).toMatchObject([
      { files: 2, skipped: 1, unused: [{ path: 'd/b.dcm', dataset: 'd' }] },
    ]);
    expect(notices[0].detail).toContain('1 file could not be used.');
  });

  test('that heals stored slices says how many', async () => {
    for (const [healed, title] of [
      [1, 'Healed 1 damaged slice.'],
      [1200, 'Healed 1,200 damaged slices.'],
    ] as const) {
      const { context, notices } = page();
      const worker = pretendedWorker(async (summary) => ({ ...summary, healed }));
      await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(files('1.dcm'));
      expect(notices.at(-1)).toMatchObject({ tone: 'success', title });
    }
  });

  test('hands nothing more over once the job has failed, and says why it did', async () => {
    const { context, notices } = page();
    const fed: number[] = [];
    let fail = (_: Error) => {};
    const call: Remote<IngestService> = {
      ingest: () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
      feed: async ({ batches }) => {
        fed.push(batches.flatMap(({ entries }) => entries.map(({ path }) => path)).length);
        fail(new LabError('storage-full', 'Full.', 'Kept.', 'Free some.'));
        // As long as a message to the worker and back.
        await new Promise((resolve) => setTimeout(resolve));
      },
    };
    const { addFiles } = createIngestCommands(context, async () => {}, createOriginals(), { call });
    await addFiles(files(...Array.from({ length: 200 }, (_, i) => `${i}.dcm`)));
    // The first lot, and word that there is no more.
    await eventually(() => expect(fed).toEqual([64, 0]));
    expect(notices).toMatchObject([{ tone: 'error', detail: 'Full. Kept.' }]);
  });

  test('that can’t be handed over fails, though the worker says that it is done', async () => {
    const { context, notices } = page();
    const worker = pretendedWorker(async (summary) => summary);
    const { feed } = worker.call;
    worker.call.feed = async (args) => {
      await feed({ ...args, more: false });
      if (args.more) throw new LabError('worker-crashed', 'It stopped.', 'Kept.', 'Again.');
    };
    vi.stubGlobal('fetch', async () => new Response());
    await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(files('1.dcm'));
    expect(notices).toMatchObject([{ tone: 'error', detail: 'It stopped. Kept.' }]);
  });

  test('is ended before the project is left, and waited for', async () => {
    const { context, get } = page();
    let reading = false;
    const worker = pretendedWorker((_, signal) => {
      reading = true;
      return new Promise((_, reject) => {
        // A worker stores what it has before it says that it has stopped.
        signal?.addEventListener('abort', () => setTimeout(() => reject(signal.reason)));
      }).finally(() => {
        reading = false;
      }) as Promise<never>;
    });
    const { addFiles, suspend } = createIngestCommands(context, async () => {}, createOriginals(), worker);
    await suspend();
    const adding = addFiles(files('1.dcm'));
    await eventually(() => expect(reading).toBe(true));
    await suspend();
    expect(reading).toBe(false);
    await adding;
    expect(get().job).toBeNull();
  });
});

test('a picked folder comes with its paths, its datasets.json first', async () => {
  const picked = files('1.dcm', 'datasets.json').map((file) =>
    Object.defineProperty(file, 'webkitRelativePath', { value: `folder/${file.name}` }),
  );
  const paths: string[] = [];
  for await (const { items } of walkDrop(picked, new AbortController().signal)) {
    paths.push(...items.map(({ path }) => path));
  }
  expect(paths).toEqual(['folder/datasets.json', 'folder/1.dcm']);
});
