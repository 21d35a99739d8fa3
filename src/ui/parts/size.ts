/** The size of an element's content, kept up to date. */
import { type RefObject, useLayoutEffect, useState } from 'react';

export type Size = { width: number; height: number };

/** Zero until the element is laid out. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const measure = ({ width, height }: Size) =>
      setSize({ width: Math.floor(width), height: Math.floor(height) });
    const watched = element.current!;
    const observer = new ResizeObserver(([entry]) => measure(entry.contentRect));
    observer.observe(watched);
    measure(watched.getBoundingClientRect());
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** Whether an element overflows and so scrolls vertically. */
export function useOverflow(element: RefObject<HTMLElement | null>): boolean {
  const [overflows, setOverflows] = useState(false);
  useLayoutEffect(() => {
    const watched = element.current!;
    const measure = () => setOverflows(watched.scrollHeight > watched.clientHeight + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    // Its own size stays while its contents grow.
    for (const child of watched.children) observer.observe(child);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return overflows;
}
