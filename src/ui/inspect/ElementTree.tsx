/** Header elements as a tree with the keys of the WAI-ARIA pattern; only rows in sight are drawn. */
import { type KeyboardEvent, useRef } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { useDrawnRows } from '../parts/useDrawnRows.ts';
import { useRovingRows } from '../parts/useRovingRows.ts';
import styles from './ElementTree.module.css';
import { type ElementRow, lengthWords } from './elements.ts';

/** Height of a row: two lines, of which the second is the value. */
const ROW_PX = 42;

type Props = {
  rows: readonly ElementRow[];
  onOpen: (row: ElementRow, open: boolean) => void;
  /** The row with the tab stop, and what tells that it is another. */
  at: number;
  onAt: (index: number) => void;
};

export function ElementTree({ rows, onOpen, at, onAt }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const current = Math.min(at, Math.max(0, rows.length - 1));
  const drawn = useDrawnRows(scroller, { count: rows.length, rowPx: ROW_PX, headPx: 0, stop: current });
  const roving = useRovingRows(scroller, rows.length, drawn.scrollTo, { at: current, onAt });

  const press = (event: KeyboardEvent) => {
    const row = rows[current];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = actOf(event.key, row, rows, current);
    if (!act) return roving.onKeyDown(event);
    event.preventDefault();
    if ('goTo' in act) roving.goTo(act.goTo);
    else onOpen(row, act.open);
  };

  return (
    <div
      ref={scroller}
      className={styles.tree}
      role="tree"
      aria-label="Header elements"
      onKeyDown={press}
      data-testid="element-tree"
    >
      {drawn.rows.map(({ index, gap }) => {
        const row = rows[index];
        const { node, open } = row;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys of all rows
          // biome-ignore lint/a11y/useFocusableInteractive: rowProps has its tabIndex
          <div
            key={row.id}
            {...roving.rowProps(index)}
            role="treeitem"
            aria-level={row.level}
            aria-posinset={row.place}
            aria-setsize={row.siblings}
            aria-selected={index === current}
            {...(open !== null && { 'aria-expanded': open })}
            className={styles.row}
            style={{ marginTop: gap, paddingLeft: 4 + (row.level - 1) * 14 }}
            onClick={() => {
              if (open !== null) onOpen(row, !open);
            }}
            data-testid="element-row"
          >
            <span className={styles.fold}>
              {open !== null && <Icon name={open ? 'down' : 'right'} size={14} />}
            </span>
            <span className={styles.head}>
              {node.tag && <span className={styles.tag}>{node.tag}</span>}
              <span className={styles.name} title={node.name}>
                {node.name}
              </span>
              {node.vr && <span className={styles.vr}>{node.vr}</span>}
              {node.tag && (
                <span className={styles.bytes}>
                  <span className="spoken">length </span>
                  {lengthWords(node.bytes)}
                </span>
              )}
            </span>
            <span className={styles.value}>{node.value || <span className={styles.none}>empty</span>}</span>
          </div>
        );
      })}
      <div aria-hidden="true" style={{ height: drawn.below }} />
    </div>
  );
}

/** What ← → Enter and Space do (WAI-ARIA, tree view); null: keys that move up and down, and all others. */
export function actOf(
  key: string,
  row: ElementRow,
  rows: readonly ElementRow[],
  at: number,
): { open: boolean } | { goTo: number } | null {
  if (key === 'ArrowRight' && row.open === false) return { open: true };
  if (key === 'ArrowRight' && row.open) return { goTo: at + 1 };
  if (key === 'ArrowLeft' && row.open) return { open: false };
  if (key === 'ArrowLeft' && row.parent !== null)
    return { goTo: rows.findIndex(({ id }) => id === row.parent) };
  if (key === 'ArrowLeft' || key === 'ArrowRight') return { goTo: at };
  if ((key === 'Enter' || key === ' ') && row.open !== null) return { open: !row.open };
  return null;
}
