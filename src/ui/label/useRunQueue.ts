/** The queue of the slices behind a figure of a run, as the address names them. */
import { useEffect, useMemo, useState } from 'react';
import type { Queue } from '../../app/label/queue.ts';
import { runQueue, slicesAt } from '../../app/label/runQueue.ts';
import type { Labelling } from '../../app/label/state.ts';
import type { PredictedQuery, PredictedSlice } from '../../app/predicted.ts';
import { useActions, useLab } from '../context.ts';

const EMPTY: Queue = { length: 0, from: new Uint32Array(), to: new Uint32Array(), bySlice: true };

/** null if the address names no such slices; empty until they are read. */
export function useRunQueue({ list, set }: Pick<Labelling, 'list' | 'set'>): Queue | null {
  const view = useLab((state) => state.view);
  const runs = useLab((state) => state.runs);
  const actions = useActions();
  const query = view.of === undefined ? null : slicesAt(view, runs);
  const key = query && JSON.stringify(query);
  const [read, setRead] = useState<{ key: string; slices: PredictedSlice[] } | null>(null);
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    void actions.predicted(JSON.parse(key) as PredictedQuery).then((slices) => {
      if (wanted) setRead({ key, slices });
    });
    return () => {
      wanted = false;
    };
  }, [actions, key]);
  return useMemo(() => {
    if (key === null) return null;
    return read?.key === key ? runQueue(list, set, read.slices) : EMPTY;
  }, [key, read, list, set]);
}
