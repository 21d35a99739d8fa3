/**
 * The inspector beside the slices of a query: of a dataset, or behind a figure of the results. The open slice
 * is in the address.
 */
import type { KeyboardEvent, ReactNode } from 'react';
import { placeIn } from '../../app/route.ts';
import type { SliceCard } from '../../app/state.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import { useActions, useLab } from '../context.ts';
import { count } from '../format.ts';
import { Modal } from '../parts/Modal.tsx';
import { SliceGrid } from '../parts/SliceGrid.tsx';
import { type SliceSource, useSlices } from '../parts/slices.ts';
import { CorrectBar } from './CorrectBar.tsx';
import type { Prediction } from './Facts.tsx';
import { Inspector } from './Inspector.tsx';
import styles from './InspectorDialog.module.css';
import { type CorrectCommand, correctCommand, useCorrections } from './useCorrections.ts';

type Props = {
  title: string;
  source: SliceSource;
  version: number | string;
  size: 64 | 128 | 224;
  /** The run whose model is asked first; absent: the best. */
  run?: string;
  /** Filters above the list. */
  filter?: ReactNode;
  /** The set whose labels can be corrected here; absent: none. */
  correct?: LabelSet;
  onClose: () => void;
};

export function InspectorDialog({ title, source, version, size, run, filter, correct, onClose }: Props) {
  const readOnly = useLab((state) => state.readOnly);
  const truth = source.kind === 'predictions' ? source.truth : null;
  const corrections = useCorrections(readOnly ? null : (correct ?? null), truth);
  const slices = useSlices(source, version);
  const { total } = slices;
  const asked = useLab((state) => placeIn(state.view.slice)) ?? 0;
  // An old address may have an index past the end.
  const selected = Math.min(asked, Math.max(0, (total ?? Infinity) - 1));
  const card = slices.card(selected);
  const judgedBy = source.kind === 'predictions' ? source.run : null;
  const judged = useLab((state) => state.runs.find(({ id }) => id === judgedBy));
  const actions = useActions();
  const select = (at: number) => actions.look({ slice: String(at) });

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

  const correctCard = (command: CorrectCommand) => {
    if (!corrections.run(command, card)) return;
    if (command.do === 'label' && command.to !== null) move(1);
  };
  // Before the inspector's own keys: a class may have one of its letters.
  const press = (event: KeyboardEvent) => {
    const { set } = corrections;
    const { target } = event;
    if (!set || (target instanceof HTMLElement && target.matches('input, select, textarea'))) return;
    const command = correctCommand(event.nativeEvent, set);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) correctCard(command);
  };

  return (
    <Modal title={title} shape="full" onClose={onClose} testId="slice-drawer">
      {/* Keys of the whole view, each with a button of its own. */}
      <div className={styles.columns} onKeyDownCapture={press}>
        <div className={styles.list}>
          <p className={styles.note}>
            {total === null ? 'Reading …' : `${count(Math.min(total, selected + 1))} of ${count(total)}`}
            {source.kind === 'predictions' && total !== null && ', surest first'}
          </p>
          {filter}
          <CorrectBar corrections={corrections} card={card} run={correctCard} />
          <SliceGrid
            slices={slices}
            labelSet={judged && labelSetOf(judged)}
            label={title}
            tile={84}
            selected={selected}
            onSelect={select}
            mark={corrections.mark}
          />
        </div>
        <Inspector
          target={card && { kind: 'stored', shard: card.shard, row: card.row }}
          predicted={card && judged ? predictionOf(card, labelSetOf(judged)) : null}
          size={size}
          run={run ?? null}
          onList={move}
          onSeries={(by) => void toSeries(by).catch(() => {})}
        />
      </div>
    </Modal>
  );
}

function predictionOf({ predicted, confidence }: SliceCard, labelSet: LabelSet): Prediction | null {
  return predicted !== null && confidence !== null ? { label: predicted, labelSet, confidence } : null;
}
