/** The queue of what two readers disagree on: the costliest first, decided by a button or a key. */
import { useRef } from 'react';
import type { ReaderQueue } from '../../app/exchange/readers.ts';
import { type Decision, type Disagreement, pictureOf } from '../../core/labels/exchange/disagreement.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { ClassBar } from './ClassBar.tsx';
import styles from './Doubts.module.css';
import type { LabelCommand } from './keys.ts';
import { PictureRows, usePictureRows } from './PictureRows.tsx';
import { ReaderRow } from './ReaderRow.tsx';
import { useLabelKeys } from './useLabelKeys.ts';

const NONE: readonly Disagreement[] = [];

type Props = { queue: ReaderQueue | null; set: LabelSet; onShow: (of: Disagreement) => void };

/** Heard wherever the focus is; ↑ ↓ in the list are its own. */
function isMeant(command: LabelCommand): boolean {
  if (command.do === 'slice')
    return (document.activeElement as HTMLElement | null)?.dataset.roving === undefined;
  return ['label', 'clear', 'reader', 'open', 'undo', 'redo'].includes(command.do);
}

export function Readers({ queue, set, onShow }: Props) {
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  const search = useRef<HTMLInputElement>(null);
  const left = queue?.left ?? NONE;
  const list = usePictureRows(left, {
    idOf: ({ dataset, key }) => `${dataset} ${key}`,
    refsOf: (of) => [pictureOf(of)],
  });
  const current = left[list.roving.current];

  const decide = (index: number, decision: Decision) => {
    if (readOnly || !left[index]) return;
    list.leave(index);
    actions.decide(left[index], decision);
  };
  const run = (command: LabelCommand) => {
    const at = list.roving.current;
    if (command.do === 'reader') decide(at, { reader: command.which });
    else if (command.do === 'label') decide(at, { class: command.to });
    else if (command.do === 'clear') decide(at, { class: null });
    else if (command.do === 'slice') list.focus();
    else if (command.do === 'open' && current) onShow(current);
    else if (command.do === 'undo' || command.do === 'redo') {
      list.expect();
      if (command.do === 'undo') actions.undoLabel();
      else actions.redoLabel();
    }
  };
  useLabelKeys({ classes: () => set.classes, run, search, means: isMeant }, true);

  return (
    <section className={styles.doubts} aria-label="What two readers disagree on" data-testid="readers">
      <div className={styles.head}>
        <h2>Readers</h2>
        {queue && (
          <p className={styles.words} aria-live="polite" data-testid="readers-left">
            {left.length === 0
              ? `All ${plural(queue.items.length, 'series is', 'series are')} decided. Compare again to see the agreement.`
              : `${count(left.length)} of ${plural(queue.items.length, 'series', 'series')} left to decide. ↓ skips.`}
          </p>
        )}
      </div>
      {queue && (
        <ClassBar set={set} off={!current} readOnly={readOnly} selected={1} run={run} none="No label" />
      )}
      <PictureRows
        list={list}
        label="Disagreements, the costliest first"
        row={(of, place) => (
          <ReaderRow
            of={of}
            place={place}
            set={set}
            readOnly={readOnly}
            onDecide={(decision) => decide(place.index, decision)}
            onShow={() => onShow(of)}
          />
        )}
      />
      {!queue && (
        <p className={styles.words} data-testid="readers-none">
          No two readers were compared on this label set since the page was opened. “Compare readers” does it.
        </p>
      )}
    </section>
  );
}
