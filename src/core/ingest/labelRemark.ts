/** Remarks on the labels of a file's slices. */
import { UNLISTED } from '../dicom/modalityCode.ts';
import { type LabelSet, NO_CLASS } from '../labels/labelSet.ts';
import { proposeByFolder, proposeByTag } from '../labels/propose.ts';
import type { Remark } from '../remarks.ts';
import type { SeriesFacts } from '../types.ts';

/**
 * The remark on the label of a file's slices; null if there is none.
 * @param set the default one: the remarks speak of DICOM's Modality
 */
export function labelRemark(facts: SeriesFacts, set: LabelSet): Remark | null {
  const folder = proposeByFolder(facts, set);
  const tag = proposeByTag(facts, set);
  if (tag === null) return folder === NO_CLASS ? { code: 'no-label' } : null;
  const name = set.classes[tag.label]?.name ?? null;
  if (folder !== NO_CLASS && folder !== tag.label) {
    const detail = `folder ${set.classes[folder].name}, ${words(tag.value, name)}`;
    return { code: 'folder-differs', detail };
  }
  return name === null ? { code: 'other-modality', detail: words(tag.value, name) } : null;
}

function words(code: string, label: string | null): string {
  const kept = label === null ? 'kept without a label' : `labelled ${label}`;
  return `${code === UNLISTED ? 'a Modality that DICOM does not define' : `Modality ${code}`}, ${kept}`;
}
