/**
 * What a DICOM file says of its series for people: its number and its description. Either may name a patient, so that
 * no reading that stores anything reads the description: only this one and a classification do, for the screen.
 */
import { decimal } from '../dicom/dataSet.ts';
import { seriesDescription } from '../dicom/description.ts';
import { isDicom, parse } from '../dicom/parse.ts';
import { TAGS } from '../dicom/tags.ts';
import { isSkip } from '../skip.ts';

export type SeriesHeading = { number: number | null; description: string | null };

/** null if the file is no DICOM file, or says neither. */
export function seriesHeading(file: Uint8Array): SeriesHeading | null {
  if (!isDicom(file)) return null;
  const opened = parse(file);
  if (isSkip(opened)) return null;
  const { body } = opened;
  const number = body.elements.has(TAGS.seriesNumber) ? (decimal(body, TAGS.seriesNumber) ?? null) : null;
  const description = seriesDescription(body);
  return number === null && description === null ? null : { number, description };
}
