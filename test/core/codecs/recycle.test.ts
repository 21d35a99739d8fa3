/** A codec's memory never shrinks: a module that grew beyond its cap, or failed, is replaced by a fresh one. */
import { expect, test } from 'vitest';
import { LIMITS } from '../../../src/core/bytes/limits.ts';
import { wasmDecoder } from '../../../src/core/codecs/wasm.ts';

const SIZE = { rows: 2, columns: 2, samples: 1 };

/** Decodes 2×2 images; the first byte of a stream says whether it grows the heap (1) or throws (2). */
function pretendedCodec() {
  const counts = { modules: 0 };
  const create = async () => {
    counts.modules++;
    const heap = { HEAPU8: { length: 1024 } as Uint8Array };
    const stream = new Uint8Array(1);
    return Object.assign(heap, {
      Decoder: class {
        getEncodedBuffer = () => stream;
        decode = () => {
          if (stream[0] === 1) heap.HEAPU8 = { length: LIMITS.codecHeapBytes + 1 } as Uint8Array;
          // Emscripten throws numbers.
          if (stream[0] === 2) throw 17;
        };
        getDecodedBuffer = () => Uint8Array.of(1, 2, 3, 4);
        getFrameInfo = () => ({ width: 2, height: 2, bitsPerSample: 8, componentCount: 1 });
        delete = () => {};
      },
    });
  };
  const decode = wasmDecoder(
    'Decoder',
    1,
    async () => ({ default: create }),
    () => new URL('file:///none'),
  );
  return { counts, decode: (first: number) => decode(Uint8Array.of(first), SIZE) };
}

test('a module within its cap is used again', async () => {
  const { counts, decode } = pretendedCodec();
  for (let i = 0; i < 3; i++) expect(await decode(0)).toMatchObject({ precision: 8 });
  expect(counts.modules).toBe(1);
});

test('one that grew beyond it gives its image and is then replaced', async () => {
  const { counts, decode } = pretendedCodec();
  expect(await decode(1)).toMatchObject({ precision: 8 });
  expect(await decode(0)).toMatchObject({ precision: 8 });
  expect(counts.modules).toBe(2);
});

test('one that threw is replaced', async () => {
  const { counts, decode } = pretendedCodec();
  await expect(decode(2)).rejects.toBe(17);
  expect(await decode(0)).toMatchObject({ precision: 8 });
  expect(counts.modules).toBe(2);
});
