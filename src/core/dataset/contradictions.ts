/** Where a folder CT, MR, PT or XR and the DICOM Modality of the files in it say different things. */
import { UNLISTED } from '../dicom/modalityCode.ts';
import { LABEL_SOURCES, LABELS, type Label, type Modality } from '../types.ts';
import type { ShardIndex } from './shard.ts';

export type Contradiction = {
  folder: Modality;
  /** The Modality, as it is kept. */
  code: string;
  /** What the slices are labelled. */
  label: Label;
  slices: number;
};

const TAG = LABEL_SOURCES.indexOf('tag');
const FOLDER = LABEL_SOURCES.indexOf('folder');

/** By dataset's id, the most slices first. Removed slices don't count, nor do those that a user labelled. */
export function findContradictions(indexes: readonly ShardIndex[]): Map<string, Contradiction[]> {
  const found = new Map<string, Map<string, Contradiction>>();
  for (const index of indexes) {
    for (let row = 0; row < index.count; row++) {
      const { folder, modalityTag: code } = index.series[index.seriesOf[row]];
      if (index.removed[row] || folder === null || code === null) continue;
      const label = LABELS[index.label[row]];
      const byFolder = index.source[row] === FOLDER;
      if (!byFolder && (index.source[row] !== TAG || label === folder)) continue;
      const id = index.datasets[index.dataset[row]];
      const own = found.get(id) ?? new Map<string, Contradiction>();
      found.set(id, own);
      const key = `${folder} ${code} ${label}`;
      const one = own.get(key) ?? { folder, code, label, slices: 0 };
      one.slices++;
      own.set(key, one);
    }
  }
  return new Map(
    Array.from(found, ([id, own]) => [id, [...own.values()].sort((a, b) => b.slices - a.slices)]),
  );
}

/** Whether the folder had its way: only slices of earlier versions are so. */
export function isByFolder({ folder, label }: Contradiction): boolean {
  return label === folder;
}

/** A sentence for the person. */
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
