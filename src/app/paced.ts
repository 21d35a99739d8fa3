/** Calls what takes ever longer, but not so often that it takes up the page. */

/** After a call that took a second, the next waits ten. */
const REST = 10;

/**
 * A function to call whenever there is something new: it works now, or leaves it to a later call.
 * @param everyMs the least time between the beginnings of two calls @param nowMs any clock that only goes forward
 */
export function paced(work: () => Promise<void>, everyMs: number, nowMs: () => number): () => void {
  let dueMs = nowMs() + everyMs;
  let working = false;
  return () => {
    const begunMs = nowMs();
    if (working || begunMs < dueMs) return;
    working = true;
    const rest = () => {
      working = false;
      dueMs = Math.max(begunMs + everyMs, nowMs() + REST * (nowMs() - begunMs));
    };
    // One that fails is tried anew, and at the end by whoever tells the person.
    work().then(rest, rest);
  };
}
