/** Says that labels of the shown split were changed after the run, or corrected before it: the figures do not tell. */
import type { SplitChanges } from '../../core/labels/labelChanges.ts';
import type { Split } from '../../core/types.ts';
import { Icon } from '../parts/Icon.tsx';
import styles from './LabelNote.module.css';
import { beforeSentence, sinceSentences } from './labelChanges.ts';

type Props = { split: Split; changes: SplitChanges };

export function LabelNote({ split, changes }: Props) {
  const since = sinceSentences(changes.after);
  const before = beforeSentence(split, changes.before);
  if (since.length === 0 && before === null) return null;
  return (
    <div className={styles.note} data-testid="label-note">
      <Icon name="info" />
      <p>
        {since.map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
        {since.length > 0 && <span>The figures are those of the labels as they were.</span>}
        {before && <span>{before}</span>}
      </p>
    </div>
  );
}
