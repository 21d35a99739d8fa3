/** The shown run beside each run that it is compared with: the same slices, and whether the difference is chance. */
import { useEffect, useState } from 'react';
import type { RunPair } from '../../app/corrections.ts';
import type { RunRow } from '../../app/state.ts';
import type { Split } from '../../core/types.ts';
import { useActions } from '../context.ts';
import { PairPanel } from './PairPanel.tsx';

/** More fill the page, and the results are below them. */
const MOST_OPEN = 2;

type Props = { run: RunRow; others: readonly RunRow[]; split: Split };

export function RunPairs({ run, others, split }: Props) {
  const folded = others.length > MOST_OPEN;
  return others.map((other) => <Pair key={other.id} run={run} other={other} split={split} folded={folded} />);
}

type PairProps = { run: RunRow; other: RunRow; split: Split; folded: boolean };

function Pair({ run, other, split, folded }: PairProps) {
  const found = usePair(run, other, split);
  if (!found) return null;
  const words = {
    title: `Beside ${other.title}`,
    names: ['It', 'This run'],
    only: ['right only there', 'right only here'],
  } as const;
  return (
    <PairPanel run={run.id} found={found} split={split} words={words} testId="run-pair" folded={folded} />
  );
}

/** Compared again where the figures of one of the two have changed. */
function usePair(run: RunRow, other: RunRow, split: Split): RunPair | null {
  const actions = useActions();
  const [found, setFound] = useState<RunPair | null>(null);
  const times = `${other.evaluated?.atMs} ${run.evaluated?.atMs}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another evaluation has other predictions
  useEffect(() => {
    let wanted = true;
    setFound(null);
    void actions.compareRuns(run.id, other.id, split).then((compared) => {
      if (wanted) setFound(compared ?? null);
    });
    return () => {
      wanted = false;
    };
  }, [actions, run.id, other.id, split, times]);
  return found;
}
