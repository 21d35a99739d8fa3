/** What became of a file of a drop: every file has one outcome, so that their numbers add up to the files. */
import { labelOf } from '../dataset/labels.ts';
import { UNLISTED } from '../dicom/modalityCode.ts';
import type { Skip } from '../errors.ts';
import type { IngestOptions } from '../protocol.ts';
import type { Remark } from '../remarks.ts';
import type { Label, SeriesFacts } from '../types.ts';

/**
 * `read`: gave slices that are labelled. `other`: gave slices, kept as “other”. `described`: a description, read for
 * what it says. `skipped`: could not be used.
 */
export const OUTCOMES = ['read', 'other', 'described', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A DICOMDIR is no image by design: it describes the others of its disk, and is no loss. */
export function isDirectory({ code, detail }: Skip): boolean {
  return code === 'dicom-no-pixels' && detail === 'directory';
}

/** What there is to say of how a file's slices are labelled; null where nothing is odd. */
export function labelRemark(
  { modalityTag, folder }: Pick<SeriesFacts, 'modalityTag' | 'folder'>,
  labelMap: IngestOptions['labelMap'],
): Remark | null {
  const { label } = labelOf(modalityTag, folder, labelMap);
  if (modalityTag === null) return label === 'other' ? { code: 'no-label' } : null;
  if (folder !== null && folder !== label) {
    return { code: 'folder-differs', detail: `folder ${folder}, ${words(modalityTag, label)}` };
  }
  return label === 'other' ? { code: 'other-modality', detail: words(modalityTag, label) } : null;
}

function words(code: string, label: Label): string {
  const kept = label === 'other' ? 'kept as “other”' : `labelled ${label}`;
  return `${code === UNLISTED ? 'a Modality that DICOM does not define' : `Modality ${code}`}, ${kept}`;
}
