/** The contract of a codec: one compressed frame in, stored numbers out. */

import type { Numbers } from '../bytes/numbers.ts';
import type { Deviation } from '../deviations.ts';
import type { Skip } from '../skip.ts';
import type { FrameSize } from './size.ts';

export type CodedImage = {
  /** `rows`·`columns`·`samples` numbers; a signed array only if the stream itself is signed. */
  values: Numbers;
  samples: number;
  /** Colour in three planes rather than side by side. */
  planar: boolean;
  /** Bits per sample in the stream; null if the stream does not say. */
  precision: number | null;
  /** Lossy: the numbers may exceed the bits that the header stores. */
  lossy: boolean;
  /** Violations of the standard that were tolerated. */
  deviation?: Deviation | undefined;
  /** The codec converted the stream's colours to RGB, regardless of the header. */
  rgb: boolean;
};

/** Values of the file's header; bits, colours and planes matter if the stream does not define them. */
export type Promised = FrameSize & {
  bitsAllocated: number;
  photometric: string;
  planar: boolean;
  /** One channel is enough: a codec whose luminance is separate from colours may omit the colours. */
  luminance?: boolean;
};

export type Codec = {
  meta: {
    name: string;
    label: string;
    /** UIDs of the transfer syntaxes it decodes (PS3.5 section 10). */
    syntaxes: readonly string[];
  };
  /** May throw on a damaged stream. */
  decode(bytes: Uint8Array, promised: Promised): Promise<CodedImage | Skip>;
};
