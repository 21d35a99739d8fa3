/** Reads slices for the inspector: one at a time, and after a fast scroll only the last one. */
import { useEffect, useRef, useState } from 'react';
import type { Inspection, InspectTarget, Missing } from '../../app/state.ts';
import { useActions } from '../context.ts';

/** The last read slice; it stays visible until the next one arrives. */
export type Reading = { target: InspectTarget; inspection: Inspection | null; failure: Missing | null };

/** @param version changes when the same slice may show more than before */
export function useInspection(
  target: InspectTarget | null,
  version: number,
): { reading: Reading | null; pending: boolean } {
  const actions = useActions();
  const [reading, setReading] = useState<Reading | null>(null);
  const wanted = useRef<InspectTarget | null>(null);
  const busy = useRef(false);
  const key = JSON.stringify(target);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks for the same slice again
  useEffect(() => {
    wanted.current = JSON.parse(key) as InspectTarget | null;
    const read = async () => {
      busy.current = true;
      while (wanted.current) {
        const now: InspectTarget = wanted.current;
        wanted.current = null;
        const read = await actions.inspect(now).then(
          (inspection) => ({ inspection, failure: null }),
          (error: Error & { next?: string }) => ({
            inspection: null,
            failure: { reason: error.message, next: error.next ?? '' },
          }),
        );
        setReading({ target: now, ...read });
      }
      busy.current = false;
    };
    if (!busy.current) void read();
  }, [actions, key, version]);

  return { reading, pending: JSON.stringify(reading?.target ?? null) !== key };
}
