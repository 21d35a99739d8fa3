/** What a decode worker does with a batch: how much it gives away at once, and in which order. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createDecoder, type DecodeService } from '../../../src/core/files/decoder.ts';
import type { FileBytes } from '../../../src/core/files/fileBytes.ts';
import { sliceBatchesOf } from '../../../src/core/files/sliceBatch.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';

let decoder: DecodeService;
let signs: string[];
/** Called before each frame. */
let before: () => Promise<void> | void;

beforeEach(async () => {
  signs = [];
  before = () => {};
  // A file's one byte says how many frames it has; 255 that it is none.
  decoder = createDecoder(
    async function* ([frames]) {
      if (frames === 255) yield { code: 'not-an-image' };
      for (let frame = 0; frame < frames % 255; frame++) {
        await before();
        yield {
          slice: new Uint8Array(SLICE_BYTES).fill(frame),
          facts: { format: 'dicom', modalityTag: 'CT', deviations: [] } as never,
          identity: { patient: 'LIDC-1', study: '1', series: `${frames}`, instance: `${frames}` },
          frame,
          instanceNumber: null,
          seriesNumber: null,
        };
      }
    },
    () => performance.now(),
  );
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  await decoder.configure({ key, preprocessing: {} as never });
});

const file = (frames: number): FileBytes => ({ bytes: Uint8Array.of(frames), entry: null });
const context = () => ({
  signal: new AbortController().signal,
  emit: (sign: string) => void signs.push(sign),
});
const counts = async (answer: ReturnType<DecodeService['open']>) =>
  sliceBatchesOf(await answer).map(({ count, done, skips }) => [
    count,
    done,
    skips.map(({ code }) => code).join(),
  ]);
const open = (id: number, files: FileBytes[]) => counts(decoder.open({ id, files }, context()));
const next = (id: number) => counts(decoder.next({ id }, context()));

describe('a batch', () => {
  test('is answered at once where it is small, each file with what it gave', async () => {
    const unread: FileBytes = { bytes: { code: 'unreadable' }, entry: null };
    expect(await open(1, [file(1), file(255), unread, file(2)])).toEqual([
      [1, true, ''],
      [0, true, 'not-an-image'],
      [0, true, 'unreadable'],
      [2, true, ''],
    ]);
  });

  test('of a large file comes in pieces of 64 slices, the last of which ends it', async () => {
    expect(await open(1, [file(1), file(130), file(2)])).toEqual([
      [1, true, ''],
      [64, false, ''],
    ]);
    expect(await next(1)).toEqual([[64, false, '']]);
    expect(await next(1)).toEqual([[2, true, '']]);
    expect(await next(1)).toEqual([[2, true, '']]);
  });

  test('of many files is answered when there are 128 slices', async () => {
    const some = Array.from({ length: 5 }, () => file(63));
    expect(await open(1, some)).toHaveLength(3);
    expect(await next(1)).toHaveLength(2);
  });

  test('of slow frames is answered each second, so that progress shows and little is lost', async () => {
    let ms = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => ms);
    before = () => {
      ms += 300;
    };
    expect(await open(1, [file(10)])).toEqual([[4, false, '']]);
    expect(await next(1)).toEqual([[4, false, '']]);
    clock.mockRestore();
    // It began, and each frame is a sign of life.
    expect(signs[0]).toBe('started');
    expect(signs.filter((sign) => sign === 'alive').length).toBeGreaterThan(5);
  });

  test('shows signs of life a few times a second, however many frames that are', async () => {
    let ms = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => ms);
    before = () => {
      ms += 50;
    };
    await open(1, [file(16)]);
    clock.mockRestore();
    // 800 ms, more than 200 ms apart.
    expect(signs).toEqual(['started', 'alive', 'alive', 'alive']);
  });

  test('waits until the one before is decoded, and is given away after it', async () => {
    const order: number[] = [];
    await Promise.all([
      open(1, [file(60), file(3)]).then(() => order.push(1)),
      open(2, [file(1)]).then(() => order.push(2)),
    ]);
    expect(order).toEqual([1, 2]);
    const large = await open(3, [file(100)]);
    expect(large).toEqual([[64, false, '']]);
    let over = false;
    const behind = open(4, [file(1)]).then(() => {
      over = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(over).toBe(false);
    await expect(next(4)).rejects.toThrow('not open');
    expect(await next(3)).toEqual([[36, true, '']]);
    await behind;
  });
});

test('slices have a key of their file and frame, and the facts of their series', async () => {
  const answer = await decoder.open({ id: 1, files: [file(2), file(3), file(2)] }, context());
  const chunks = sliceBatchesOf(answer);
  const keys = chunks.map((chunk) => [0, 1].map((i) => [...chunk.key.subarray(i * 16, (i + 1) * 16)].join()));
  expect(keys[0]).toEqual(keys[2]);
  expect(new Set(keys.flat()).size).toBe(4);
  expect(chunks[0].series!.series).toBe(chunks[2].series!.series);
  expect(chunks[0].series!.series).not.toBe(chunks[1].series!.series);
  expect(new Set(chunks.map(({ series }) => series!.patient)).size).toBe(1);
  expect(chunks.flatMap(({ frame }) => [...frame])).toEqual([0, 1, 0, 1, 2, 0, 1]);
  expect(isSkip(chunks[0])).toBe(false);
});
