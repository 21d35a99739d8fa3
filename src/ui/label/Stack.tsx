/** A series in the grid: its middle slice, or the one it is scrubbed to, its label and who gave it. */
import { memo, type PointerEvent, useCallback, useSyncExternalStore } from 'react';
import type { Pictures } from '../../app/label/readAhead.ts';
import { type LabelSet, NO_CLASS } from '../../core/labels/labelSet.ts';
import { LABEL_SOURCES, type SeriesFacts } from '../../core/types.ts';
import { count, plural, roughPercent } from '../format.ts';
import { Icon } from '../parts/Icon.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import { ClassChip } from './ClassChip.tsx';
import type { LabelCommand } from './keys.ts';
import styles from './StackGrid.module.css';
import { labelWords, sourceTitle, tagWords } from './words.ts';

type Props = {
  id: string;
  item: number;
  set: LabelSet;
  facts: SeriesFacts;
  /** Its number in its dataset, or of the slice in its series. */
  number: number;
  shard: number;
  row: number;
  /** The shown slice of the stack, from 0; −1: there is only one. */
  at: number;
  from: number;
  slices: number;
  label: number;
  source: number;
  /** Excluded slices. */
  excluded: number;
  /** What the model says; −1: there is no model. */
  predicted: number;
  probability: number;
  /** '' for none. */
  doubt: string;
  selected: boolean;
  current: boolean;
  pictures: Pictures;
  side: number;
  x: number;
  y: number;
  onScrub: (to: { item: number; slice: number } | null) => void;
  onOpen: (command: LabelCommand) => void;
};

const USER = LABEL_SOURCES.indexOf('user');

export const Stack = memo((props: Props) => {
  const { id, item, set, facts, number, slices, at, label, source, excluded, selected, current } = props;
  const { side, predicted, probability, doubt, onScrub, onOpen, from } = props;
  const out = excluded === slices;

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
      className={`${styles.tile} ${current ? styles.current : ''} ${out ? styles.out : ''}`}
      style={{ width: side, transform: `translate(${props.x}px, ${props.y}px)` }}
      onDoubleClick={() => onOpen({ do: 'open' })}
      data-item={item}
      data-label={label}
      data-testid="stack"
    >
      <span className="spoken">{spoken(props)}</span>
      <div
        className={styles.picture}
        style={{ height: side }}
        onPointerMove={scrub}
        onPointerLeave={() => onScrub(null)}
        aria-hidden="true"
      >
        <Picture {...props} />
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
          <ClassChip set={set} label={label} />
          <span className={styles.source}>
            {label === NO_CLASS && source !== USER ? '' : sourceTitle(source)}
          </span>
          {predicted >= 0 && predicted !== NO_CLASS && predicted !== label && (
            <span className={styles.says} title="What the last model says">
              {labelWords(set, predicted)}? {roughPercent(probability)}
            </span>
          )}
        </span>
        <span className={styles.tag}>
          <span>{tagWords(facts)}</span> <span className={styles.number}>#{count(number)}</span>
        </span>
      </div>
    </div>
  );
});

function Picture({ pictures, shard, row }: Pick<Props, 'pictures' | 'shard' | 'row'>) {
  const read = useCallback(() => pictures.at({ shard, row }), [pictures, shard, row]);
  const pixels = useSyncExternalStore(pictures.subscribe, read);
  if (pixels === undefined) return <span className={styles.waiting} />;
  if (pixels === null) return <span className={styles.damaged}>damaged</span>;
  return <Thumbnail pixels={pixels} side={224} label="" />;
}

/** For screen readers. */
function spoken({
  set,
  facts,
  number,
  slices,
  label,
  source,
  excluded,
  predicted,
  probability,
  doubt,
}: Props): string {
  return [
    `${slices > 1 ? 'Series' : 'Image'} ${number}, ${tagWords(facts)}`,
    plural(slices, 'slice'),
    label === NO_CLASS ? 'no label' : `${labelWords(set, label)}, by ${sourceTitle(source)}`,
    excluded > 0 ? (excluded === slices ? 'excluded' : `${excluded} excluded`) : '',
    predicted >= 0 && predicted !== NO_CLASS
      ? `the model says ${labelWords(set, predicted)}, ${roughPercent(probability)}`
      : '',
    doubt,
  ]
    .filter(Boolean)
    .join(', ');
}
