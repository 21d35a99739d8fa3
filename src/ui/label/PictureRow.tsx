/** One row of a list of images to decide on: its pictures, and beside them what is said of it. */
import { type ReactNode, useCallback, useSyncExternalStore } from 'react';
import type { Pictures } from '../../app/label/readAhead.ts';
import { SLICE_SIDE, type SliceRef } from '../../core/types.ts';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import styles from './Doubts.module.css';
import type { RowPlace } from './PictureRows.tsx';

type Props = {
  place: RowPlace;
  shown: readonly SliceRef[];
  /** What each picture is. */
  pictures?: readonly string[];
  /** Ids of the elements that name the row. */
  words: string;
  testId: string;
  children: ReactNode;
};

const QUESTION = ['The slice in question', 'Beside it, to compare'] as const;

export function PictureRow({ place, shown, pictures = QUESTION, words, testId, children }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: only visible rows are drawn
    // biome-ignore lint/a11y/useFocusableInteractive: rowProps make it so
    <div
      role="row"
      className={styles.row}
      style={{ transform: `translateY(${place.start}px)`, height: place.height }}
      aria-labelledby={words}
      aria-rowindex={place.index + 1}
      aria-current={place.isCurrent || undefined}
      data-testid={testId}
      {...place.rowProps}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a part of that row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
      <div role="gridcell" className={styles.cell}>
        {shown.map((of, i) => (
          <Picture key={`${of.shard}:${of.row}`} of={of} pictures={place.pictures} label={pictures[i]} />
        ))}
        <div className={styles.text}>{children}</div>
      </div>
    </div>
  );
}

type PictureProps = { of: SliceRef; pictures: Pictures; label: string };

function Picture({ of, pictures, label }: PictureProps) {
  const { shard, row } = of;
  const read = useCallback(() => pictures.at({ shard, row }), [pictures, shard, row]);
  const pixels = useSyncExternalStore(pictures.subscribe, read);
  return (
    <div className={styles.picture}>
      {pixels && <Thumbnail pixels={pixels} side={SLICE_SIDE} label={label} />}
      {pixels === null && <span className={styles.damaged}>damaged</span>}
    </div>
  );
}
