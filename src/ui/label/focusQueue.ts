/** The focus goes back to the queue, where the keys of the Label page are for labels. */
import { useRef } from 'react';

/** On the element of a view that takes it. */
export const QUEUE = { 'data-queue': '' } as const;

export function focusQueue(): void {
  document.querySelector<HTMLElement>('[data-queue]')?.focus({ preventScroll: true });
}

/** For a view that opens: whoever is choosing in a field or among radio buttons goes on there. */
export function takeFocus(element: HTMLElement | null): void {
  if (!document.activeElement?.matches('input, select, textarea')) element?.focus({ preventScroll: true });
}

/** For a field: a choice by mouse gives the focus back, one by keyboard may be only a step on the way to another. */
export function useFieldFocus() {
  const byKey = useRef(false);
  return {
    handlers: {
      onKeyDown: () => {
        byKey.current = true;
      },
      onPointerDown: () => {
        byKey.current = false;
      },
      onBlur: () => {
        byKey.current = false;
      },
    },
    chosen: () => {
      if (!byKey.current) focusQueue();
    },
  };
}
