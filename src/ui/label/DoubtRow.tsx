/** One doubt: its pictures, the reason, and what can be answered. */
import { useCallback, useId, useSyncExternalStore } from 'react';
import type { DoubtAnswer } from '../../app/audit.ts';
import type { Pictures } from '../../app/label/readAhead.ts';
import { KINDS } from '../../core/audit/kinds/index.ts';
import type { Doubt } from '../../core/audit/queue.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { SLICE_SIDE, type SliceRef } from '../../core/types.ts';
import { useLab } from '../context.ts';
import { plural, roughPercent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import type { RovingRows } from '../parts/useRovingRows.ts';
import styles from './Doubts.module.css';

type Props = {
  doubt: Doubt;
  place: { index: number; total: number; start: number; height: number };
  set: LabelSet;
  isCurrent: boolean;
  rowProps: ReturnType<RovingRows['rowProps']>;
  pictures: Pictures;
  readOnly: boolean;
  onAnswer: (answer: DoubtAnswer) => void;
  onShow?: () => void;
};

export function DoubtRow(props: Props) {
  const { doubt, place, set, isCurrent, rowProps, pictures, readOnly, onAnswer, onShow } = props;
  const dataset = useLab((state) => state.datasets.find(({ id }) => id === doubt.dataset)?.name ?? '');
  const words = useId();
  const label = set.classes[doubt.label] ?? null;
  const proposed = doubt.proposed === null ? null : (set.classes[doubt.proposed] ?? null);

  const others = doubt.rivals.flatMap((rival) =>
    rival === doubt.proposed ? [] : (set.classes[rival] ?? []),
  );

  const button = { size: 'small', disabled: readOnly, tabIndex: isCurrent ? 0 : -1 } as const;
  return (
    // biome-ignore lint/a11y/useSemanticElements: only visible items are drawn
    <div
      role="listitem"
      className={styles.row}
      style={{ transform: `translateY(${place.start}px)`, height: place.height }}
      aria-labelledby={words}
      aria-posinset={place.index + 1}
      aria-setsize={place.total}
      aria-current={isCurrent || undefined}
      data-testid="doubt"
      {...rowProps}
    >
      <Picture of={doubt.show} pictures={pictures} />
      {doubt.beside && <Picture of={doubt.beside} pictures={pictures} />}
      <div className={styles.text}>
        <div className={styles.facts}>
          <strong>{KINDS[doubt.kind].label}</strong>
          <span title="Doubt: from 50 % on the evidence speaks for another label">
            {roughPercent(doubt.doubt)}
          </span>
          <span className={styles.dataset}>{dataset}</span>
          <span>{plural(doubt.slices, 'slice')}</span>
          <span>{label ? label.name : 'no label'}</span>
        </div>
        <p
          id={words}
          className={styles.reason}
          title={[doubt.reason, ...doubt.also.map(({ reason }) => reason)].join('\n')}
        >
          {doubt.reason}
        </p>
        <div className={styles.answers}>
          {proposed && (
            <Button {...button} tone="accent" onClick={() => onAnswer({ kind: 'label', class: proposed.id })}>
              Label {proposed.name} <kbd>↵</kbd>
            </Button>
          )}
          {others.map(({ id, name, key }) => (
            <Button key={id} {...button} onClick={() => onAnswer({ kind: 'label', class: id })}>
              Label {name} {key && <kbd>{key.toUpperCase()}</kbd>}
            </Button>
          ))}
          <Button {...button} onClick={() => onAnswer({ kind: 'keep' })}>
            Leave as it is <kbd>=</kbd>
          </Button>
          <Button {...button} onClick={() => onAnswer({ kind: 'exclude' })}>
            Exclude <kbd>X</kbd>
          </Button>
          {onShow && (
            <Button {...button} disabled={false} tone="quiet" onClick={onShow}>
              Show
            </Button>
          )}
        </div>
      </div>
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
