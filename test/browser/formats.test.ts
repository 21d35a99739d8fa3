/** The golden files decode in a real browser as they do in Node: the WASM codecs load there too. */
import { expect, test } from 'vitest';
import { decodeFile } from '../../src/core/formats/decode.ts';
import files from '../golden/formats/files.json' with { type: 'json' };

test('every golden file gives its slices', async () => {
  const different: string[] = [];
  for (const { name, file, frames } of files) {
    const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
    let at = 0;
    for await (const result of decodeFile(bytes, { antialias: false })) {
      const expected = frames[at++].slice;
      const sum = 'code' in result ? null : result.slice.reduce((total, value) => total + value, 0);
      // Sums of lossy files differ by a rounding here and there.
      const distance = Math.abs((sum ?? 0) - (expected?.sum ?? 0)) / 224 ** 2;
      if ((sum === null) !== (expected === null) || distance > 1) different.push(name);
    }
    expect(at, name).toBe(frames.length);
  }
  expect(different).toEqual([]);
});
