/** The host of WASM codecs: it trusts no result and keeps no module that grew or failed. */
import { expect, test } from 'vitest';
import { LIMITS } from '../../../src/core/bytes/limits.ts';
import { wasmDecoder } from '../../../src/core/codecs/wasm.ts';

const size = { rows: 2, columns: 3, samples: 1 };

/** A codec in JavaScript with an Emscripten module's face; counts how often it is loaded. */
function codec(behaviour: { heapBytes?: number; width?: number; bytes?: number; throws?: unknown }) {
  const { heapBytes = 1024, width = 3, bytes = 6, throws } = behaviour;
  const loads = { count: 0 };
  class Decoder {
    getEncodedBuffer = (length: number) => new Uint8Array(length);
    getDecodedBuffer = () => new Uint8Array(bytes);
    getFrameInfo = () => ({ width, height: 2, bitsPerSample: 8, componentCount: 1 });
    decode() {
      if (throws !== undefined) throw throws;
    }
    delete() {}
  }
  const create = async () => {
    loads.count++;
    // Only its length is looked at.
    return { HEAPU8: { length: heapBytes }, Decoder };
  };
  const decode = wasmDecoder(
    'Decoder',
    4,
    async () => ({ default: create }),
    () => new URL('file:///nowhere.wasm'),
  );
  return { decode, loads };
}

test('a module is loaded once for many streams', async () => {
  const { decode, loads } = codec({});
  for (let i = 0; i < 3; i++) expect(await decode(new Uint8Array(4), size)).toMatchObject({ precision: 8 });
  expect(loads.count).toBe(1);
});

test('a module whose heap grew beyond its cap gives its result and is thrown away', async () => {
  const { decode, loads } = codec({ heapBytes: LIMITS.codecHeapBytes + 1 });
  expect(await decode(new Uint8Array(4), size)).toMatchObject({ precision: 8 });
  expect(loads.count).toBe(1);
  await decode(new Uint8Array(4), size);
  expect(loads.count).toBe(2);
});

test('a module that threw, bare numbers too, is thrown away', async () => {
  const { decode, loads } = codec({ throws: 5_242_880 });
  await expect(decode(new Uint8Array(4), size)).rejects.toBe(5_242_880);
  await expect(decode(new Uint8Array(4), size)).rejects.toBe(5_242_880);
  expect(loads.count).toBe(2);
});

test.each([
  ['another width', { width: 4 }],
  ['nothing', { width: 0, bytes: 0 }],
  ['fewer bytes', { bytes: 5 }],
])('a success with %s is named as damage', async (_, behaviour) => {
  expect(await codec(behaviour).decode(new Uint8Array(4), size)).toMatchObject({ code: 'malformed' });
});

test('an image that would need more memory than there should be is refused before a module is loaded', async () => {
  const { decode, loads } = codec({});
  const huge = { rows: LIMITS.codecBytes / 4 / 1024, columns: 1025, samples: 1 };
  expect(await decode(new Uint8Array(4), huge)).toMatchObject({ code: 'too-large' });
  expect(loads.count).toBe(0);
});
