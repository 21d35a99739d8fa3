/** The labels of two readers side by side. */
import type { Disagreement } from '../../core/labels/exchange/disagreement.ts';
import { classIndex, type LabelSet, NO_CLASS } from '../../core/labels/labelSet.ts';
import { ClassChip } from './ClassChip.tsx';

/** By reader: “is right”. */
export const READER_KEYS = [',', '.'] as const;

type Props = { set: LabelSet; of: Pick<Disagreement, 'first' | 'second'> };

export function BothReaders({ set, of }: Props) {
  return (
    <>
      {(['first', 'second'] as const).map((reader) => {
        const id = of[reader];
        return (
          <span key={reader} data-testid={`by-${reader}`}>
            {reader === 'first' ? 'First reader: ' : 'Second reader: '}
            <ClassChip set={set} label={id === null ? NO_CLASS : classIndex(set, id)} />
          </span>
        );
      })}
    </>
  );
}

/** "κ +0.012" */
export function costWords(cost: number): string {
  return cost > 0 && cost < 0.0005 ? 'κ < +0.001' : `κ +${Math.max(0, cost).toFixed(3)}`;
}
