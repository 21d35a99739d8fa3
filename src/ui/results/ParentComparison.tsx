/** A run beside the one that it repeats on corrected labels: the same slices, today's labels, and whether it is chance. */
import { useEffect, useState } from 'react';
import type { RunPair } from '../../app/corrections.ts';
import type { RunRow } from '../../app/state.ts';
import type { Split } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { PairPanel } from './PairPanel.tsx';

type Props = { run: RunRow; split: Split };

const WORDS = {
  title: 'Before and after the corrections',
  names: ['Before', 'After'],
  only: ['right only before', 'right only after'],
} as const;

export function ParentComparison({ run, split }: Props) {
  const found = useComparison(run, split);
  return (
    found && <PairPanel run={run.id} found={found} split={split} words={WORDS} testId="parent-comparison" />
  );
}

/** Compared again where the labels, or the figures of one of the two, have changed. */
function useComparison(run: RunRow, split: Split): RunPair | null {
  const actions = useActions();
  const datasets = useLab((state) => state.datasets);
  const parent = useLab((state) => state.runs.find(({ id }) => id === run.parent?.run));
  const [found, setFound] = useState<RunPair | null>(null);
  const times = `${parent?.id} ${parent?.evaluated?.atMs} ${run.evaluated?.atMs}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: changed datasets may mean changed labels
  useEffect(() => {
    let wanted = true;
    setFound(null);
    if (run.parent) {
      void actions.compareWithParent(run.id, split).then((compared) => {
        if (wanted) setFound(compared);
      });
    }
    return () => {
      wanted = false;
    };
  }, [actions, run.id, run.parent?.run, split, datasets, times]);
  return found;
}
