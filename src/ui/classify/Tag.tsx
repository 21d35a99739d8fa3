/** The DICOM tag, and whether the image agrees. */
import type { JudgedSeries } from '../../core/classify/judge.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { isDefaultSet } from '../../core/train/labelSetOf.ts';
import { classOfSet, NO_SHOWN_CLASS } from '../parts/classes.ts';
import { Icon } from '../parts/Icon.tsx';
import { LabelChip } from '../parts/LabelChip.tsx';
import styles from './ClassifyTable.module.css';

export function Tag({ series }: { series: JudgedSeries }) {
  const { modality, tag, tagState, labelSet } = series;
  if (tag === null) return <span className={styles.absent}>no tag</span>;
  const foreign = tagState === 'none-of-the-four';
  const of = foreign ? NO_SHOWN_CLASS : classOfSet(labelSet, tag);
  // Other attributes than Modality are named by the class that they stand for.
  const text = isDefaultSet(labelSet) ? modality : null;
  return (
    <>
      <LabelChip of={of} {...(text === null ? {} : { text })} />
      {/* Several codes may stand for one class. */}
      {!foreign && text !== null && of.name !== text && <span className={styles.means}>= {of.name}</span>}
      {foreign && <span className={styles.foreign}>{noneWords(labelSet)}</span>}
      {tagState === 'differs' && (
        <span className={styles.differs} data-testid="differs">
          <Icon name="differs" size={14} />
          disagrees
        </span>
      )}
    </>
  );
}

/** “none of the four”, as numbers up to twelve are written. */
export function noneWords({ classes }: Pick<LabelSet, 'classes'>): string {
  const words = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
  return `none of the ${words[classes.length - 2] ?? classes.length}`;
}
