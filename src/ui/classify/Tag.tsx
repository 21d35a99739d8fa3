/** The DICOM tag, and whether the image agrees. */
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { Icon } from '../parts/Icon.tsx';
import { Modality } from '../parts/Modality.tsx';
import styles from './ClassifyTable.module.css';

export function Tag({ series }: { series: JudgedSeries }) {
  const { modality, tag, tagState } = series;
  if (modality === null || tag === null) return <span className={styles.absent}>no tag</span>;
  return (
    <>
      <Modality label={tag} text={modality} outline />
      {/* CR, DX and MG are read as XR. */}
      {tag !== 'other' && tag !== modality && <span className={styles.means}>= {tag}</span>}
      {tagState === 'none-of-the-four' && <span className={styles.foreign}>none of the four</span>}
      {tagState === 'differs' && (
        <span className={styles.differs} data-testid="differs">
          <Icon name="differs" size={14} />
          disagrees
        </span>
      )}
    </>
  );
}
