/** The contract of formats: a file is decoded to frames; a frame is one 2-D image of numbers. */

import type { Deviation } from '../deviations.ts';
import type { Frame, Padding } from '../image/frame.ts';
import type { Window } from '../image/window.ts';
import type { Skip } from '../skip.ts';
import type { SeriesFacts } from '../types.ts';
import type { FormatMeta } from './meta.ts';

/** Identifiers as written in the file, '' where absent. They live in memory only and are stored as HMACs. */
export type Identity = { patient: string; study: string; series: string; instance: string };

/** What a file says of its series for people: shown, never stored. */
export type Heading = {
  /** Series Description (0008,103E), which may name a patient. */
  description: string | null;
  /** Its SOP class, if dicom/storageClass.ts has it. */
  objectClass: string | null;
};

/** The allow-list of a file's stored facts, before identifiers are hashed. */
export type KeptFacts = Omit<SeriesFacts, 'series' | 'patient' | 'patientFrom' | 'folders'>;

/**
 * Notes on a file while it is open. Deviations are shown and not stored; those found only by decoding are
 * added as frames are decoded.
 */
export type FileFacts = KeptFacts & { deviations: readonly Deviation[] };

/**
 * An opened file. `frames` decodes lazily, one at a time, from the first or the requested one; a frame that fails
 * is a Skip and the rest continues.
 */
export type Decoded = {
  identity: Identity;
  facts: FileFacts;
  frameCount: number;
  /** The skip for frames that are not read: too many, or the file ends early. */
  left?: Skip | null;
  /** DICOM SeriesNumber (0020,0011); only files of a series have one. Shown while a folder is classified, never stored. */
  seriesNumber?: number | null;
  /** Only if the context asks for it. */
  heading?: Heading;
  /** Facts of a single frame, if frames may differ. */
  kindOf?(frame: number): Pick<FileFacts, 'imageType' | 'burnedInRisk'>;
  /** Windows of the file for a frame, in modality values before MONOCHROME1 is negated. */
  windows?(frame: number): Window[];
  frames(from?: number): AsyncIterable<Frame | Skip>;
  /** Whether a frame is only reached through those before it. */
  streamed?: boolean;
};

/** What a file says before its pixels are read. */
export type Beginning = Pick<Decoded, 'identity' | 'facts' | 'left' | 'seriesNumber' | 'heading'> & {
  frames: number;
  instanceNumber: number | null;
  /** Along the normal of its plane, in mm. */
  position: number | null;
};

export type DecodeContext = {
  /** Excluded unless a caller says otherwise. */
  padding?: Padding;
  /** Whether the file's heading is read, and whether it has colours: only where nothing is stored. */
  heading?: boolean;
  /** The second file of a two-file image (`meta.pair`); null if its name requires one and it is missing. */
  header?: Uint8Array | null;
  /** Whether the bytes are the beginning of a file that is too large to be unpacked. */
  beginning?: boolean;
  signal?: AbortSignal;
};

/** Bytes of a whole file, or a gzip stream that is too large to be inflated at once. */
export type PixelSource = { bytes: Uint8Array } | { gzip: Uint8Array };

/** An image with a parsed header, whose pixels follow it or are in another file. */
export type PixelReader = {
  /** Inflated bytes of the file with the pixels. */
  bytes: number;
  open(source: PixelSource, context: DecodeContext): Decoded | Skip;
};

export type Format = {
  /** Its entry in meta.ts. */
  meta: FormatMeta;
  /** Checks the first bytes (4 KB or the whole file). */
  sniff(head: Uint8Array): boolean;
  /** Takes the whole file. Bad input is a Skip, never an exception. */
  decode(bytes: Uint8Array, context: DecodeContext): Promise<Decoded | Skip>;
  /** Opens a file from its first bytes, if they suffice to read the rest from a gzip stream; else null. */
  readHead?(head: Uint8Array): PixelReader | null;
  /** Parses the header of a two-file image (`meta.pair`); null if it is not of this format. */
  readHeader?(header: Uint8Array): PixelReader | Skip | null;
};

/** A preprocessed slice, yielded by decodeFile. Slices of a file with equal facts share one object. */
export type DecodedSlice = {
  /** SLICE_SIDE² uint8. */
  slice: Uint8Array<ArrayBuffer>;
  facts: FileFacts;
  identity: Identity;
  frame: number;
  instanceNumber: number | null;
  seriesNumber?: number | null;
  heading?: Heading;
  /** Frames of its file. */
  frameCount?: number;
  /** See Frame. */
  colourful?: boolean;
};

export type DecodeOptions = DecodeContext & {
  /** These alone, ascending, or so many spread over the file; absent: all. */
  chosen?: readonly number[] | { spread: number };
  /** Area averaging if the image shrinks, instead of the paper's plain bilinear. */
  antialias: boolean;
};
