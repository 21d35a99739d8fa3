/** Remarks on the labels of a file's slices. */
import { labelOf } from '../dataset/labels.ts';
import type { IngestOptions } from '../dataset/options.ts';
import { UNLISTED } from '../dicom/modalityCode.ts';
import type { Remark } from '../remarks.ts';
import type { Label, SeriesFacts } from '../types.ts';

/** The remark on the label of a file's slices; null if there is none. */
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
