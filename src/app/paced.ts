/** Limits how often a function runs whose duration grows, so that it does not block the page. */

/** After a call that took a second, the next waits ten. */
const REST = 10;

/**
 * A function to call on every change: it runs `work` now, or leaves it to a later call.
 * @param everyMs minimum time between the starts of two runs @param nowMs any monotonic clock
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
    // A failed run is retried later; at the end its error reaches the user.
    work().then(rest, rest);
  };
}
