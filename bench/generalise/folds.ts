/** Folds of whole datasets, drawn by a seed: each has every class, and as many datasets of it as the others. Pure. */
import { createUnion } from '../../src/core/audit/union.ts';
import { random } from '../../src/core/random.ts';

type Slices = { count: number; label: Uint8Array; dataset: ArrayLike<number>; patient: ArrayLike<number> };

/** A dataset with so many slices of a class counts fully for it. */
const FULL = 20;
const ATTEMPTS = 400;
const STREAM = 0x67656e66;

type Group = { datasets: number[]; weights: Float64Array };

/**
 * The fold of each dataset. Datasets that share a patient are in one fold.
 * @throws if some fold lacks a class whatever is drawn
 */
export function drawFolds(
  slices: Slices,
  { datasets, classes, k, seed }: { datasets: number; classes: number; k: number; seed: number },
): Uint8Array {
  const groups = groupsOf(slices, datasets, classes);
  let best: { cost: number; fold: Uint8Array } | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const drawn = assign(groups, classes, k, seed, attempt);
    if (!best || drawn.cost < best.cost - 1e-9)
      best = { cost: drawn.cost, fold: spread(groups, drawn.foldOf, datasets) };
  }
  const fold = best!.fold;
  const lacking = lackingClasses(slices, fold, classes, k);
  if (lacking.length > 0) throw new Error(`${k} folds cannot all have every class: ${lacking.join(', ')}.`);
  return fold;
}

/** “fold 2 lacks class 1” for each that does. */
export function lackingClasses(
  { count, label, dataset }: Slices,
  fold: Uint8Array,
  classes: number,
  k: number,
): string[] {
  const has = new Set<number>();
  for (let i = 0; i < count; i++) has.add(fold[dataset[i]] * classes + label[i]);
  return Array.from({ length: k * classes }, (_, at) => at)
    .filter((at) => !has.has(at))
    .map((at) => `fold ${Math.floor(at / classes)} lacks class ${at % classes}`);
}

function groupsOf({ count, label, dataset, patient }: Slices, datasets: number, classes: number): Group[] {
  const union = createUnion();
  const first = new Map<number, number>();
  const sizes = new Float64Array(datasets * classes);
  for (let i = 0; i < count; i++) {
    sizes[dataset[i] * classes + label[i]]++;
    const other = first.get(patient[i]);
    if (other === undefined) first.set(patient[i], dataset[i]);
    else union.join(other, dataset[i]);
  }
  const groups = new Map<number, Group>();
  for (let at = 0; at < datasets; at++) {
    const root = union.rootOf(at);
    const group = groups.get(root) ?? { datasets: [], weights: new Float64Array(classes) };
    group.datasets.push(at);
    for (let c = 0; c < classes; c++) group.weights[c] += Math.min(1, sizes[at * classes + c] / FULL);
    groups.set(root, group);
  }
  return [...groups.values()];
}

/** In a drawn order, those with the scarcest classes rather first, each into the fold that has least of its classes. */
function assign(groups: readonly Group[], classes: number, k: number, seed: number, attempt: number) {
  const draw = random(seed, STREAM + attempt);
  const totals = new Float64Array(classes);
  for (const { weights } of groups) for (let c = 0; c < classes; c++) totals[c] += weights[c];
  const scarcity = groups.map(
    ({ weights }) =>
      weights.reduce((sum, weight, c) => sum + weight / Math.max(totals[c], 1e-9), 0) *
      draw.between(0.5, 1.5),
  );
  const order = [...groups.keys()].sort((a, b) => scarcity[b] - scarcity[a]);
  const had = Array.from({ length: k }, () => new Float64Array(classes));
  const foldOf = new Uint8Array(groups.length);
  for (const at of order) {
    const { weights } = groups[at];
    const costs = had.map((own) => {
      let cost = 0;
      for (let c = 0; c < classes; c++) cost += (weights[c] * (2 * own[c] + weights[c])) / totals[c] ** 2;
      return cost + 1e-6 * draw.uniform();
    });
    const best = costs.indexOf(Math.min(...costs));
    foldOf[at] = best;
    for (let c = 0; c < classes; c++) had[best][c] += weights[c];
  }
  let cost = 0;
  for (const own of had) for (let c = 0; c < classes; c++) cost += (own[c] / totals[c]) ** 2;
  return { foldOf, cost };
}

function spread(groups: readonly Group[], foldOf: Uint8Array, datasets: number): Uint8Array {
  const fold = new Uint8Array(datasets);
  groups.forEach((group, at) => {
    for (const dataset of group.datasets) fold[dataset] = foldOf[at];
  });
  return fold;
}
