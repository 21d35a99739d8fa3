/** The status of runs in words. It changes with the run in progress and its phase alone: its figures change several times a second. */
import { useMemo } from 'react';
import type { RunRow } from '../app/state.ts';
import { useLab } from './context.ts';
import { statusWords } from './runs.ts';

export function useStatusWords(): (run: RunRow) => string {
  const id = useLab((state) => state.live?.run ?? null);
  const phase = useLab((state) => state.live?.phase ?? null);
  return useMemo(() => {
    const live = id === null || phase === null ? null : { run: id, phase };
    return (run) => statusWords(run, live);
  }, [id, phase]);
}
