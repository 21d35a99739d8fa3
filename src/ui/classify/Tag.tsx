/** The DICOM tag, and how likely it is wrong. */
import { assess } from '../../core/classify/assess.ts';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { isDefaultSet } from '../../core/train/labelSetOf.ts';
import { useLab } from '../context.ts';
import { roughPercent } from '../format.ts';
import { classOfSet, NO_SHOWN_CLASS } from '../parts/classes.ts';
import { otherText } from '../parts/codes.ts';
import { Icon } from '../parts/Icon.tsx';
import { LabelChip } from '../parts/LabelChip.tsx';
import styles from './ClassifyTable.module.css';
import { noneWords } from './words.ts';

/** A probability of a wrong tag that is worth a word. */
const WORTH_A_WORD = 0.1;

export function Tag({ series }: { series: JudgedSeries }) {
  const rule = useLab((state) => state.verdictRule);
  const { modality, tag, tagState, labelSet } = series;
  if (tag === null) return <span className={styles.absent}>no tag</span>;
  const foreign = tagState === 'none-of-the-four';
  const of = foreign ? { ...NO_SHOWN_CLASS, name: 'no Modality' } : classOfSet(labelSet, tag);
  // Other attributes than Modality are named by the class that they stand for.
  const text = isDefaultSet(labelSet) ? modality : null;
  const { tagWrong, doubt } = assess(series, rule);
  return (
    <>
      <LabelChip of={of} {...(foreign ? otherText('other', modality) : text === null ? {} : { text })} />
      {/* Several codes may stand for one class. */}
      {!foreign && text !== null && of.name !== text && <span className={styles.means}>= {of.name}</span>}
      {foreign && <span className={styles.foreign}>{noneWords(labelSet)}</span>}
      {tagWrong !== null && tagWrong >= WORTH_A_WORD && (
        <span
          className={doubt === 'differs' ? styles.differs : styles.wrong}
          title="The probability that the tag is wrong, by what the image looks like"
          {...(doubt === 'differs' && { 'data-testid': 'differs' })}
        >
          {doubt === 'differs' && <Icon name="differs" size={14} />}
          wrong: {roughPercent(tagWrong)}
        </span>
      )}
    </>
  );
}
