/** The labels most worth doubting, each with its reason: accepted, corrected or left by a button or a key. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DoubtAnswer } from '../../app/audit.ts';
import { createPictures } from '../../app/label/readAhead.ts';
import { KIND_NAMES, KINDS, type KindName } from '../../core/audit/kinds/index.ts';
import type { Doubt } from '../../core/audit/queue.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { useSize } from '../parts/size.ts';
import { useRovingRows } from '../parts/useRovingRows.ts';
import { AuditProgressBar } from './AuditProgressBar.tsx';
import { DoubtRow } from './DoubtRow.tsx';
import styles from './Doubts.module.css';

const ROW = 108;
/** Pictures of 50 kB. */
const KEPT = 400;
/** On a narrow screen the answers stand below the picture. */
const NARROW = { width: 520, row: 196 };

type Props = {
  /** Opens the images of a doubt, if given. */
  onShow?: (doubt: Doubt) => void;
};

export function Doubts({ onShow }: Props) {
  const audit = useLab((state) => state.audit);
  const set = useLab((state) => state.labelSet);
  const project = useLab((state) => state.project.id);
  const ready = useLab((state) => state.ready);
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  const [kind, setKind] = useState<KindName | 'all'>('all');
  const current = audit?.set === set.id ? audit : null;
  const found = current?.found ?? null;
  const running = current?.progress ?? null;

  const unknown = ready && found === null && running === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project or set has other doubts
  useEffect(() => {
    if (unknown) void actions.rankDoubts();
  }, [actions, unknown, project, set.id]);

  const all = found?.items;
  const items = useMemo(
    () => (all ?? []).filter((item) => kind === 'all' || item.kind === kind),
    [all, kind],
  );

  return (
    <section className={styles.doubts} aria-label="Doubts about labels" data-testid="doubts">
      <div className={styles.head}>
        <h2>Doubts</h2>
        {running ? (
          <AuditProgressBar progress={running} onCancel={() => actions.cancelAudit()} />
        ) : (
          <Button
            size="small"
            tone={found?.judgedMs === null ? 'accent' : 'plain'}
            disabled={readOnly}
            onClick={() => void actions.startAudit()}
            data-testid="audit-start"
          >
            {found?.judgedMs === null ? 'Look for doubts' : 'Look again'}
          </Button>
        )}
        {found && found.items.length > 0 && (
          <select
            aria-label="Kind of doubt"
            value={kind}
            onChange={({ target }) => setKind(target.value as KindName | 'all')}
            data-testid="doubt-kind"
          >
            <option value="all">All kinds: {count(found.items.length)}</option>
            {KIND_NAMES.map((name) => (
              <option key={name} value={name}>
                {KINDS[name].label}: {count(found.items.filter((item) => item.kind === name).length)}
              </option>
            ))}
          </select>
        )}
      </div>
      {found && !running && (
        <Summary judged={found.judged} slices={found.slices} ready={found.judgedMs !== null} />
      )}
      {items.length > 0 && <Queue items={items} readOnly={readOnly} {...(onShow && { onShow })} />}
      {found && found.judgedMs !== null && items.length === 0 && (
        <p className={styles.words} data-testid="no-doubts">
          No doubts are left.
        </p>
      )}
    </section>
  );
}

function Summary({ judged, slices, ready }: { judged: number; slices: number; ready: boolean }) {
  if (!ready)
    return (
      <p className={styles.words}>
        Three quick models each learn from a part of the labels and judge the rest: no label is judged by a
        model that has learned it. Similar pictures of other patients are asked, too. It takes some minutes;
        go on labelling meanwhile.
      </p>
    );
  return judged < slices ? (
    <p className={styles.words}>{plural(slices - judged, 'slice')} came later or could not be judged.</p>
  ) : null;
}

function Queue({ items, readOnly, onShow }: { items: Doubt[]; readOnly: boolean } & Props) {
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

  // The answered row is gone: the next one takes its place.
  const answered = useRef<number | null>(null);
  useEffect(() => {
    if (answered.current === null) return;
    const index = Math.min(answered.current, items.length - 1);
    answered.current = null;
    scroller.current?.querySelector<HTMLElement>(`[data-roving="${index}"]`)?.focus();
  }, [items]);

  const answer = (index: number, given: DoubtAnswer) => {
    if (readOnly) return;
    answered.current = index;
    void actions.answerDoubt(items[index], given);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows in it have the focus
    <div ref={scroller} className={styles.scroller} onKeyDown={roving.onKeyDown}>
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
  );
}
