/** Which items of a queue are selected, and which of them is current. */
import type { Queue } from './queue.ts';

export type Selection = {
  /** The item with the focus, from 0. */
  at: number;
  /** The other end of a range. */
  anchor: number;
  /** Places in the queue, the current one among them. */
  items: ReadonlySet<number>;
};

export function only(at: number): Selection {
  return { at, anchor: at, items: new Set([at]) };
}

/** From the anchor to an item: Shift and a click or an arrow. */
export function extended({ anchor }: Selection, at: number): Selection {
  const [from, to] = anchor < at ? [anchor, at] : [at, anchor];
  return { at, anchor, items: new Set(Array.from({ length: to - from + 1 }, (_, i) => from + i)) };
}

/** With or without an item: Ctrl and a click. The last one stays. */
export function toggled({ items, at: current }: Selection, at: number): Selection {
  const next = new Set(items);
  if (!next.delete(at) || next.size === 0) next.add(at);
  return { at: next.has(at) ? at : next.has(current) ? current : [...next][0], anchor: at, items: next };
}

export function everything({ at, anchor }: Selection, length: number): Selection {
  return length === 0 ? only(0) : { at, anchor, items: new Set(Array.from({ length }, (_, i) => i)) };
}

/** The items under a rubber band, `kept` ones beside them. */
export function banded(found: readonly number[], kept: ReadonlySet<number>, before: Selection): Selection {
  const items = new Set([...kept, ...found]);
  if (items.size === 0) return before;
  const at = found.at(-1) ?? before.at;
  return { at: items.has(at) ? at : [...items][0], anchor: found[0] ?? before.anchor, items };
}

/** By a number of items; stays within the queue. */
export function moved({ at }: Selection, by: number, length: number): Selection {
  return only(Math.min(Math.max(0, length - 1), Math.max(0, at + by)));
}

/** To the item after the last selected one: where labelling goes on. At the end it stays. */
export function advanced({ items, at }: Selection, length: number): Selection {
  let last = at;
  for (const item of items) last = Math.max(last, item);
  return only(Math.min(Math.max(0, length - 1), last + 1));
}

/**
 * The selection in another queue of the same list: items that are in it stay selected.
 * @param at the current item of the new queue
 */
export function carried({ items }: Selection, before: Queue, queue: Queue, at: number): Selection {
  if (items.size <= 1 || before.bySlice !== queue.bySlice) return only(at);
  const places = new Map(Array.from(queue.from, (from, item) => [from, item]));
  const kept = [...items].flatMap((item) => places.get(before.from[item]) ?? []);
  return { at, anchor: at, items: new Set([at, ...kept]) };
}
