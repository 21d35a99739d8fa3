/** Counts a dataset's slices by class, file format and body part together. */
import { countedAs } from '../labels/counts.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { FormatName } from '../types.ts';
import type { ShardIndex } from './shard.ts';

export type ClassMix = {
  /** Id of the class; `other`: in no class. */
  label: string;
  format: FormatName;
  /** As the DICOM header states it; null if none does. */
  bodyPart: string | null;
  slices: number;
};

/** Being counted: by dataset id, then by a key of the cell. */
export type Mixes = Map<string, Map<string, ClassMix>>;

/** By dataset id, in order of the words. Removed slices don't count. */
export function countMix(indexes: readonly ShardIndex[], set: LabelSet): Map<string, ClassMix[]> {
  const mixes: Mixes = new Map();
  for (const index of indexes) addMix(mixes, index, set);
  return mixesOf(mixes);
}

export function mixesOf(mixes: Mixes): Map<string, ClassMix[]> {
  return new Map(
    [...mixes].map(([id, cells]) => [
      id,
      [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
    ]),
  );
}

/** Adds the slices of a shard. */
export function addMix(mixes: Mixes, index: ShardIndex, set: LabelSet): void {
  const labels = set.classes.length + 1;
  const width = index.datasets.length;
  const counts = new Uint32Array(index.series.length * width * labels);
  for (let row = 0; row < index.count; row++) {
    if (index.removed[row]) continue;
    const label = Math.min(index.label[row], labels - 1);
    counts[(index.seriesOf[row] * width + index.dataset[row]) * labels + label]++;
  }
  index.series.forEach(({ format, bodyPart }, series) => {
    index.datasets.forEach((id, dataset) => {
      for (let label = 0; label < labels; label++) {
        const slices = counts[(series * width + dataset) * labels + label];
        if (slices === 0) continue;
        const cells = mixes.get(id) ?? new Map<string, ClassMix>();
        mixes.set(id, cells);
        const name = countedAs(set, label);
        const key = `${name}\n${format}\n${bodyPart ?? ''}`;
        const cell = cells.get(key) ?? { label: name, format, bodyPart, slices: 0 };
        cells.set(key, cell);
        cell.slices += slices;
      }
    });
  });
}
