/** The one clock in core: it paces work, times it, and gives it up. No pixel, label or number of a run comes of it. */

/** Milliseconds since some moment: only differences mean something. */
export function elapsedMs(): number {
  // biome-ignore lint/style/noRestrictedGlobals: the one place; everything else that needs the time is given it
  return performance.now();
}
