/** Finds folders CT, MR, PT or XR whose files have a different DICOM Modality. */
import { UNLISTED } from '../dicom/modalityCode.ts';
import { LABEL_SOURCES, LABELS, type Label, type Modality } from '../types.ts';
import type { ShardIndex } from './shard.ts';

export type Contradiction = {
  folder: Modality;
  /** The stored Modality. */
  code: string;
  /** The label of the slices. */
  label: Label;
  slices: number;
};

const TAG = LABEL_SOURCES.indexOf('tag');
const FOLDER = LABEL_SOURCES.indexOf('folder');

/** By dataset id, the most slices first. Removed slices and slices labelled by a user don't count. */
export function findContradictions(indexes: readonly ShardIndex[]): Map<string, Contradiction[]> {
  const found = new Map<string, Map<string, Contradiction>>();
  for (const index of indexes) {
    for (let row = 0; row < index.count; row++) {
      const { folder, modalityTag: code } = index.series[index.seriesOf[row]];
      if (index.removed[row] || folder === null || code === null) continue;
      const label = LABELS[index.label[row]] ?? 'other';
      const byFolder = index.source[row] === FOLDER;
      if (!byFolder && (index.source[row] !== TAG || label === folder)) continue;
      const id = index.datasets[index.dataset[row]];
      const byKey = found.get(id) ?? new Map<string, Contradiction>();
      found.set(id, byKey);
      const key = `${folder} ${code} ${label}`;
      const contradiction = byKey.get(key) ?? { folder, code, label, slices: 0 };
      contradiction.slices++;
      byKey.set(key, contradiction);
    }
  }
  return new Map(
    Array.from(found, ([id, byKey]) => [id, [...byKey.values()].sort((a, b) => b.slices - a.slices)]),
  );
}

/** Whether the folder decided the label, as in earlier versions. */
export function isByFolder({ folder, label }: Contradiction): boolean {
  return label === folder;
}

/** A sentence for the user. */
export function contradictionWarning(contradiction: Contradiction): string {
  const { folder, code, label, slices } = contradiction;
  const [lie, their] = slices === 1 ? ['1 slice lies', 'its'] : [`${slices} slices lie`, 'their'];
  const says =
    code === UNLISTED ? `${their} Modality is none that DICOM defines` : `${their} Modality is ${code}`;
  const outcome = isByFolder(contradiction)
    ? `labelled ${folder} by the folder, as earlier versions did`
    : label === 'other'
      ? 'kept as “other”, left out of training'
      : `labelled ${label}`;
  return `${lie} in a folder ${folder}, but ${says}: ${outcome}.`;
}
