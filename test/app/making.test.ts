/** Practice files as they come from several workers. */
import { expect, test, vi } from 'vitest';
import type { WalkResult } from '../../src/app/drop.ts';
import { makeBatches } from '../../src/app/making.ts';
import type { WorkerHandle } from '../../src/app/workers.ts';
import type { PracticePlan } from '../../src/core/simulate/practice.ts';
import type { PracticeService } from '../../src/core/simulate/service.ts';

type Made = { release(): void };

/** Workers that are done with a series when told; `asked` has those under way, in the order they were asked for. */
function fakeWorkers(count: number) {
  const asked: (Made & { id: string })[] = [];
  const end = vi.fn();
  const workers = Array.from({ length: count }, () => ({
    call: {
      make: ({ series }: { series: { id: string } }) =>
        new Promise((resolve, reject) => {
          const bytes = new TextEncoder().encode(series.id);
          const release = () =>
            series.id === 'bad' ? reject(new Error('bad')) : resolve({ files: [{ path: series.id, bytes }] });
          asked.push({ id: series.id, release });
        }),
    },
    end,
  })) as unknown as WorkerHandle<PracticeService>[];
  return { workers, asked, end };
}

const plan = (...ids: string[]) =>
  ({
    series: ids.map((id) => ({ id, site: id.split('/')[0], patient: 1, files: 1 })),
    manifest: [{ name: 'a' }],
  }) as unknown as PracticePlan;

async function paths(batches: AsyncGenerator<WalkResult>) {
  const all: string[] = [];
  for await (const { items } of batches) all.push(...items.map(({ path }) => path));
  return all;
}

test('the description comes first, then the series in the order of the plan, whichever is done first', async () => {
  const { workers, asked, end } = fakeWorkers(2);
  const done = paths(makeBatches(plan('a', 'b', 'c'), workers, new AbortController().signal));
  await vi.waitFor(() => expect(asked.map(({ id }) => id)).toEqual(['a', 'b']));
  asked[1].release();
  asked[0].release();
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  asked[2].release();
  expect(await done).toEqual(['practice/datasets.json', 'practice/a', 'practice/b', 'practice/c']);
  expect(end).toHaveBeenCalledTimes(2);
});

test('never more series are under way than there are workers, and a slow one holds up no other', async () => {
  const { workers, asked } = fakeWorkers(2);
  const batches = makeBatches(plan('a', 'b', 'c', 'd'), workers, new AbortController().signal);
  await batches.next();
  const first = batches.next();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  await Promise.resolve();
  expect(asked).toHaveLength(2);
  asked[1].release();
  await vi.waitFor(() => expect(asked.map(({ id }) => id)).toEqual(['a', 'b', 'c']));
  asked[0].release();
  expect((await first).value?.items[0].path).toBe('practice/a');
});

test('one patient’s series are made by one worker, one after the other', async () => {
  const { workers, asked } = fakeWorkers(2);
  const batches = makeBatches(plan('a/1', 'a/2', 'b/1'), workers, new AbortController().signal);
  await batches.next();
  void batches.next();
  await vi.waitFor(() => expect(asked.map(({ id }) => id)).toEqual(['a/1', 'b/1']));
  asked[0].release();
  await vi.waitFor(() => expect(asked.map(({ id }) => id)).toEqual(['a/1', 'b/1', 'a/2']));
});

test('cancelled, it ends its workers', async () => {
  const { workers, asked, end } = fakeWorkers(1);
  const controller = new AbortController();
  const done = paths(makeBatches(plan('a', 'b'), workers, controller.signal));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  controller.abort();
  expect(end).toHaveBeenCalled();
  asked[0].release();
  await expect(done).rejects.toMatchObject({ name: 'AbortError' });
});

test('a series that fails ends it with that error, and its workers with it', async () => {
  const { workers, asked, end } = fakeWorkers(1);
  const done = paths(makeBatches(plan('bad', 'b'), workers, new AbortController().signal));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0].release();
  await expect(done).rejects.toThrow('bad');
  expect(end).toHaveBeenCalled();
});
