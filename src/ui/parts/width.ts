/** The width of an element, kept up to date. */
import { type RefObject, useLayoutEffect, useState } from 'react';

export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const watched = element.current!;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(watched);
    setWidth(Math.floor(watched.getBoundingClientRect().width));
    return () => observer.disconnect();
  }, [element]);
  return width;
}
