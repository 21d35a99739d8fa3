/** Files side by side in a blob, read in one pass: of some the beginning is kept, of others everything. */
import { expect, test } from 'vitest';
import { packFileBatches } from '../../../src/core/files/fileBatch.ts';
import { readBeginnings } from '../../../src/core/files/glance.ts';
import { readInPassing } from '../../../src/core/files/inPassing.ts';

const bytes = (length: number, first: number) =>
  Uint8Array.from({ length }, (_, i) => (i === 0 ? first : i % 251));
const isOne = ([first]: Uint8Array) => first === 1;

/** A blob that gives its bytes in pieces of any sizes. */
function inPieces(whole: Uint8Array<ArrayBuffer>, sizes: readonly number[]): Blob {
  let from = 0;
  const pieces = sizes.map((size) => {
    from += size;
    return whole.slice(from - size, from);
  });
  const stream = () =>
    new ReadableStream({
      pull: (to) => {
        const piece = pieces.shift();
        if (piece) to.enqueue(piece);
        else to.close();
      },
    });
  return Object.assign(new Blob([whole]), { stream });
}

test('keeps the beginning of what says enough and all of the others, wherever the pieces end', async () => {
  const files = [bytes(300, 1), bytes(20, 2), bytes(0, 0), bytes(300, 2), bytes(40, 1), bytes(0, 0)];
  const blob = new Blob(files);
  const whole = new Uint8Array(await blob.arrayBuffer());
  const lengths = files.map(({ length }) => length);
  for (const sizes of [[660], [1, 31, 1, 267, 20, 200, 140], Array(660).fill(1)]) {
    const read = await readInPassing(inPieces(whole, sizes), lengths, 32, isOne);
    const wanted = [
      files[0].subarray(0, 32),
      files[1],
      files[2],
      files[3],
      files[4].subarray(0, 32),
      files[5],
    ];
    expect(read?.map((one) => [...one])).toEqual(wanted.map((one) => [...one]));
  }
});

test('gives nothing of a blob that ends early or fails', async () => {
  const whole = bytes(100, 1);
  expect(await readInPassing(inPieces(whole, [60]), [50, 50], 32, isOne)).toBeNull();
  const fails = Object.assign(new Blob([whole]), {
    stream: () => new ReadableStream({ pull: () => Promise.reject(new Error('gone')) }),
  });
  expect(await readInPassing(fails, [100], 32, isOne)).toBeNull();
});

test('for a glance, large files give their beginnings, and small ones all but the pixels of DICOM', async () => {
  const dicom = new Uint8Array(100_000);
  dicom.set(new TextEncoder().encode('DICM'), 128);
  const files = [dicom, bytes(100_000, 7), bytes(400_000, 8)];
  const items = files.map((content, i) => ({ path: `${i}`, file: new Blob([content]) }));
  const [batch] = packFileBatches(items, undefined, true);
  const read = await readBeginnings(batch.blob, batch.entries);
  expect(read.map(({ size, bytes }) => [size, (bytes as Uint8Array).length])).toEqual([
    [100_000, 16_384],
    [100_000, 100_000],
    [400_000, 16_384],
  ]);
  expect(read.map(({ bytes }) => (bytes as Uint8Array)[0])).toEqual([0, 7, 8]);
});
