/** Says that labels of the shown split were changed after the run, or corrected before it: the figures do not tell. */
import type { RunRow } from '../../app/state.ts';
import { correctionsIn, type LabelChanges } from '../../core/labels/labelChanges.ts';
import type { Split } from '../../core/types.ts';
import { Icon } from '../parts/Icon.tsx';
import styles from './LabelNote.module.css';
import { beforeSentence, sinceSentences } from './labelChanges.ts';
import { TrainAgain } from './TrainAgain.tsx';

type Props = { run: RunRow; split: Split; changes: LabelChanges };

export function LabelNote({ run, split, changes }: Props) {
  const of = changes[split];
  const since = of ? sinceSentences(of.after) : [];
  const before = of && beforeSentence(split, of.before);
  const others = correctionsIn(changes) > 0;
  if (since.length === 0 && !before && !others) return null;
  return (
    <div className={styles.note} data-testid="label-note">
      <Icon name="info" />
      <p>
        {since.map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
        {since.length === 0 && others && (
          <span>Labels of other splits were changed after this run saw them.</span>
        )}
        {since.length > 0 && <span>The figures are those of the labels as they were.</span>}
        {before && <span>{before}</span>}
      </p>
      <TrainAgain run={run} changes={changes} />
    </div>
  );
}
