/** Explains figures that are worse than guessing: they tell more about the data than about the model. */
import type { Split } from '../../core/types.ts';
import { percent, roughPercent } from '../format.ts';
import { Callout } from './Message.tsx';

/** Below this accuracy on train, a model has learned too little for its other figures to mean anything. */
const LEARNED = 0.5;

type Props = {
  split: Split;
  /** Of the run's label set: guessing is right once in so many. */
  classes: number;
  /** Balanced accuracy; null if unknown. */
  balanced: number | null;
  /** Accuracy on train; null if unknown. */
  train: number | null;
};

export function ChanceNote({ split, classes, balanced, train }: Props) {
  const chance = 1 / classes;
  if (split === 'train' || balanced === null || balanced >= chance) return null;
  return (
    <Callout
      tone="info"
      title={`On ${split} the model does worse than guessing: ${percent(balanced)} balanced, where guessing gives ${roughPercent(chance)}.`}
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
