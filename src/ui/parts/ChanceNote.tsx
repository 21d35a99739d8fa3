/** Explains figures that are worse than guessing: they say more of the data than of the model. */
import { MODALITIES, type Split } from '../../core/types.ts';
import { percent, roughPercent } from '../format.ts';
import { Callout } from './Message.tsx';

const CHANCE = 1 / MODALITIES.length;

/** @param balanced balanced accuracy; null where it isn't known */
export function ChanceNote({ split, balanced }: { split: Split; balanced: number | null }) {
  if (split === 'train' || balanced === null || balanced >= CHANCE) return null;
  return (
    <Callout
      tone="info"
      title={`On ${split} the model does worse than guessing: ${percent(balanced)} balanced, where guessing gives ${roughPercent(CHANCE)}.`}
      testId="chance-note"
    >
      <p>
        Its datasets look unlike those in train: few or odd slices, another scanner or a phantom. This says
        little of how it does on others. Compare with other splits, look at the wrong slices, or put datasets
        of the same kinds into train and {split}.
      </p>
    </Callout>
  );
}
