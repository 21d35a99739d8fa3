/** Transfer syntaxes: how a data set is written and which codec its pixels need (PS3.5 section 10, Annex A). */

import { CODECS } from '../codecs/index.ts';
import { jpeg } from '../codecs/jpeg.ts';
import type { Codec } from '../codecs/types.ts';
import type { Deviation } from '../deviations.ts';

export type Syntax = {
  implicit: boolean;
  littleEndian: boolean;
  deflated: boolean;
  /** null: pixels are native. */
  codec: Codec | null;
  /** Violations of today's standard that are tolerated. */
  deviation?: Deviation;
  /** Only the pixels are big endian. */
  bigEndianPixels?: boolean;
};

const NATIVE: Syntax = { implicit: false, littleEndian: true, deflated: false, codec: null };

const SYNTAXES: ReadonlyMap<string, Syntax> = new Map([
  ['1.2.840.10008.1.2', { ...NATIVE, implicit: true }],
  ['1.2.840.10008.1.2.1', NATIVE],
  ['1.2.840.10008.1.2.1.99', { ...NATIVE, deflated: true }],
  ['1.2.840.10008.1.2.2', { ...NATIVE, littleEndian: false }],
  ...CODECS.flatMap((codec) =>
    codec.meta.syntaxes.map((uid): [string, Syntax] => [uid, { ...NATIVE, codec }]),
  ),
]);

/**
 * JPEG processes that were retired in 2001 (PS3.5-2001 Annex F): 52 to 56 with DCT, the others lossless or
 * hierarchical. The stream's own markers decide; arithmetic-coded and hierarchical streams become a named Skip.
 */
const RETIRED = /^1\.2\.840\.10008\.1\.2\.4\.(5[2-689]|6[0-6])$/;

/** GE's own syntax: implicit VR little endian, and pixels big endian. */
const GE_BIG_ENDIAN = '1.2.840.113619.5.2';

/** Prefixes of UIDs whose pixels cannot be decoded here. */
const UNDECODED: readonly (readonly [root: string, name: string])[] = [
  ['1.2.840.10008.1.2.4.10', 'video: MPEG or HEVC'],
  ['1.2.840.10008.1.2.4.11', 'JPEG XL'],
  ['1.2.840.10008.1.2.4.9', 'JPEG 2000 Part 2, or pixels on a server (JPIP)'],
  ['1.2.840.10008.1.2.4.20', 'pixels on a server (JPIP)'],
  ['1.2.840.10008.1.2.4.', 'unknown transfer syntax'],
  ['1.2.840.10008.1.2.7.', 'video: uncompressed (SMPTE)'],
];

/** The name of a transfer syntax without a codec. */
export function undecodedName(uid: string): string {
  return UNDECODED.find(([root]) => uid.startsWith(root))?.[1] ?? 'unknown transfer syntax';
}

export function syntaxOf(uid: string): Syntax | null {
  if (RETIRED.test(uid)) return { ...NATIVE, codec: jpeg, deviation: 'retired-syntax' };
  if (uid === GE_BIG_ENDIAN)
    return { ...NATIVE, implicit: true, bigEndianPixels: true, deviation: 'private-syntax' };
  return SYNTAXES.get(uid) ?? (isPrivate(uid) ? { ...NATIVE, deviation: 'private-syntax' } : null);
}

/**
 * UID roots of makers (GE, Philips, Siemens, Canon, Agfa) and Papyrus: their own syntaxes are the standard's little
 * endian under another name, and the markers of pixels in fragments show their codec.
 */
const MAKERS = [
  '1.2.840.113619.',
  '1.3.46.670589.',
  '1.3.12.2.1107.',
  '1.2.392.200036.',
  '1.2.124.113532.',
  '1.3.51.',
  '1.2.840.10008.1.20',
];

function isPrivate(uid: string): boolean {
  return MAKERS.some((root) => uid.startsWith(root));
}
