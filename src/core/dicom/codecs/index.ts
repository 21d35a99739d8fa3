/** The registry of codecs: one line each. Which transfer syntax needs which is in ../syntax.ts. */
import { jpeg } from './jpeg.ts';
import { jpeg2000 } from './jpeg2000.ts';
import { jpegLossless } from './jpegLossless.ts';
import { jpegLs } from './jpegLs.ts';
import { rle } from './rle.ts';
import type { Codec, CodecName } from './types.ts';

export const CODECS: Readonly<Record<CodecName, Codec>> = { jpeg, jpegLossless, jpegLs, jpeg2000, rle };
