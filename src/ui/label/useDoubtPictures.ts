/** The pictures of the doubts in view, read once each. */
import { useEffect, useRef, useState } from 'react';
import type { Doubt } from '../../core/audit/queue.ts';
import type { SliceRef } from '../../core/types.ts';
import { useActions } from '../context.ts';

/** 50 kB each. */
const MOST_KEPT = 400;

export type DoubtPictures = {
  /** undefined until it is read, null if it is damaged. */
  of(ref: SliceRef): Uint8Array | null | undefined;
};

export function useDoubtPictures(visible: readonly Doubt[]): DoubtPictures {
  const actions = useActions();
  const kept = useRef(new Map<string, Uint8Array | null>());
  const asked = useRef(new Set<string>());
  const [, redraw] = useState(0);
  const wanted = visible
    .flatMap(({ show, beside }) => (beside ? [show, beside] : [show]))
    .filter((ref) => !kept.current.has(keyOf(ref)) && !asked.current.has(keyOf(ref)));

  useEffect(() => {
    if (wanted.length === 0) return;
    for (const ref of wanted) asked.current.add(keyOf(ref));
    void actions.doubtPictures(wanted).then(
      (pictures) => {
        for (const [i, ref] of wanted.entries()) {
          asked.current.delete(keyOf(ref));
          kept.current.set(keyOf(ref), pictures[i]);
        }
        for (const key of kept.current.keys()) {
          if (kept.current.size <= MOST_KEPT) break;
          kept.current.delete(key);
        }
        redraw((n) => n + 1);
      },
      // A row without a picture still has its reason.
      () => undefined,
    );
  });

  return { of: (ref) => kept.current.get(keyOf(ref)) };
}

function keyOf({ shard, row }: SliceRef): string {
  return `${shard} ${row}`;
}
