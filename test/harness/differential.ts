/** Reads the cases of test/golden/differential and compares what we see in a file with what other readers see. */
import { gunzipSync } from 'fflate';
import { openFile } from '../../src/core/formats/decode.ts';
import type { Frame } from '../../src/core/image/frame.ts';
import { isSkip, type Skip } from '../../src/core/skip.ts';

/** Levels 0 to 255 of a frame; null where it has one value only. */
export type Levels = { rows: number; columns: number; values: Uint8Array | Float64Array } | null;

/** `reads`: frames of each reader, null where it failed. */
export type Case = {
  name: string;
  file: Uint8Array;
  reads: Map<string, Levels[] | null>;
  /** Bytes of a header that lies before the pixels, and is a file of its own. */
  split: number | null;
};

export function readCases(packed: Uint8Array): Case[] {
  const all = gunzipSync(packed);
  const length = new DataView(all.buffer, all.byteOffset).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length))) as {
    name: string;
    bytes: number;
    reads: Record<string, ([number, number] | null)[] | null>;
    split?: number;
  }[];
  let at = 4 + length;
  const take = (bytes: number) => {
    at += bytes;
    return all.subarray(at - bytes, at);
  };
  return index.map(({ name, bytes, reads, split = null }) => {
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
    return { name, file, reads: new Map(frames), split };
  });
}

/** Our frames of a file, and what is left of it; or why there are none. */
export type Seen = { frames: (Levels | Skip)[]; left: Skip | null; deviations: readonly string[] } | Skip;

/** @param header of an image in two files */
export async function seen(file: Uint8Array, header?: Uint8Array): Promise<Seen> {
  // A copy in a place of its own, as a dropped file is.
  const decoded = await openFile(file.slice(), header ? { header: header.slice() } : {});
  if (isSkip(decoded)) return decoded;
  const frames: (Levels | Skip)[] = [];
  for await (const frame of decoded.frames()) frames.push(isSkip(frame) ? frame : levelsOf(frame));
  return { frames, left: decoded.left ?? null, deviations: decoded.facts.deviations };
}

/** What is wrong with our reading in comparison with a reader's, or null. */
export function difference(ours: Seen, expected: readonly Levels[]): string | null {
  if ('code' in ours) return `skipped: ${ours.code} ${ours.detail ?? ''}`;
  for (const [i, levels] of ours.frames.entries()) {
    const wanted = expected[i];
    if (levels && 'code' in levels) return `frame ${i + 1} skipped: ${levels.code} ${levels.detail ?? ''}`;
    if (wanted === undefined) return 'more frames';
    if (!wanted || !levels) {
      if (wanted || levels) return `frame ${i + 1} is blank for one only`;
      continue;
    }
    if (levels.rows !== wanted.rows || levels.columns !== wanted.columns)
      return `frame ${i + 1} is ${levels.rows}×${levels.columns}`;
    const distances = Array.from(levels.values, (value, k) => Math.abs(value - wanted.values[k]));
    const far = distances.reduce((most, one) => Math.max(most, one), 0);
    // Rounded on one side only: half a level, and one that a sum in another order may add.
    if (far > 0.51) return `frame ${i + 1} is ${far.toFixed(1)} levels off`;
  }
  const { length } = ours.frames;
  return length === expected.length ? null : `${length} of ${expected.length} frames`;
}

/** Padding counts as the least of the rest, as in the paper's preprocessing. */
function levelsOf({ rows, columns, values, slope, intercept, padding }: Frame): Levels {
  const isHidden = (stored: number) =>
    !Number.isFinite(stored) || (padding !== undefined && stored >= padding.low && stored <= padding.high);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const stored of values) {
    if (isHidden(stored)) continue;
    low = Math.min(low, stored * slope + intercept);
    high = Math.max(high, stored * slope + intercept);
  }
  if (!(high > low)) return null;
  const levels = Float64Array.from(values, (stored) =>
    isHidden(stored) ? 0 : ((stored * slope + intercept - low) / (high - low)) * 255,
  );
  return { rows, columns, values: levels };
}
