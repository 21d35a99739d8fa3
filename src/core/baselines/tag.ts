/** The DICOM tag alone: how often each class has a Modality among the training slices. */
import type { Baseline } from './baseline.ts';
import { BASELINE_META } from './meta.ts';

export const TAG: Baseline = {
  meta: BASELINE_META.tag,
  sees: 'header',
  fit({ classes, label, weight }, facts) {
    const all = new Float64Array(classes);
    const byTag = new Map<string, Float64Array>();
    facts.forEach(({ modalityTag }, i) => {
      all[label[i]] += weight[i];
      if (modalityTag === null) return;
      const counts = byTag.get(modalityTag) ?? new Float64Array(classes);
      byTag.set(modalityTag, counts);
      counts[label[i]] += weight[i];
    });
    const prior = normalised(all);
    // Without a tag, or with one that training lacked, it knows no more than how often the classes occur.
    return ({ modalityTag }) => {
      const counts = modalityTag === null ? undefined : byTag.get(modalityTag);
      return counts ? normalised(counts) : prior;
    };
  },
};

export function normalised(counts: Float64Array): Float64Array {
  const sum = counts.reduce((total, n) => total + n, 0);
  return counts.map((n) => n / sum);
}
