/** Several rows of a table chosen at once: with a press, with Shift for all between, and with keys. */
import { useRef, useState } from 'react';

export type Chosen = {
  /** Those that are shown, in the order of the table. */
  ids: readonly string[];
  has(id: string): boolean;
  /** Adds the row, or takes it out. `range`: the rows from the last one to this one are added. */
  press(id: string, range?: boolean): void;
  all(): void;
  clear(): void;
};

/** @param shown ids in the order of the table: hidden rows are never among the chosen */
export function useChosen(shown: readonly string[]): Chosen {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  return {
    ids: shown.filter((id) => picked.has(id)),
    has: (id) => picked.has(id),
    press: (id, range = false) => {
      const from = anchor.current;
      setPicked((now) => (range && from !== null ? between(now, shown, from, id) : toggled(now, id)));
      if (!range || from === null) anchor.current = id;
    },
    all: () => setPicked(new Set(shown)),
    clear: () => {
      anchor.current = null;
      setPicked(new Set());
    },
  };
}

/** With all rows from one to the other; a row that is no longer shown is the other itself. */
export function between(
  now: ReadonlySet<string>,
  shown: readonly string[],
  from: string,
  to: string,
): ReadonlySet<string> {
  const end = shown.indexOf(to);
  if (end < 0) return now;
  const start = shown.includes(from) ? shown.indexOf(from) : end;
  return new Set([...now, ...shown.slice(Math.min(start, end), Math.max(start, end) + 1)]);
}

export function toggled(now: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(now);
  if (!next.delete(id)) next.add(id);
  return next;
}
