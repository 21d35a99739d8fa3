/** Transfer syntaxes: how a data set is written and which codec its pixels need (PS3.5 section 10, Annex A). */
import type { CodecName } from './codecs/types.ts';

export type Syntax = {
  implicit: boolean;
  littleEndian: boolean;
  deflated: boolean;
  /** null: pixels are written as they are. */
  codec: CodecName | null;
};

const native = { implicit: false, littleEndian: true, deflated: false, codec: null };
const coded = (codec: CodecName): Syntax => ({ ...native, codec });

const SYNTAXES: Readonly<Record<string, Syntax>> = {
  '1.2.840.10008.1.2': { ...native, implicit: true },
  '1.2.840.10008.1.2.1': native,
  '1.2.840.10008.1.2.1.99': { ...native, deflated: true },
  '1.2.840.10008.1.2.2': { ...native, littleEndian: false },
  '1.2.840.10008.1.2.4.50': coded('jpeg'),
  '1.2.840.10008.1.2.4.51': coded('jpeg'),
  '1.2.840.10008.1.2.4.57': coded('jpegLossless'),
  '1.2.840.10008.1.2.4.70': coded('jpegLossless'),
  '1.2.840.10008.1.2.4.80': coded('jpegLs'),
  '1.2.840.10008.1.2.4.81': coded('jpegLs'),
  '1.2.840.10008.1.2.4.90': coded('jpeg2000'),
  '1.2.840.10008.1.2.4.91': coded('jpeg2000'),
  '1.2.840.10008.1.2.4.201': coded('jpeg2000'),
  '1.2.840.10008.1.2.4.202': coded('jpeg2000'),
  '1.2.840.10008.1.2.4.203': coded('jpeg2000'),
  '1.2.840.10008.1.2.5': coded('rle'),
};

export function syntaxOf(uid: string): Syntax | null {
  return Object.hasOwn(SYNTAXES, uid) ? SYNTAXES[uid] : null;
}
