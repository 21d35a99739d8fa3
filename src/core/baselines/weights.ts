/** How much each training slice counts: each class the same, and within a class each of its datasets. */
import type { SliceTable } from '../train/table.ts';

/** They add up to the number of slices. */
export function exampleWeights({
  count,
  label,
  dataset,
}: Pick<SliceTable, 'count' | 'label' | 'dataset'>): Float64Array {
  const sizes = new Map<string, number>();
  const datasetsOf = new Map<number, Set<number>>();
  const cell = (i: number) => `${label[i]} ${dataset[i]}`;
  for (let i = 0; i < count; i++) {
    sizes.set(cell(i), (sizes.get(cell(i)) ?? 0) + 1);
    const datasets = datasetsOf.get(label[i]) ?? new Set();
    datasetsOf.set(label[i], datasets.add(dataset[i]));
  }
  const share = count / datasetsOf.size;
  return Float64Array.from(
    { length: count },
    (_, i) => share / datasetsOf.get(label[i])!.size / sizes.get(cell(i))!,
  );
}
