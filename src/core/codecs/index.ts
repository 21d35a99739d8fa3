/** The registry of codecs, one line each; each codec declares its transfer syntaxes. */
import { deflatedFrame } from './deflatedFrame.ts';
import { encapsulated } from './encapsulated.ts';
import { jpeg } from './jpeg.ts';
import { jpeg2000 } from './jpeg2000.ts';
import { jpegLossless } from './jpegLossless.ts';
import { jpegLs } from './jpegLs.ts';
import { rle } from './rle.ts';
import type { Codec } from './types.ts';

export const CODECS: readonly Codec[] = [
  jpeg,
  jpegLossless,
  jpegLs,
  jpeg2000,
  rle,
  deflatedFrame,
  encapsulated,
];
