/** Finds folders that name a class whose files have a DICOM attribute that says otherwise. */
import { UNLISTED } from '../dicom/modalityCode.ts';
import { classAt, type LabelSet, NO_CLASS } from '../labels/labelSet.ts';
import { proposeByFolder, proposeByTag } from '../labels/propose.ts';
import { LABEL_SOURCES } from '../types.ts';
import type { ShardIndex } from './shard.ts';

export type Contradiction = {
  /** Id of the class that the folder names. */
  folder: string;
  /** DICOM's name of the attribute, and its stored value. */
  attribute: string;
  code: string;
  /** Id of the class of the slices, or `other`. */
  label: string;
  slices: number;
};

const TAG = LABEL_SOURCES.indexOf('tag');
const FOLDER = LABEL_SOURCES.indexOf('folder');

/**
 * By dataset id, the most slices first. Removed slices and slices labelled by a user don't count.
 * @param indexes with labels of `set`
 */
export function findContradictions(
  indexes: readonly ShardIndex[],
  set: LabelSet,
): Map<string, Contradiction[]> {
  const found = new Map<string, Map<string, Contradiction>>();
  for (const index of indexes) {
    const sides = index.series.map((facts) => sidesOf(facts, set));
    for (let row = 0; row < index.count; row++) {
      const side = sides[index.seriesOf[row]];
      if (index.removed[row] || !side) continue;
      const label = classAt(set, index.label[row])?.id ?? 'other';
      const byFolder = index.source[row] === FOLDER;
      if (!byFolder && (index.source[row] !== TAG || label === side.folder)) continue;
      const id = index.datasets[index.dataset[row]];
      const byKey = found.get(id) ?? new Map<string, Contradiction>();
      found.set(id, byKey);
      const key = JSON.stringify([side, label]);
      const contradiction = byKey.get(key) ?? { ...side, label, slices: 0 };
      contradiction.slices++;
      byKey.set(key, contradiction);
    }
  }
  return new Map(
    Array.from(found, ([id, byKey]) => [id, [...byKey.values()].sort((a, b) => b.slices - a.slices)]),
  );
}

/** What folder and attribute say of a series; null unless both say something. */
function sidesOf(facts: ShardIndex['series'][number], set: LabelSet) {
  const folder = proposeByFolder(facts, set);
  const tag = proposeByTag(facts, set);
  if (folder === NO_CLASS || tag === null) return null;
  return { folder: set.classes[folder].id, attribute: tag.words, code: tag.value };
}

/** Whether the folder decided the label, as in earlier versions. */
export function isByFolder({ folder, label }: Contradiction): boolean {
  return label === folder;
}

/** A sentence for the user. */
export function contradictionWarning(contradiction: Contradiction, set: LabelSet): string {
  const { folder, attribute, code, label, slices } = contradiction;
  const [lie, their] = slices === 1 ? ['1 slice lies', 'its'] : [`${slices} slices lie`, 'their'];
  const named = (id: string) => set.classes.find((one) => one.id === id)?.name ?? id;
  const says =
    code === UNLISTED
      ? `${their} ${attribute} is none that DICOM defines`
      : `${their} ${attribute} is ${code}`;
  const outcome = isByFolder(contradiction)
    ? `labelled ${named(folder)} by the folder, as earlier versions did`
    : label === 'other'
      ? 'kept without a label, left out of training'
      : `labelled ${named(label)}`;
  return `${lie} in a folder ${named(folder)}, but ${says}: ${outcome}.`;
}
