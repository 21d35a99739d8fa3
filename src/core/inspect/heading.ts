/**
 * What a DICOM file says of its series for people: its number and its description. Either may name a patient, so that
 * no reading that stores anything reads the description: only this one does, for the screen.
 */
import { type DataSet, decimal } from '../dicom/dataSet.ts';
import { isVr, readElement } from '../dicom/element.ts';
import { isDicom, parse } from '../dicom/parse.ts';
import { tagAt } from '../dicom/resume.ts';
import { TAGS } from '../dicom/tags.ts';
import { walk } from '../dicom/walk.ts';
import { isSkip } from '../skip.ts';

export type SeriesHeading = { number: number | null; description: string | null };

/** Series Description (0008,103E), an LO: at most 64 characters (PS3.5 6.2). */
const DESCRIPTION = 0x0008103e;
const LONGEST = 64;
/** Bytes of an element before a short value: tag, VR and length, or tag and length. */
const HEAD_BYTES = 8;

/** null if the file is no DICOM file, or says neither. */
export function seriesHeading(file: Uint8Array): SeriesHeading | null {
  if (!isDicom(file)) return null;
  const opened = parse(file);
  if (isSkip(opened)) return null;
  const { body } = opened;
  const number = body.elements.has(TAGS.seriesNumber) ? (decimal(body, TAGS.seriesNumber) ?? null) : null;
  const description = descriptionOf(body);
  return number === null && description === null ? null : { number, description };
}

/** Elements ascend: the description comes after Modality, which is read. */
function descriptionOf(body: DataSet): string | null {
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
  return new TextDecoder().decode(value).replace(/\0/g, '').trim().slice(0, LONGEST) || null;
}
