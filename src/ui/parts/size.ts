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
