/** What every format gives: a file is decoded to frames, a frame is one 2-D image of numbers. */

import type { Deviation } from '../deviations.ts';
import type { Frame, Padding } from '../image/frame.ts';
import type { Window } from '../image/window.ts';
import type { Skip } from '../skip.ts';
import type { SeriesFacts } from '../types.ts';
import type { FormatMeta } from './meta.ts';

/** Identifiers as written in the file, '' where absent. They live in memory only and are stored as HMACs. */
export type Identity = { patient: string; study: string; series: string; instance: string };

/** The allow-list of what is remembered of a file, before identifiers are hashed. */
export type KeptFacts = Omit<SeriesFacts, 'series' | 'patient' | 'patientFrom' | 'folder'>;

/**
 * What is said of a file while it is open. Deviations are shown and not stored; those that only decoding finds are
 * added as frames are decoded.
 */
export type FileFacts = KeptFacts & { deviations: readonly Deviation[] };

/**
 * An opened file. `frames` decodes lazily, one at a time, from the first or the one asked for; a frame that fails
 * is a Skip and the rest goes on.
 */
export type Decoded = {
  identity: Identity;
  facts: FileFacts;
  frameCount: number;
  /** What lies beyond these frames and is not read: too many of them, or the file ends before. */
  left?: Skip | null;
  /** DICOM SeriesNumber (0020,0011); only files of a series have one. Shown while a folder is classified, never stored. */
  seriesNumber?: number | null;
  /** What of the facts is a frame's own, where frames may differ. */
  kindOf?(frame: number): Pick<FileFacts, 'imageType' | 'burnedInRisk'>;
  /** Windows that the file names for a frame, in modality values before MONOCHROME1 is negated. */
  windows?(frame: number): Window[];
  frames(from?: number): AsyncIterable<Frame | Skip>;
};

export type DecodeContext = {
  /** Left out unless a caller says otherwise. */
  padding?: Padding;
  /** The other file of an image in two (`meta.pair`); null where its name says so and none is there. */
  header?: Uint8Array | null;
  /** The bytes are the beginning of a file that is too large to be unpacked. */
  beginning?: boolean;
  signal?: AbortSignal;
};

/** Bytes of a whole file, or a gzip stream that is too large to be inflated at once. */
export type PixelSource = { bytes: Uint8Array } | { gzip: Uint8Array };

/** An image whose header has been read, and whose pixels lie behind it or in another file. */
export type PixelReader = {
  /** Of the file that holds the pixels, inflated. */
  bytes: number;
  open(source: PixelSource, context: DecodeContext): Decoded | Skip;
};

export type Format = {
  /** Its entry in meta.ts. */
  meta: FormatMeta;
  /** Looks at the first bytes (4 KB or the whole file). */
  sniff(head: Uint8Array): boolean;
  /** Takes the whole file. Bad input is a Skip, never an exception. */
  decode(bytes: Uint8Array, context: DecodeContext): Promise<Decoded | Skip>;
  /** Of a file's first bytes, where they tell enough to read the rest from a gzip stream; else null. */
  readHead?(head: Uint8Array): PixelReader | null;
  /** What a header of an image in two files (`meta.pair`) says; null where the file is none of this format. */
  readHeader?(header: Uint8Array): PixelReader | Skip | null;
};

/** A preprocessed slice as decodeFile yields it. Slices of a file that have the same facts share one object. */
export type DecodedSlice = {
  /** SLICE_SIDE² uint8. */
  slice: Uint8Array<ArrayBuffer>;
  facts: FileFacts;
  identity: Identity;
  frame: number;
  instanceNumber: number | null;
  seriesNumber?: number | null;
};

export type DecodeOptions = DecodeContext & {
  /** Area averaging where the image shrinks, instead of the paper's plain bilinear. */
  antialias: boolean;
};
