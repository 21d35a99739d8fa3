/** Figures of slices that were altered before the network saw them: requested once, kept while the page is open. */
import { useEffect, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import type { SplitEvaluation } from '../../core/evaluate/evaluation.ts';
import type { AlterationName } from '../../core/image/alterations.ts';
import type { Split } from '../../core/types.ts';
import { useActions } from '../context.ts';

export type Altered =
  | { state: 'judging' }
  | { state: 'failed' }
  | { state: 'judged'; evaluation: SplitEvaluation };

/** null without an alteration. */
export function useAltered(
  run: RunRow,
  split: Split | null,
  alteration: AlterationName | null,
): Altered | null {
  const actions = useActions();
  const [known, setKnown] = useState<Record<string, Altered>>({});
  const key = `${run.id} ${split} ${alteration} ${run.evaluated?.atMs ?? 0}`;
  const wanted = split !== null && alteration !== null;
  const asked = key in known;

  useEffect(() => {
    if (!wanted || asked) return;
    setKnown((before) => ({ ...before, [key]: { state: 'judging' } }));
    void actions.evaluateAltered(run.id, split, alteration).then((evaluation) => {
      const altered: Altered = evaluation ? { state: 'judged', evaluation } : { state: 'failed' };
      setKnown((before) => ({ ...before, [key]: altered }));
    });
  }, [wanted, asked, key, actions, run.id, split, alteration]);

  return wanted ? (known[key] ?? { state: 'judging' }) : null;
}
