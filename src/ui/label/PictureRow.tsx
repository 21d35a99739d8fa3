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
  /** Id of the element that names the row. */
  words: string;
  testId: string;
  children: ReactNode;
};

export function PictureRow({ place, shown, words, testId, children }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: only visible items are drawn
    <div
      role="listitem"
      className={styles.row}
      style={{ transform: `translateY(${place.start}px)`, height: place.height }}
      aria-labelledby={words}
      aria-posinset={place.index + 1}
      aria-setsize={place.total}
      aria-current={place.isCurrent || undefined}
      data-testid={testId}
      {...place.rowProps}
    >
      {shown.map((of) => (
        <Picture key={`${of.shard}:${of.row}`} of={of} pictures={place.pictures} />
      ))}
      <div className={styles.text}>{children}</div>
    </div>
  );
}

function Picture({ of, pictures }: { of: SliceRef; pictures: Pictures }) {
  const { shard, row } = of;
  const read = useCallback(() => pictures.at({ shard, row }), [pictures, shard, row]);
  const pixels = useSyncExternalStore(pictures.subscribe, read);
  return (
    <div className={styles.picture}>
      {pixels && <Thumbnail pixels={pixels} side={SLICE_SIDE} label="" />}
      {pixels === null && <span className={styles.damaged}>damaged</span>}
    </div>
  );
}
