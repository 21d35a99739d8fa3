import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { walkDrop } from '../../src/app/drop.ts';
import { createIngestCommands } from '../../src/app/ingest.ts';
import { createOriginals } from '../../src/app/originals.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { LabError } from '../../src/core/errors.ts';
import { noProgress } from '../../src/core/ingest/reporter.ts';
import type { IngestService, IngestSummary, JobProgress } from '../../src/core/protocol.ts';
import type { Remote } from '../../src/core/rpc.ts';
import type { Store } from '../../src/storage/port.ts';

/** An ingest worker that counts what it is fed; `end` settles its job. */
function pretendedWorker(
  end: (summary: IngestSummary, signal: AbortSignal | undefined) => Promise<IngestSummary>,
  given: Partial<JobProgress> = {},
) {
  const fed: string[] = [];
  let last = () => {};
  const all = new Promise<void>((resolve) => {
    last = resolve;
  });
  const call: Remote<IngestService> = {
    ingest: async (_, { signal, onEvent } = {}) => {
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
      return end({ progress, seconds: 3, datasets: ['a'], healed: 0 }, signal);
    },
    feed: async ({ lots, more }) => {
      fed.push(...lots.flatMap(({ paths }) => paths));
      if (!more) last();
    },
  };
  return { call, fed };
}

function page(more: Partial<State> = {}) {
  let state = {
    project: { id: 'p', name: 'p' },
    job: null,
    readOnly: false,
    drops: [],
    ...more,
  } as unknown as State;
  const notices: Omit<Notice, 'id'>[] = [];
  const context: Context = {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store: { fence: () => null } as unknown as Store,
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
    expect(get()).toMatchObject({ job: null, ingest: { files: 2, slices: 2, seconds: 3 } });
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
    expect(notices[0].detail).toContain('2 files are kept as “other” and left out of training.');
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

  test('is refused in a tab that may only read', async () => {
    const { context, notices } = page({ readOnly: true });
    const worker = pretendedWorker(async (summary) => summary);
    await createIngestCommands(context, async () => {}, createOriginals(), worker).addFiles(files('1.dcm'));
    expect(worker.fed).toEqual([]);
    expect(notices).toMatchObject([{ tone: 'error', detail: 'Another tab is working on this project.' }]);
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
