import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { walkDrop } from '../../src/app/drop.ts';
import { createIngestCommands } from '../../src/app/ingest.ts';
import { createOriginals } from '../../src/app/originals.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { LabError } from '../../src/core/errors.ts';
import type { IngestService, IngestSummary } from '../../src/core/protocol.ts';
import type { Remote } from '../../src/core/rpc.ts';
import type { Store } from '../../src/storage/port.ts';

/** An ingest worker that counts what it is fed; `end` settles its job. */
function pretendedWorker(
  end: (summary: IngestSummary, signal: AbortSignal | undefined) => Promise<IngestSummary>,
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
        files: fed.length,
        filesTotal: fed.length,
        bytes: 0,
        bytesTotal: 0,
        slices: 2,
        known: 1,
        skipped: 0,
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
    skipped: [],
    ...more,
  } as unknown as State;
  const notices: Omit<Notice, 'id'>[] = [];
  const context: Context = {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store: {} as Store,
    notify: (notice) => notices.push(notice),
    go: () => {},
  };
  return { context, notices, get: context.get };
}

beforeEach(() => {
  vi.stubGlobal('navigator', {});
  return () => vi.unstubAllGlobals();
});

const files = (...names: string[]) => names.map((name) => new File(['x'], name));

describe('adding files', () => {
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
