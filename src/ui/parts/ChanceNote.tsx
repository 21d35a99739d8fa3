/** Explains figures that are worse than guessing: they say more of the data than of the model. */
import { MODALITIES, type Split } from '../../core/types.ts';
import { percent, roughPercent } from '../format.ts';
import { Callout } from './Message.tsx';

const CHANCE = 1 / MODALITIES.length;

/** Right in fewer of the slices it was trained on, a model has learned too little for its other figures to say more. */
const LEARNED = 0.5;

type Props = {
  split: Split;
  /** Balanced accuracy; null where it isn't known. */
  balanced: number | null;
  /** Accuracy on train; null where it isn't known. */
  train: number | null;
};

export function ChanceNote({ split, balanced, train }: Props) {
  if (split === 'train' || balanced === null || balanced >= CHANCE) return null;
  return (
    <Callout
      tone="info"
      title={`On ${split} the model does worse than guessing: ${percent(balanced)} balanced, where guessing gives ${roughPercent(CHANCE)}.`}
      testId="chance-note"
    >
      {train !== null && train < LEARNED ? (
        <p>
          On train it is right in {percent(train)} only: it has learned too little yet. Train for more epochs,
          or try another learning rate.
        </p>
      ) : (
        <p>
          Its datasets look unlike those in train: few or odd slices, another scanner or a phantom. This says
          little of how it does on others. Compare with other splits, look at the wrong slices, or put
          datasets of the same kinds into train and {split}.
        </p>
      )}
    </Callout>
  );
}
