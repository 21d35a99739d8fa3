/** Reads the cases of test/golden/differential and compares what we see in a file with what other readers see. */
import { gunzipSync } from 'fflate';
import { openFile } from '../../src/core/formats/decode.ts';
import { type Frame, isSkip } from '../../src/core/formats/types.ts';

/** Levels 0 to 255 of a frame; null where it has one value only. */
export type Levels = { rows: number; columns: number; values: Uint8Array } | null;

/** `reads`: frames of each reader, null where it failed. */
export type Case = { name: string; file: Uint8Array; reads: Map<string, Levels[] | null> };

export function readCases(packed: Uint8Array): Case[] {
  const all = gunzipSync(packed);
  const length = new DataView(all.buffer, all.byteOffset).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length))) as {
    name: string;
    bytes: number;
    reads: Record<string, ([number, number] | null)[] | null>;
  }[];
  let at = 4 + length;
  const take = (bytes: number) => {
    at += bytes;
    return all.subarray(at - bytes, at);
  };
  return index.map(({ name, bytes, reads }) => {
    const file = take(bytes);
    const framesOf = (sizes: readonly ([number, number] | null)[]) =>
      sizes.map((size): Levels => {
        if (!size) return null;
        const [rows, columns] = size;
        return { rows, columns, values: take(rows * columns) };
      });
    const frames = Object.entries(reads).map(([reader, sizes]): [string, Levels[] | null] => [
      reader,
      sizes ? framesOf(sizes) : null,
    ]);
    return { name, file, reads: new Map(frames) };
  });
}

/** What is wrong with our reading in comparison with a reader's, or null. */
export async function difference(file: Uint8Array, expected: readonly Levels[]): Promise<string | null> {
  // A copy on a place of its own, as a dropped file is.
  const decoded = await openFile(file.slice(), {});
  if (isSkip(decoded)) return `skipped: ${decoded.code} ${decoded.detail ?? ''}`;
  let at = 0;
  for await (const frame of decoded.frames()) {
    const wanted = expected[at++];
    if (isSkip(frame)) return `frame ${at} skipped: ${frame.code} ${frame.detail ?? ''}`;
    if (wanted === undefined) return 'more frames';
    const levels = levelsOf(frame);
    if (!wanted || !levels) {
      if (wanted || levels) return `frame ${at} is blank for one only`;
      continue;
    }
    if (frame.rows !== wanted.rows || frame.columns !== wanted.columns)
      return `frame ${at} is ${frame.rows}×${frame.columns}`;
    const far = levels.reduce((most, level, i) => Math.max(most, Math.abs(level - wanted.values[i])), 0);
    // Rounded on one side only: half a level, and one that a sum in another order may add.
    if (far > 0.51) return `frame ${at} is ${far.toFixed(1)} levels off`;
  }
  return at === expected.length ? null : `${at} of ${expected.length} frames`;
}

/** Padding counts as the least of the rest, as in the paper's preprocessing. */
function levelsOf({ values, slope, intercept, padding }: Frame): Float64Array | null {
  const isHidden = (stored: number) =>
    !Number.isFinite(stored) || (padding !== undefined && stored >= padding.low && stored <= padding.high);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const stored of values) {
    if (isHidden(stored)) continue;
    low = Math.min(low, stored * slope + intercept);
    high = Math.max(high, stored * slope + intercept);
  }
  if (!(high > low)) return null;
  return Float64Array.from(values, (stored) =>
    isHidden(stored) ? 0 : ((stored * slope + intercept - low) / (high - low)) * 255,
  );
}
