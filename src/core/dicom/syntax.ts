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

export function syntaxOf(uid: string): Syntax | null {
  return SYNTAXES.get(uid) ?? null;
}
