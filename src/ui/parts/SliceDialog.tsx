/** Slices of a query in a drawer: the grid, and the chosen one large with what is known of it. */
import { useState } from 'react';
import type { SliceCard } from '../../app/state.ts';
import { count, percent } from '../format.ts';
import { Modal } from './Modal.tsx';
import { Modality } from './Modality.tsx';
import styles from './SliceDialog.module.css';
import { SliceGrid } from './SliceGrid.tsx';
import { type SliceSource, useSlices } from './slices.ts';
import { Thumbnail } from './Thumbnail.tsx';

type Props = {
  title: string;
  source: SliceSource;
  version: number;
  start?: number;
  onClose: () => void;
};

const SOURCES = {
  tag: 'DICOM tag',
  folder: 'folder name',
  user: 'you',
  model: 'a model',
} as const satisfies Record<SliceCard['source'], string>;

export function SliceDialog({ title, source, version, start = 0, onClose }: Props) {
  const slices = useSlices(source, version);
  const [selected, setSelected] = useState(start);
  const card = slices.card(selected);
  const total = slices.total;

  return (
    <Modal title={title} shape="drawer" onClose={onClose} testId="slice-drawer">
      <div className={styles.columns}>
        <div className={styles.grid}>
          <p className={styles.note}>
            {total === null
              ? 'Reading …'
              : `${count(total)} slices${source.kind === 'predictions' ? ', surest first' : ''}`}
          </p>
          <SliceGrid
            slices={slices}
            label={title}
            tile={104}
            selected={selected}
            onSelect={setSelected}
            autoFocus
          />
        </div>
        <div className={styles.preview}>
          <div className={styles.image}>
            {card && <Thumbnail pixels={card.pixels} side={224} label={`${card.label} slice`} />}
          </div>
          {card && <Facts card={card} index={selected} />}
        </div>
      </div>
    </Modal>
  );
}

function Facts({ card, index }: { card: SliceCard; index: number }) {
  return (
    <dl className={styles.facts}>
      <dt>Slice</dt>
      <dd>{count(index + 1)}</dd>
      <dt>Dataset</dt>
      <dd>{card.dataset}</dd>
      <dt>Label</dt>
      <dd>
        <Modality label={card.label} /> from {SOURCES[card.source]}
      </dd>
      {card.predicted && card.confidence !== null && (
        <>
          <dt>Called</dt>
          <dd>
            <Modality label={card.predicted} /> {percent(card.confidence)}
          </dd>
        </>
      )}
    </dl>
  );
}
