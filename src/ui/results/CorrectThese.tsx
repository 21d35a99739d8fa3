/** Opens the Label page with the slices behind a figure as its queue. */
import type { View } from '../../app/route.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';

export function CorrectThese({ set, address }: { set: LabelSet; address: View }) {
  const chosen = useLab((state) => state.labelSet.id);
  const { go, useLabelSet: choose } = useActions();
  const open = async () => {
    // The page shows the labels of the project's chosen set.
    if (chosen !== set.id) await choose(set.id);
    go('label', null, address);
  };
  return (
    <Button
      size="small"
      title="Opens these slices on the Label page; Back returns here"
      onClick={() => void open()}
      data-testid="correct-these"
    >
      Correct these labels
    </Button>
  );
}
