/** One pass over files in memory, from bytes to 224×224 slices: the same code in Chromium and in Node. */
import { decodeFile } from '../../src/core/formats/decode.ts';
import { isSkip } from '../../src/core/skip.ts';

/** The mean of the pixels of each slice of a file: enough to check that two readers did the same work. */
export type FileDigest = number[];

/** Decodes every file once and returns a digest of the results; also warms up compilers and codecs. */
export async function digest(files: readonly Uint8Array[]): Promise<FileDigest[]> {
  const digests: FileDigest[] = [];
  for (const bytes of files) {
    const means: FileDigest = [];
    for await (const result of decodeFile(bytes, { antialias: false })) {
      if (isSkip(result)) continue;
      means.push(result.slice.reduce((sum, value) => sum + value, 0) / result.slice.length);
    }
    digests.push(means);
  }
  return digests;
}

export async function pass(files: readonly Uint8Array[]): Promise<{ slices: number; seconds: number }> {
  let slices = 0;
  const begun = performance.now();
  for (const bytes of files) {
    for await (const result of decodeFile(bytes, { antialias: false })) if (!isSkip(result)) slices++;
  }
  return { slices, seconds: (performance.now() - begun) / 1000 };
}
