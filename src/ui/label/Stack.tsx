/** A series in the grid: its middle slice, or the one it is scrubbed to, and in a few words what is known of it. */
import { memo, type PointerEvent, useCallback, useSyncExternalStore } from 'react';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { count } from '../format.ts';
import { Icon } from '../parts/Icon.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import { ClassChip } from './ClassChip.tsx';
import type { LabelCommand } from './keys.ts';
import styles from './StackGrid.module.css';
import type { SlicePictures } from './useStacks.ts';

/** What a tile says of its series or slice. */
export type Tile = {
  /** For screen readers. */
  spoken: string;
  set: LabelSet;
  label: number;
  /** What stands for no class; absent: “no label”. */
  none?: string;
  /** Who gave it; '' where nothing is to be said. */
  source: string;
  /** What a model says, if that is not the label; else ''. */
  says: string;
  tag: string;
  number: string;
  /** Why it is worth a look; '' for none. */
  doubt: string;
  /** Excluded slices. */
  excluded: number;
};

type Props = Tile & {
  id: string;
  item: number;
  /** Items in the queue. */
  total: number;
  /** The shown slice. */
  slice: number;
  from: number;
  slices: number;
  selected: boolean;
  current: boolean;
  pictures: SlicePictures;
  side: number;
  x: number;
  y: number;
  onScrub: (to: { item: number; slice: number } | null) => void;
  onOpen: (command: LabelCommand) => void;
};

export const Stack = memo((props: Props) => {
  const { id, item, total, set, tag, number, slices, slice, label, source, excluded, selected, current } =
    props;
  const { side, says, doubt, onScrub, onOpen, from, pictures, spoken } = props;
  const out = excluded === slices;
  /** The place in the stack; −1: there is only one. */
  const at = slices > 1 ? slice - from : -1;

  const scrub = (event: PointerEvent) => {
    if (slices < 2 || event.buttons !== 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const to = Math.min(slices - 1, Math.max(0, Math.floor(share * slices)));
    if (to !== at) onScrub({ item, slice: from + to });
  };

  return (
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the list box (aria-activedescendant)
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-posinset={item + 1}
      aria-setsize={total}
      className={`${styles.tile} ${current ? styles.current : ''} ${out ? styles.out : ''}`}
      style={{ width: side, transform: `translate(${props.x}px, ${props.y}px)` }}
      onDoubleClick={() => onOpen({ do: 'open' })}
      data-item={item}
      data-label={label}
      data-testid="stack"
    >
      <span className="spoken">{spoken}</span>
      <div
        className={styles.picture}
        style={{ height: side }}
        onPointerMove={scrub}
        onPointerLeave={() => onScrub(null)}
        aria-hidden="true"
      >
        <Picture pictures={pictures} slice={slice} />
        <span className={styles.count}>{at < 0 ? '' : `${count(at + 1)} / ${count(slices)}`}</span>
        {at >= 0 && <span className={styles.place} style={{ left: `${(100 * at) / (slices - 1)}%` }} />}
        {doubt && (
          <span className={styles.doubt} title={doubt}>
            <Icon name="warning" size={14} />
          </span>
        )}
        {excluded > 0 && (
          <span className={styles.excluded}>{out ? 'excluded' : `${count(excluded)} excluded`}</span>
        )}
      </div>
      <div className={styles.caption} aria-hidden="true">
        <span className={styles.line}>
          <ClassChip set={set} label={label} none={props.none} />
          <span className={styles.source}>{source}</span>
          {says && (
            <span className={styles.says} title="What the last model says">
              {says}
            </span>
          )}
        </span>
        <span className={styles.tag}>
          <span>{tag}</span> <span className={styles.number}>{number}</span>
        </span>
      </div>
    </div>
  );
});

function Picture({ pictures, slice }: Pick<Props, 'pictures' | 'slice'>) {
  const read = useCallback(() => pictures.at(slice), [pictures, slice]);
  const pixels = useSyncExternalStore(pictures.subscribe, read);
  if (pixels === undefined) return <span className={styles.waiting} />;
  if (pixels === null) return <span className={styles.damaged}>damaged</span>;
  return <Thumbnail pixels={pixels} side={Math.sqrt(pixels.length)} label="" />;
}
