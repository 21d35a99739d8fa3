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
    if (event.button !== 0 || !event.isPrimary || !maybeDrag(event)) return;
    const { clientX, clientY, pointerId } = event;
    const aborter = new AbortController();
    let isDrag = false;
    const finish = () => {
      aborter.abort();
      stop.current = null;
      setDragged(null);
    };
    const end = (split: Split | null) => {
      finish();
      if (isDrag) onEnd(ids, split);
    };
    const move = (at: globalThis.PointerEvent) => {
      if (!isDrag && Math.hypot(at.clientX - clientX, at.clientY - clientY) < STILL_PX) return;
      if (!isDrag) begin();
      isDrag = true;
      const over = splitAt(at);
      setDragged((before) => (before?.over === over ? before : { ids, over }));
      // Not drawn yet at the first move: the next one places it.
      const left = Math.min(at.clientX, window.innerWidth - GHOST_PX);
      ghost.current?.style.setProperty('translate', `${left}px ${at.clientY}px`);
    };
    const cancel = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || !isDrag) return;
      // The table would choose none.
      key.stopPropagation();
      key.preventDefault();
      end(null);
    };
    const follow = (name: 'pointermove' | 'pointerup' | 'pointercancel', handle: typeof move) =>
      window.addEventListener(name, (at) => at.pointerId === pointerId && handle(at), {
        signal: aborter.signal,
      });
    stop.current?.();
    stop.current = finish;
    follow('pointermove', move);
    follow('pointerup', (at) => end(splitAt(at)));
    follow('pointercancel', () => end(null));
    window.addEventListener('keydown', cancel, { signal: aborter.signal, capture: true });
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
