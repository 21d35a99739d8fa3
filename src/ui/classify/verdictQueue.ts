/** Classified series as a queue of stacks: their slices are numbered through, in the order of the list. */
import type { Queue } from '../../app/label/queue.ts';
import { only, type Selection } from '../../app/label/selection.ts';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import type { SliceVerdict } from '../../core/classify/verdict.ts';
import { middleOf, type Place } from '../label/useStacks.ts';

export type VerdictQueue = Queue & {
  /** By item. */
  keys: readonly string[];
  slices: readonly (readonly SliceVerdict[])[];
};

/** @returns `before` itself if it is of the same slices in the same order: a correction changes nothing of them */
export function verdictQueue(
  series: readonly Pick<JudgedSeries, 'key' | 'slices'>[],
  before: VerdictQueue | null,
): VerdictQueue {
  const known =
    before?.length === series.length && series.every(({ slices }, i) => slices === before.slices[i]);
  if (before && known) return before;
  const length = series.length;
  const to = new Uint32Array(length);
  series.forEach(({ slices }, i) => {
    to[i] = (to[i - 1] ?? 0) + slices.length;
  });
  return {
    length,
    from: to.map((end, i) => end - series[i].slices.length),
    to,
    bySlice: false,
    keys: series.map(({ key }) => key),
    slices: series.map(({ slices }) => slices),
  };
}

/** The item of a slice, and the slice's place in it. */
export function placeOf({ to, from, length }: Queue, slice: number): { item: number; at: number } {
  let [low, high] = [0, Math.max(0, length - 1)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (to[middle] > slice) high = middle;
    else low = middle + 1;
  }
  return { item: low, at: slice - from[low] };
}

/** Its first series. */
export function first(queue: VerdictQueue): { selection: Selection; slice: number } {
  return { selection: only(0), slice: queue.length === 0 ? 0 : middleOf(queue, 0) };
}

/** Where a changed queue goes on: at the same series, or else at the same place of the list. */
export function keptSeries(
  queue: VerdictQueue,
  { queue: before, selection, slice }: Place<VerdictQueue>,
): { selection: Selection; slice: number } {
  if (queue.length === 0) return first(queue);
  const found = queue.keys.indexOf(before.keys[selection.at] ?? '');
  if (found < 0) {
    const item = Math.min(selection.at, queue.length - 1);
    return { selection: only(item), slice: middleOf(queue, item) };
  }
  const at = slice - before.from[selection.at];
  const same = queue.slices[found] === before.slices[selection.at] && at >= 0;
  return {
    selection: carriedKeys(selection, before, queue, found),
    slice: same ? queue.from[found] + at : middleOf(queue, found),
  };
}

function carriedKeys({ items }: Selection, before: VerdictQueue, queue: VerdictQueue, at: number): Selection {
  const keys = new Set([...items].map((item) => before.keys[item]));
  const kept = queue.keys.flatMap((key, item) => (keys.has(key) ? [item] : []));
  return { at, anchor: at, items: new Set([at, ...kept]) };
}
