/** Changes of a run's data since it began: one sentence for each changed dataset. */
import { type FrozenDataset, usedSlices } from './manifest.ts';

/** @param then as the run froze them @param now as they are */
export function dataChanges(then: readonly FrozenDataset[], now: readonly FrozenDataset[]): string[] {
  const keyOf = keysOf([then, now]);
  const before = new Map(then.map((dataset) => [keyOf(dataset), dataset]));
  const after = new Map(now.map((dataset) => [keyOf(dataset), dataset]));
  return [
    ...then.flatMap((old) => sentences(old, after.get(keyOf(old)))),
    ...now
      .filter((dataset) => usedSlices(dataset) > 0 && usedSlices(before.get(keyOf(dataset)) ?? NONE) === 0)
      .map((dataset) => `${nameOf(dataset)} was added to ${dataset.split} (${slices(usedSlices(dataset))}).`),
  ];
}

/** Split by patient, a dataset has a row for each of its splits. */
function keysOf(lists: readonly (readonly FrozenDataset[])[]): (dataset: FrozenDataset) => string {
  const repeated = lists.some((list) => new Set(list.map(({ id }) => id)).size < list.length);
  return ({ id, split }) => (repeated ? `${id} ${split}` : id);
}

const NONE = { counts: {} };

function sentences(old: FrozenDataset, now: FrozenDataset | undefined): string[] {
  const had = usedSlices(old);
  if (had === 0) return [];
  const name = nameOf(now?.name ? now : old);
  if (!now) return [`${name} (${old.split}, ${slices(had)}) was removed.`];
  const has = usedSlices(now);
  const moved = now.split === old.split ? [] : [`${name} was moved from ${old.split} to ${now.split}.`];
  if (now.fingerprint === old.fingerprint) return moved;
  if (has !== had) return [...moved, `${name} has ${slices(has)} that count instead of ${slices(had)}.`];
  return [...moved, `${name} has other slices or labels than then.`];
}

function nameOf({ name }: FrozenDataset): string {
  return name === null ? 'A dataset' : `“${name}”`;
}

function slices(n: number): string {
  return n === 1 ? '1 slice' : `${n.toLocaleString('en-US')} slices`;
}
