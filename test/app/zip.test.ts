/** Practice files as a zip. */
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { WalkResult } from '../../src/app/drop.ts';
import { practiceName } from '../../src/app/practice.ts';
import { zipBatches } from '../../src/app/zip.ts';
import { DEFAULT_CHOICES } from '../../src/core/simulate/choices.ts';

const SIZE = 3 * 2 ** 20;

/** Three batches of two files each, larger together than what is handed on at a time. */
async function* batches(onBatch: (at: number) => void = () => undefined): AsyncGenerator<WalkResult> {
  for (let at = 0; at < 3; at++) {
    onBatch(at);
    yield {
      items: [0, 1].map((n) => ({
        path: `practice/site/${at}-${n}.dcm`,
        file: new Blob([new Uint8Array(SIZE).fill(at * 2 + n)]),
      })),
      unreadable: [],
    };
  }
}

test('a zip holds every file under its path, byte for byte, and is the same every time', async () => {
  const done: number[] = [];
  const zip = await zipBatches(batches(), new AbortController().signal, (n) => done.push(n));
  const bytes = new Uint8Array(await zip.arrayBuffer());
  const files = unzipSync(bytes);
  expect(Object.keys(files)).toEqual(
    [0, 1, 2].flatMap((at) => [0, 1].map((n) => `practice/site/${at}-${n}.dcm`)),
  );
  expect(Object.values(files).map((file) => [file.length, file[0], file[SIZE - 1]])).toEqual(
    [0, 1, 2, 3, 4, 5].map((value) => [SIZE, value, value]),
  );
  expect(done).toEqual([1, 2, 3, 4, 5, 6]);
  const again = await zipBatches(batches(), new AbortController().signal, () => undefined);
  expect(Buffer.compare(Buffer.from(await again.arrayBuffer()), Buffer.from(bytes))).toBe(0);
});

test('a zip that is cancelled ends at once, and its makers with it', async () => {
  const controller = new AbortController();
  const begun: number[] = [];
  const zip = zipBatches(
    batches((at) => begun.push(at)),
    controller.signal,
    (done) => done === 2 && controller.abort(),
  );
  await expect(zip).rejects.toThrow(/abort/i);
  expect(begun.length).toBeLessThan(3);
});

test('projects of different choices have different names, the usual one the plain name', () => {
  const named = [
    {},
    { seed: 2 },
    { patients: 2 },
    { modalities: ['CT', 'MR'] as const },
    { sites: ['a', 'b'] },
    { sites: ['a', 'c'] },
    { regions: ['head'] as const },
    { shortcut: 'frame' as const },
  ].map((patch) => practiceName({ ...DEFAULT_CHOICES, ...patch }));
  expect(named[0]).toBe('Practice project');
  expect(new Set(named).size).toBe(named.length);
});
