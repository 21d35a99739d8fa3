/** Drags datasets from the table to a split of the chart: with a mouse anywhere on a row, with a finger by its grip. */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { SPLITS, type Split } from '../../core/types.ts';

/** So far a press is no drag. */
const STILL_PX = 6;
/** The words beside the pointer, at their widest. */
const GHOST_PX = 280;

/** `over`: the split under the pointer. */
export type Dragged = { ids: readonly string[]; over: Split | null };

export type SplitDrag = {
  /** null while nothing is dragged. */
  dragged: Dragged | null;
  /** Follows the pointer. */
  ghost: RefObject<HTMLDivElement | null>;
  /** A press that may become a drag of these datasets. */
  press(event: PointerEvent<HTMLElement>, ids: readonly string[]): void;
};

/** @param onEnd `split`: where they were dropped; null: nowhere */
export function useSplitDrag(onEnd: (ids: readonly string[], split: Split | null) => void): SplitDrag {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const press = (event: PointerEvent<HTMLElement>, ids: readonly string[]) => {
    const { clientX, clientY, pointerId } = event;
    if (event.button !== 0 || !event.isPrimary || !maybeDrag(event)) return;
    const aborter = new AbortController();
    const { signal } = aborter;
    let now: Dragged | null = null;
    const show = (next: Dragged | null) => {
      if (now?.over !== next?.over || (now === null) !== (next === null)) setDragged(next);
      now = next;
    };
    const end = (split: Split | null) => {
      aborter.abort();
      stop.current = null;
      const was = now;
      show(null);
      if (was) onEnd(was.ids, split);
    };
    stop.current?.();
    stop.current = () => aborter.abort();
    const of = (handle: (event: globalThis.PointerEvent) => void) => (event: globalThis.PointerEvent) => {
      if (event.pointerId === pointerId) handle(event);
    };
    const move = (event: globalThis.PointerEvent) => {
      if (!now && Math.hypot(event.clientX - clientX, event.clientY - clientY) < STILL_PX) return;
      if (!now) begin();
      show({ ids, over: splitAt(event) });
      // Not drawn yet at the first move: the next one places it.
      const left = Math.min(event.clientX, window.innerWidth - GHOST_PX);
      ghost.current?.style.setProperty('translate', `${left}px ${event.clientY}px`);
    };
    window.addEventListener('pointermove', of(move), { signal });
    window.addEventListener(
      'pointerup',
      of((event) => end(splitAt(event))),
      { signal },
    );
    window.addEventListener(
      'pointercancel',
      of(() => end(null)),
      { signal },
    );
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !now) return;
      // The table would choose none.
      event.stopPropagation();
      event.preventDefault();
      end(null);
    };
    window.addEventListener('keydown', onKey, { signal, capture: true });
  };
  return { dragged, ghost, press };
}

/** A finger scrolls the table, except by the grip; a press in a field is for the field. */
function maybeDrag({ target, pointerType }: PointerEvent<HTMLElement>): boolean {
  if (!(target instanceof Element) || target.closest('input, select, button')) return false;
  return pointerType === 'mouse' || target.closest('[data-grip]') !== null;
}

function begin(): void {
  getSelection()?.removeAllRanges();
  document.querySelector('[data-drop]')?.parentElement?.scrollIntoView({ block: 'nearest' });
}

function splitAt({ clientX, clientY }: globalThis.PointerEvent): Split | null {
  const target = document.elementFromPoint(clientX, clientY)?.closest('[data-drop]');
  const split = target instanceof HTMLElement ? target.dataset.drop : undefined;
  return SPLITS.find((one) => one === split) ?? null;
}
