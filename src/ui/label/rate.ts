/** How many labels a minute are given, by the last minute of work. */
import { useEffect, useRef, useState } from 'react';

const MINUTE_MS = 60_000;
const DRAWN_MS = 1000;

type Press = { atMs: number; labels: number };

/** From the first press of the last minute until now; null before two presses. */
export function labelsPerMinute(presses: readonly Press[], nowMs: number): number | null {
  const recent = presses.filter(({ atMs }) => nowMs - atMs < MINUTE_MS);
  if (recent.length < 2) return null;
  const labels = recent.slice(1).reduce((sum, press) => sum + press.labels, 0);
  // The pause after the last press counts only once it is longer than those before.
  const worked = recent.at(-1)!.atMs - recent[0].atMs;
  const longest = Math.max(...recent.slice(1).map(({ atMs }, i) => atMs - recent[i].atMs));
  const pause = nowMs - recent.at(-1)!.atMs;
  const ms = worked + (pause > 2 * longest ? pause : 0);
  return ms > 0 ? (labels * MINUTE_MS) / ms : null;
}

export function useRate(): { perMinute: number | null; count(labels: number): void } {
  const presses = useRef<Press[]>([]);
  const [perMinute, setPerMinute] = useState<number | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = performance.now();
      presses.current = presses.current.filter(({ atMs }) => now - atMs < MINUTE_MS);
      setPerMinute(labelsPerMinute(presses.current, now));
    }, DRAWN_MS);
    return () => clearInterval(timer);
  }, []);
  return {
    perMinute,
    count: (labels) => presses.current.push({ atMs: performance.now(), labels }),
  };
}
