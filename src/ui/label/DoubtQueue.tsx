/** The queue of doubts as a list, answered by buttons and keys; the next doubt takes the place of the answered one. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { DoubtAnswer } from '../../app/audit.ts';
import { createPictures } from '../../app/label/readAhead.ts';
import type { Doubt } from '../../core/audit/queue.ts';
import { useActions, useLab } from '../context.ts';
import { useSize } from '../parts/size.ts';
import { useRovingRows } from '../parts/useRovingRows.ts';
import { DoubtBar } from './DoubtBar.tsx';
import { DoubtRow } from './DoubtRow.tsx';
import styles from './Doubts.module.css';
import { type DoubtCommand, useDoubtKeys } from './doubtKeys.ts';

const ROW = 108;
/** Pictures of 50 kB. */
const KEPT = 400;
/** On a narrow screen the answers stand below the picture. */
const NARROW = { width: 520, row: 196 };

type Props = {
  items: Doubt[];
  readOnly: boolean;
  onShow?: (doubt: Doubt) => void;
  /** Stands in its place while it is empty. */
  children: ReactNode;
};

export function DoubtQueue({ items, readOnly, onShow, children }: Props) {
  const set = useLab((state) => state.labelSet);
  const actions = useActions();
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const height = width < NARROW.width ? NARROW.row : ROW;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 4,
    getItemKey: (index) => items[index].id,
  });
  // The measurements are cached.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what the cached sizes depend on
  useEffect(() => rows.measure(), [height, rows]);
  const roving = useRovingRows(scroller, items.length, (index) => rows.scrollToIndex(index));
  const visible = rows.getVirtualItems();
  const pictures = useMemo(() => createPictures(actions.slicePictures, { kept: KEPT }), [actions]);
  const wanted = visible.map(({ index }) => items[index].id).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the doubts in sight, as a value
  useEffect(() => {
    pictures.want(
      visible.flatMap(({ index }) => [items[index].show, items[index].beside]).filter((ref) => ref !== null),
    );
  }, [pictures, wanted]);

  /** Which doubt to mark once the queue has changed. */
  const next = useRef<((items: readonly Doubt[]) => number) | null>(null);
  const focus = (index: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-roving="${index}"]`)?.focus();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when the queue has changed
  useEffect(() => {
    const index = next.current?.(items) ?? -1;
    next.current = null;
    if (index >= 0) roving.goTo(index);
  }, [items]);

  const answer = (index: number, given: DoubtAnswer) => {
    const doubt = items[index];
    if (readOnly || !doubt) return;
    next.current = (left) => Math.min(index, left.length - 1);
    void actions.answerDoubt(doubt, given);
  };
  const run = (command: DoubtCommand) => {
    const doubt = items[roving.current];
    if (command.do === 'focus') focus(roving.current);
    else if (command.do === 'answer') answer(roving.current, command.answer);
    else if (command.do === 'accept') {
      const to = doubt?.proposed === null ? undefined : set.classes[doubt?.proposed ?? -1];
      if (to) answer(roving.current, { kind: 'label', class: to.id });
    } else if (!readOnly) {
      const known = new Set(items.map(({ id }) => id));
      // What has come back.
      next.current = (now) => now.findIndex(({ id }) => !known.has(id));
      void (command.do === 'undo' ? actions.undoAnswer() : actions.redoAnswer());
    }
  };
  useDoubtKeys(set, run);

  return (
    <>
      <DoubtBar set={set} doubt={items[roving.current] ?? null} readOnly={readOnly} run={run} />
      {items.length === 0 && children}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows in it have the focus */}
      <div
        ref={scroller}
        className={styles.scroller}
        hidden={items.length === 0}
        onKeyDown={roving.onKeyDown}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: only visible items are drawn */}
        <div role="list" aria-label="Doubts, the strongest first" style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, key, start }) => (
            <DoubtRow
              key={key}
              doubt={items[index]}
              place={{ index, total: items.length, start, height }}
              set={set}
              isCurrent={index === roving.current}
              rowProps={roving.rowProps(index)}
              pictures={pictures}
              readOnly={readOnly}
              onAnswer={(given) => answer(index, given)}
              {...(onShow && { onShow: () => onShow(items[index]) })}
            />
          ))}
        </div>
      </div>
    </>
  );
}
