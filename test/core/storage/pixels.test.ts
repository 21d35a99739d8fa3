/** A shard's pixels summed up as they come: the same rows are damaged as where all of them are read at once. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { crc32 } from '../../../src/core/crc32.ts';
import { DAMAGED } from '../../../src/core/dataset/shard.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';
import { examine, findDamage, type Stored, sliceAt } from '../../../src/storage/pixels.ts';
import { randomFrom } from '../../make/phantom.ts';
import { makeShard } from '../../make/storage.ts';

/** A piece and a part. */
const COUNT = 23;
const PIECE = 2 ** 20;
const random = randomFrom(3);
const BYTES = Uint8Array.from({ length: COUNT * SLICE_BYTES }, () => random() * 256);
const SUMS = Uint32Array.from({ length: COUNT }, (_, row) => crc32(sliceAt(BYTES, row)));

afterEach(() => vi.restoreAllMocks());

function storedWith(bytes: Uint8Array<ArrayBuffer>, change: (stored: Stored) => void = () => {}): Stored {
  const { pixels: _, sums: __, ...index } = makeShard('p', new Array(COUNT).fill('a'));
  const stored: Stored = {
    index: { ...index, shard: 1 },
    pixels: { blob: new Blob([bytes]), rows: null, sums: SUMS.slice() },
  };
  change(stored);
  return stored;
}

/** What both ways find; they must agree. */
async function damageOf(stored: Stored): Promise<number[]> {
  const found = await findDamage(stored);
  expect(found).toEqual((await examine(stored)).damaged);
  return found;
}

function flipped(...places: number[]): Uint8Array<ArrayBuffer> {
  const bytes = BYTES.slice();
  for (const at of places) bytes[at] ^= 1 << (at % 8);
  return bytes;
}

for (const [how, prepare] of [
  ['into memory that is given', () => {}],
  [
    'in a browser that only reads it whole',
    () => {
      vi.spyOn(Blob.prototype, 'stream').mockImplementation(() => {
        throw new TypeError();
      });
    },
  ],
  ['cut anywhere on its way', () => void vi.spyOn(Blob.prototype, 'stream').mockImplementation(cutStream)],
] as const) {
  describe(`read ${how}`, () => {
    test('whole pixels are whole', async () => {
      prepare();
      expect(await damageOf(storedWith(BYTES.slice()))).toEqual([]);
    });

    test('a flipped bit is found at the ends of slices and pieces, and anywhere else', async () => {
      prepare();
      const ends = [SLICE_BYTES, PIECE].flatMap((end) => [end - 1, end, end + 1]);
      const anywhere = Array.from({ length: 6 }, () => Math.floor(random() * BYTES.length));
      for (const at of [0, BYTES.length - 1, ...ends, ...anywhere])
        expect(await damageOf(storedWith(flipped(at)))).toEqual([Math.floor(at / SLICE_BYTES)]);
    });

    test('many at once are all found', async () => {
      prepare();
      const rows = [0, 11, 20, 21, COUNT - 1];
      expect(await damageOf(storedWith(flipped(...rows.map((row) => row * SLICE_BYTES + row))))).toEqual(
        rows,
      );
    });

    test('what a blob has lost at its end is damaged, as is every row of one that is gone', async () => {
      prepare();
      const cut = storedWith(BYTES.slice(0, 20 * SLICE_BYTES + 9));
      expect(await damageOf(cut)).toEqual([20, 21, 22]);
      expect(await damageOf(storedWith(new Uint8Array()))).toHaveLength(COUNT);
    });

    test('rows that are removed, lost from the blob, or marked are told apart', async () => {
      prepare();
      const held = Uint16Array.from([1, 2, 4]);
      const bytes = BYTES.slice(0, 3 * SLICE_BYTES);
      bytes[2 * SLICE_BYTES] ^= 1;
      const stored = storedWith(bytes, ({ index, pixels }) => {
        Object.assign(pixels, { rows: held, sums: SUMS.slice(0, 3) });
        index.removed.fill(2);
        index.removed.set([1, DAMAGED, 0, 0, 0]);
      });
      expect(await damageOf(stored)).toEqual([1, 3, 4]);
    });
  });
}

test('checksums that are fewer than the rows, or none at all, put the shard in doubt as before', async () => {
  const few = storedWith(BYTES.slice(), ({ pixels }) => Object.assign(pixels, { sums: SUMS.slice(0, 9) }));
  expect(await damageOf(few)).toHaveLength(COUNT);
  const old = storedWith(flipped(7), ({ index, pixels }) => {
    Object.assign(pixels, { sums: undefined });
    Object.assign(index, { crc32: crc32(BYTES) });
  });
  expect(await damageOf(old)).toHaveLength(COUNT);
});

test('pixels whose reading fails halfway are all damaged', async () => {
  const stored = storedWith(BYTES.slice());
  vi.spyOn(Blob.prototype, 'stream').mockImplementation(() => {
    let pulls = 0;
    return new ReadableStream({
      type: 'bytes',
      pull: (controller) => {
        if (pulls++ > 0) controller.error(new DOMException('gone', 'NotReadableError'));
        else controller.enqueue(BYTES.slice(0, PIECE / 2));
      },
    });
  });
  vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValue(new DOMException('gone', 'NotReadableError'));
  expect(await damageOf(stored)).toHaveLength(COUNT);
});

test('a blob that lost nothing but black bytes at its end is as whole as where it is read at once', async () => {
  const black = BYTES.slice();
  black.fill(0, -10);
  const sums = SUMS.slice();
  sums[COUNT - 1] = crc32(sliceAt(black, COUNT - 1));
  const stored = storedWith(black.slice(0, -10), ({ pixels }) => Object.assign(pixels, { sums }));
  expect(await damageOf(stored)).toEqual([]);
});

test('no more than a piece of it is in memory', async () => {
  const whole = vi.spyOn(Blob.prototype, 'arrayBuffer');
  const { read } = ReadableStreamBYOBReader.prototype;
  const lengths: number[] = [];
  vi.spyOn(ReadableStreamBYOBReader.prototype, 'read').mockImplementation(function (
    this: ReadableStreamBYOBReader,
    view: ArrayBufferView<ArrayBuffer>,
  ) {
    lengths.push(view.byteLength);
    return read.call(this, view);
  } as typeof read);
  expect(await findDamage(storedWith(BYTES.slice()))).toEqual([]);
  expect(whole).not.toHaveBeenCalled();
  expect(lengths.length).toBeGreaterThan(1);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(PIECE);
});

/** The blob's bytes in pieces of odd lengths. */
function cutStream(this: Blob): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = this.arrayBuffer();
  let at = 0;
  return new ReadableStream({
    type: 'bytes',
    pull: async (controller) => {
      const all = new Uint8Array(await bytes);
      const room = controller as ReadableByteStreamController;
      if (at >= all.length) {
        room.close();
        room.byobRequest?.respond(0);
        return;
      }
      const next = at + 1 + Math.floor(random() * 200_000);
      room.enqueue(all.slice(at, next));
      at = next;
    },
  });
}
