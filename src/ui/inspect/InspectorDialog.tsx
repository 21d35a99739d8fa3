/**
 * The inspector beside the slices of a query: of a dataset, or behind a figure of the results. The open slice
 * is in the address.
 */
import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { Queue } from '../../app/label/queue.ts';
import { advanced, everything, extended, moved, only, type Selection } from '../../app/label/selection.ts';
import { placeIn } from '../../app/route.ts';
import type { SliceCard } from '../../app/state.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import type { InputSize } from '../../core/train/run.ts';
import { useActions, useLab } from '../context.ts';
import { count } from '../format.ts';
import { type LabelCommand, labelCommand } from '../label/keys.ts';
import { Modal } from '../parts/Modal.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { SliceGrid } from '../parts/SliceGrid.tsx';
import { type SliceSource, useSlices } from '../parts/slices.ts';
import { CorrectBar } from './CorrectBar.tsx';
import type { Prediction } from './Facts.tsx';
import { Inspector } from './Inspector.tsx';
import styles from './InspectorDialog.module.css';
import { SliceStacks } from './SliceStacks.tsx';
import {
  type CorrectCommand,
  correctCommand,
  correctOf,
  type Meant,
  useCorrections,
} from './useCorrections.ts';

type Props = {
  title: string;
  source: SliceSource;
  version: number | string;
  size: InputSize;
  /** The run whose model is asked first; absent: the best. */
  run?: string;
  /** Filters above the list. */
  filter?: ReactNode;
  /** The set whose labels can be corrected here; absent: none. */
  correct?: LabelSet;
  onClose: () => void;
};

const VIEWS = [
  { value: 'grid', label: 'Grid', title: 'Key G' },
  { value: 'one', label: 'One', title: 'Key G' },
] as const;

/** What keys of the grid do beside corrections. */
const GRID: readonly LabelCommand['do'][] = ['move', 'row', 'slice', 'end', 'all', 'view', 'open'];

export function InspectorDialog(props: Props) {
  const { title, source, version, size, run: asked, filter, correct, onClose } = props;
  const readOnly = useLab((state) => state.readOnly);
  const truth = source.kind === 'predictions' ? source.truth : null;
  const corrections = useCorrections(readOnly ? null : (correct ?? null), truth);
  const slices = useSlices(source, version);
  const { total } = slices;
  const at = useLab((state) => placeIn(state.view.slice)) ?? 0;
  // An old address may have an index past the end.
  const selected = Math.min(at, Math.max(0, (total ?? Infinity) - 1));
  const card = slices.card(selected);
  const judgedBy = source.kind === 'predictions' ? source.run : null;
  const judged = useLab((state) => state.runs.find(({ id }) => id === judgedBy));
  const actions = useActions();
  const grid = useLab((state) => state.view.as === 'grid') && judgedBy !== null;
  const { selection, queue, choose, setColumns, columns } = useSelected(total ?? 0, selected);
  const select = (at: number) => choose(only(at));
  const setView = (as: 'grid' | 'one') => {
    // A key means what is in sight.
    if (as === 'one') select(selected);
    actions.look({ as: as === 'grid' ? as : undefined });
  };

  const move = (by: number) => {
    const next = Math.min((total ?? 1) - 1, Math.max(0, selected + by));
    slices.need(next, next);
    select(next);
  };

  /** To the first slice of the series after, or before, in the list. */
  const toSeries = async (by: 1 | -1) => {
    if (!card) return;
    const other = (one: SliceCard) => (to: SliceCard) =>
      to.series !== one.series || to.dataset !== one.dataset;
    let at = await slices.find(selected, by, other(card));
    if (at === null) return;
    if (by < 0) {
      const [last] = (await actions.slices({ ...source, offset: at, limit: 1 })).cards;
      const before = last ? await slices.find(at, -1, other(last)) : null;
      at = before === null ? 0 : before + 1;
    }
    slices.need(at, at);
    select(at);
  };

  /** The selected slices, or those of the list that are not read yet by where they are stored. */
  const meant = async (): Promise<Meant[]> => {
    const places = [...selection.items].sort((a, b) => a - b);
    const cards = places.map((at) => slices.card(at));
    const refs =
      cards.every(Boolean) || source.kind !== 'predictions' ? null : await actions.predicted(source);
    return places.flatMap((at, i) => {
      const ref = cards[i] ?? refs?.[at];
      return ref ? [{ at, shard: ref.shard, row: ref.row, card: cards[i] }] : [];
    });
  };
  const goOn = (command: CorrectCommand) => {
    if (command.do === 'label' && command.to !== null) choose(advanced(selection, total ?? 0));
  };
  const correctThese = (command: CorrectCommand) => {
    if (command.do === 'undo' || command.do === 'redo') {
      const at = corrections.run(command, []);
      if (at !== null) select(at);
      return;
    }
    if (selection.items.size === 1) {
      const one = card && { at: selected, shard: card.shard, row: card.row, card };
      if (one && corrections.run(command, [one]) !== null) goOn(command);
      return;
    }
    void meant().then((found) => corrections.run(command, found));
    goOn(command);
  };
  const run = (command: LabelCommand) => {
    const to = (at: number, extend: boolean) =>
      choose(
        extend ? extended(selection, moved(only(at), 0, total ?? 0).at) : moved(only(at), 0, total ?? 0),
      );
    switch (command.do) {
      case 'move':
        return to(selected + command.by, command.extend);
      case 'slice':
      case 'row':
        return to(selected + command.by * columns(), command.do === 'row' && command.extend);
      case 'end':
        return to(command.to === 'first' ? 0 : (total ?? 1) - 1, command.extend);
      case 'all':
        return choose(everything(selection, total ?? 0));
      case 'view':
        return setView(grid ? 'one' : 'grid');
      case 'open':
        return setView('one');
      default: {
        const correct = correctOf(command);
        if (correct) correctThese(correct);
      }
    }
  };
  // Before the inspector's own keys: a class may have one of its letters.
  const press = (event: KeyboardEvent) => {
    const { set } = corrections;
    const { target } = event;
    if (target instanceof HTMLElement && target.matches('input, select, textarea')) return;
    const pressed = labelCommand(event.nativeEvent, set?.classes ?? []);
    if (!pressed) return;
    const correct = set && (grid ? correctOf(pressed) : correctCommand(event.nativeEvent, set));
    const isButton = target instanceof HTMLElement && target.matches('button');
    const moves = grid && GRID.includes(pressed.do) && !(pressed.do === 'open' && isButton);
    if (!correct && !moves && !(pressed.do === 'view' && judgedBy !== null)) return;
    event.preventDefault();
    event.stopPropagation();
    if (correct) {
      if (!event.repeat) correctThese(correct);
    } else run(pressed);
  };

  return (
    <Modal title={title} shape="full" onClose={onClose} testId="slice-drawer">
      {/* Keys of the whole view, each with a button of its own. */}
      <div className={grid ? styles.whole : styles.columns} onKeyDownCapture={press}>
        <div className={grid ? styles.head : styles.list}>
          {judgedBy !== null && (
            <Segmented
              label="View"
              value={grid ? 'grid' : 'one'}
              options={VIEWS}
              onChange={setView}
              testId="drawer-view"
            />
          )}
          <p className={styles.note}>
            {total === null ? 'Reading …' : `${count(Math.min(total, selected + 1))} of ${count(total)}`}
            {source.kind === 'predictions' && total !== null && ', surest first'}
          </p>
          {filter}
          {!grid && (
            <>
              <CorrectBar corrections={corrections} card={card} run={correctThese} />
              <SliceGrid
                slices={slices}
                labelSet={judged && labelSetOf(judged)}
                label={title}
                tile={84}
                selected={selected}
                onSelect={select}
                mark={corrections.mark}
              />
            </>
          )}
        </div>
        {grid ? (
          <SliceStacks
            title={title}
            slices={slices}
            judged={labelSetOf(judged ?? {})}
            corrections={corrections}
            stacks={{ queue, selection, select: choose, setColumns }}
            run={run}
          />
        ) : (
          <Inspector
            target={card && { kind: 'stored', shard: card.shard, row: card.row }}
            predicted={card && judged ? predictionOf(card, labelSetOf(judged)) : null}
            size={size}
            run={asked ?? null}
            onList={move}
            onSeries={(by) => void toSeries(by).catch(() => {})}
          />
        )}
      </div>
    </Modal>
  );
}

/** What is selected beside the current slice, which is in the address. */
function useSelected(total: number, current: number) {
  const actions = useActions();
  const [asked, setAsked] = useState<Selection>(only(current));
  const columns = useRef(1);
  const queue = useMemo((): Queue => {
    const from = Uint32Array.from({ length: total }, (_, i) => i);
    return { length: total, from, to: from.map((slice) => slice + 1), bySlice: true };
  }, [total]);
  const setColumns = useCallback((found: number) => {
    columns.current = found;
  }, []);
  return {
    // Moved without the selection: by the address, or in another list.
    selection: asked.at === current ? asked : only(current),
    queue,
    choose: (next: Selection) => {
      setAsked(next);
      actions.look({ slice: String(next.at) });
    },
    setColumns,
    columns: () => columns.current,
  };
}

function predictionOf({ predicted, confidence }: SliceCard, labelSet: LabelSet): Prediction | null {
  return predicted !== null && confidence !== null ? { label: predicted, labelSet, confidence } : null;
}
