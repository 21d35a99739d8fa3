/** Shapes that several organs of one trunk use: made once, so that compiled code gets their numbers once, too. */
import type { Frame } from './frame.ts';

/** The same result for the same frame. `make` takes nothing from the frame's dice, or its users would shift them. */
export function shared<Result>(make: (frame: Frame) => Result): (frame: Frame) => Result {
  const known = new WeakMap<Frame, { result: Result }>();
  return (frame) => {
    const before = known.get(frame);
    if (before) return before.result;
    const result = make(frame);
    known.set(frame, { result });
    return result;
  };
}
