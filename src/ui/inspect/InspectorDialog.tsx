/** The inspector beside the slices of a query: a dataset's, or those behind a figure of the results. */
import { useState } from 'react';
import type { SliceCard } from '../../app/state.ts';
import { count } from '../format.ts';
import { Modal } from '../parts/Modal.tsx';
import { SliceGrid } from '../parts/SliceGrid.tsx';
import { type SliceSource, useSlices } from '../parts/slices.ts';
import { Inspector } from './Inspector.tsx';
import styles from './InspectorDialog.module.css';

type Props = {
  title: string;
  source: SliceSource;
  version: number | string;
  /** Where the list begins. */
  start?: number;
  size: 64 | 128 | 224;
  onClose: () => void;
};

export function InspectorDialog({ title, source, version, start = 0, size, onClose }: Props) {
  const slices = useSlices(source, version);
  const [selected, setSelected] = useState(start);
  const card = slices.card(selected);
  const { total } = slices;

  const move = (by: number) => {
    const next = Math.min((total ?? 1) - 1, Math.max(0, selected + by));
    slices.need(next, next);
    setSelected(next);
  };

  return (
    <Modal title={title} shape="full" onClose={onClose} testId="slice-drawer">
      <div className={styles.columns}>
        <div className={styles.list}>
          <p className={styles.note}>
            {total === null ? 'Reading …' : `${count(Math.min(total, selected + 1))} of ${count(total)}`}
            {source.kind === 'predictions' && total !== null && ', surest first'}
          </p>
          <SliceGrid slices={slices} label={title} tile={84} selected={selected} onSelect={setSelected} />
        </div>
        <Inspector
          target={card && { kind: 'stored', shard: card.shard, row: card.row }}
          called={card && calledOf(card)}
          size={size}
          onList={move}
        />
      </div>
    </Modal>
  );
}

function calledOf({ predicted, confidence }: SliceCard) {
  return predicted && confidence !== null ? { predicted, confidence } : null;
}
