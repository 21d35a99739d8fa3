/** The contract of a codec: one compressed frame in, stored numbers out. */

import type { Numbers } from '../bytes/numbers.ts';
import type { Deviation } from '../deviations.ts';
import type { Skip } from '../skip.ts';
import type { FrameSize } from './size.ts';

export type CodedImage = {
  /** `rows`·`columns`·`samples` numbers; a signed array only where the stream itself says so. */
  values: Numbers;
  samples: number;
  /** Colour in three planes rather than side by side. */
  planar: boolean;
  /** Bits a sample has in the stream; null where it leaves that to the header. */
  precision: number | null;
  /** The numbers are only near those that were coded: they may leave the bits that the header stores. */
  lossy: boolean;
  /** Against the rules, and read all the same. */
  deviation?: Deviation | undefined;
  /** The codec turned the stream's colours into RGB, whatever the header calls them. */
  rgb: boolean;
};

/** What the file's header says; bits, colours and planes matter where the stream leaves them open. */
export type Promised = FrameSize & {
  bitsAllocated: number;
  photometric: string;
  planar: boolean;
  /** One channel is enough: a codec that finds luminance apart from colours may leave those out. */
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
