/**
 * A series' description, an LO of at most 64 characters (PS3.5 6.2). It may name a patient, so that it is not among the
 * elements that every reading takes: only a reading that stores nothing asks for it.
 */

import { isSkip } from '../skip.ts';
import { decodeText } from './characterSet.ts';
import { type DataSet, text } from './dataSet.ts';
import { isVr, readElement } from './element.ts';
import { tagAt } from './resume.ts';
import { TAGS } from './tags.ts';
import { walk } from './walk.ts';

/** Series Description. */
const DESCRIPTION = 0x0008103e;
const LONGEST = 64;
/** Bytes of an element before a short value: tag, VR and length, or tag and length. */
const HEAD_BYTES = 8;

/** Elements ascend: the description comes after Modality, which is read. null if the file has none. */
export function seriesDescription(body: DataSet): string | null {
  const before = body.elements.get(TAGS.modality);
  if (!before) return null;
  const from = before.start - HEAD_BYTES;
  const implicit = !isVr(body.bytes, from + 4);
  const at = walk(
    { ...body, elements: new Map(), deviations: [] },
    from,
    implicit,
    (tag) => tag >= DESCRIPTION,
  );
  if (typeof at !== 'number') return null;
  const element = readElement(body, at, implicit);
  if (isSkip(element) || tagAt(body, at) !== DESCRIPTION) return null;
  const value = body.bytes.subarray(element.start, element.start + Math.min(element.length, 4 * LONGEST));
  return decodeText(value, text(body, TAGS.characterSet)).replace(/\0/g, '').trim().slice(0, LONGEST) || null;
}
