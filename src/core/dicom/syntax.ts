/** Transfer syntaxes: how a data set is written and which codec its pixels need (PS3.5 section 10, Annex A). */
import { CODECS } from './codecs/index.ts';
import type { Codec } from './codecs/types.ts';

export type Syntax = {
  implicit: boolean;
  littleEndian: boolean;
  deflated: boolean;
  /** null: pixels are written as they are. */
  codec: Codec | null;
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

/** Beginnings of UIDs whose pixels nothing here decodes. */
const UNDECODED: readonly (readonly [root: string, name: string])[] = [
  ['1.2.840.10008.1.2.4.10', 'video: MPEG or HEVC'],
  ['1.2.840.10008.1.2.4.11', 'JPEG XL'],
  ['1.2.840.10008.1.2.4.9', 'JPEG 2000 Part 2, or pixels on a server (JPIP)'],
  ['1.2.840.10008.1.2.4.20', 'pixels on a server (JPIP)'],
  ['1.2.840.10008.1.2.4.', 'a retired JPEG process'],
  ['1.2.840.10008.1.2.7.', 'video: uncompressed (SMPTE)'],
];

/** What a transfer syntax without a codec is, in words. */
export function undecodedName(uid: string): string {
  return UNDECODED.find(([root]) => uid.startsWith(root))?.[1] ?? 'unknown transfer syntax';
}

export function syntaxOf(uid: string): Syntax | null {
  return SYNTAXES.get(uid) ?? null;
}
