/** Reads one frame of a file again, in full size and unscaled, for display. Stores nothing. */

import type { Numbers } from '../bytes/numbers.ts';
import { findMember } from '../files/archive.ts';
import { type ByteRange, readFileBytes, unpack, unpackFile, wholeRange } from '../files/fileBytes.ts';
import { headerPaths } from '../files/pairName.ts';
import { frameFacts, openFile } from '../formats/decode.ts';
import type { DecodeContext, Decoded, FileFacts } from '../formats/types.ts';
import type { Frame, Padding } from '../image/frame.ts';
import { type Histogram, histogram } from '../image/histogram.ts';
import type { Preprocessing } from '../image/preprocessing.ts';
import { preprocessor } from '../image/slice.ts';
import type { Window } from '../image/window.ts';
import type { CallContext } from '../rpc.ts';
import { move } from '../rpc.ts';
import { isSkip, type Skip } from '../skip.ts';
import type { HeaderTree } from './header/tree.ts';
import { type SeriesHeading, seriesHeading } from './heading.ts';

/** A dropped file, or the entry `inside` of a dropped archive; `header` is the second file of a two-file image. */
export type Original = { id: string; file: Blob; inside: string | null; header?: Blob };

export type RawImage = {
  rows: number;
  columns: number;
  /** Stored numbers, one channel; the modality value is values[i]·slope + intercept. */
  values: Numbers;
  slope: number;
  intercept: number;
  /** null if the file names none, or if padding counts like any pixel. */
  padding: { low: number; high: number } | null;
  /** Low values are shown bright (MONOCHROME1). */
  inverted: boolean;
  /** Smallest and largest value that the stored bits can hold; null for floats. */
  range: { low: number; high: number } | null;
  histogram: Histogram | null;
  /** Windows from the file. */
  windows: Window[];
  frames: number;
  facts: FileFacts;
  /** The 224×224 slice made of it; null if it is blank. */
  slice: Uint8Array<ArrayBuffer> | null;
};

export type InspectService = {
  frame(
    args: { original: Original; frame: number; preprocessing: Preprocessing },
    context: CallContext<never>,
  ): Promise<RawImage | Skip>;
  /** null: the file can't be read, or is of no series. */
  heading(args: { original: Original }): Promise<SeriesHeading | null>;
  /** All elements of the file's header; null: it is no DICOM file. */
  header(args: { original: Original }): Promise<HeaderTree | Skip | null>;
};

/** An opened file can be large: it is released after this time without a request. */
const FORGET_MS = 60_000;

export function createInspector(): InspectService {
  /** The last opened file: users look at its frames one after the other. */
  let open: { id: string; padding: Padding; file: Decoded | Skip } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const toSlice = { plain: preprocessor(false), antialiased: preprocessor(true) };

  return {
    frame: async ({ original, frame, preprocessing: { antialias, padding } }, { signal }) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        open = null;
      }, FORGET_MS);
      if (open?.id !== original.id || open.padding !== padding) {
        open = { id: original.id, padding, file: await read(original, { padding }) };
      }
      const { file } = open;
      if (isSkip(file)) return file;
      signal.throwIfAborted();
      for await (const found of file.frames(frame)) {
        if (isSkip(found)) return found;
        const slice = toSlice[antialias ? 'antialiased' : 'plain'](found);
        const image = rawImage(found, file, isSkip(slice) ? null : slice);
        return move(image, [image.values.buffer as ArrayBuffer]);
      }
      return { code: 'truncated' };
    },

    heading: async ({ original }) => {
      const ready = await bytesOf(original, {});
      return isSkip(ready) ? null : seriesHeading(ready.bytes);
    },

    header: async ({ original }) => {
      const packed = await packedOf(original);
      const bytes = isSkip(packed) ? packed : await unpack(packed);
      if (isSkip(bytes)) return bytes;
      // The library and the names of all elements, which are rarely asked for.
      const { headerTree } = await import('./header/tree.ts');
      return headerTree(bytes);
    },
  };
}

async function read(original: Original, context: DecodeContext): Promise<Decoded | Skip> {
  const ready = await bytesOf(original, context);
  return isSkip(ready) ? ready : openFile(ready.bytes, ready.context);
}

async function bytesOf(original: Original, context: DecodeContext) {
  const packed = await packedOf(original);
  return isSkip(packed) ? packed : unpackFile(packed, context);
}

async function packedOf(original: Original) {
  const { file, inside } = original;
  const found = inside === null ? { blob: file, range: wholeFile(original) } : await memberOf(file, inside);
  if (isSkip(found)) return found;
  const [packed] = await readFileBytes(found.blob, [found.range]);
  return packed;
}

function wholeFile({ file, header }: Original): ByteRange {
  const range = wholeRange(file);
  return header ? { ...range, header: { blob: header, range: wholeRange(header) } } : range;
}

/** Including the blob that contains it: not the archive itself if that had to be unpacked. */
async function memberOf(archive: Blob, inside: string): Promise<{ blob: Blob; range: ByteRange } | Skip> {
  const found = await findMember(archive, inside);
  if (isSkip(found)) return found;
  const { blob, members } = found.archive;
  const header = headerPaths(found.path)
    .map((path) => members.find((one) => one.path === path))
    .find(Boolean);
  return { blob, range: header ? { ...found.member, header: { blob, range: header } } : found.member };
}

/** Frames negate MONOCHROME1; here the original values are restored, and it is shown inverted. */
function rawImage(frame: Frame, decoded: Decoded, slice: RawImage['slice']): RawImage {
  const { frameCount, windows } = decoded;
  const facts = frameFacts(decoded)(frame.index);
  const inverted = facts.photometric === 'MONOCHROME1';
  const sign = inverted ? -1 : 1;
  const [slope, intercept] = [sign * frame.slope, sign * frame.intercept];
  return {
    rows: frame.rows,
    columns: frame.columns,
    // A copy: the numbers may be a view of the whole file.
    values: frame.values.slice(),
    slope,
    intercept,
    padding: frame.padding ?? null,
    inverted,
    range: valueRange(frame.values, facts, slope, intercept),
    histogram: histogram({ ...frame, slope, intercept }),
    windows: windows?.(frame.index) ?? [],
    frames: frameCount,
    facts,
    slice,
  };
}

function valueRange(
  values: Numbers,
  { bits, signed }: FileFacts,
  slope: number,
  intercept: number,
): RawImage['range'] {
  if (values instanceof Float32Array || values instanceof Float64Array) return null;
  const stored = signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  const [low, high] = stored.map((value) => value * slope + intercept).sort((a, b) => a - b);
  return { low, high };
}
