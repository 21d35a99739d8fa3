/** What two readers disagree on in one series: its picture, both labels side by side, and who is right. */
import { useId } from 'react';
import { type Decision, type Disagreement, pictureOf } from '../../core/labels/exchange/disagreement.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { BothReaders, costWords, READER_KEYS } from './BothReaders.tsx';
import styles from './Doubts.module.css';
import { PictureRow } from './PictureRow.tsx';
import type { RowPlace } from './PictureRows.tsx';

type Props = {
  of: Disagreement;
  place: RowPlace;
  set: LabelSet;
  readOnly: boolean;
  onDecide: (decision: Decision) => void;
  onShow: () => void;
};

export function ReaderRow({ of, place, set, readOnly, onDecide, onShow }: Props) {
  const dataset = useLab((state) => state.datasets.find(({ id }) => id === of.dataset)?.name ?? '');
  const words = useId();
  const { differ, slices, cost } = of;

  const button = { size: 'small', disabled: readOnly, tabIndex: place.isCurrent ? 0 : -1 } as const;
  return (
    <PictureRow place={place} shown={[pictureOf(of)]} words={`${words} ${words}-facts`} testId="disagreement">
      <div id={`${words}-facts`} className={styles.facts}>
        <strong>
          {differ === slices ? plural(slices, 'slice') : `${count(differ)} of ${plural(slices, 'slice')}`}
        </strong>
        <span title="The mean of the classes’ kappas would gain this much, did both readers agree here">
          {costWords(cost)}
        </span>
        <span className={styles.dataset}>{dataset}</span>
      </div>
      <div id={words} className={styles.both}>
        <BothReaders set={set} of={of} />
      </div>
      <div className={styles.answers}>
        {([0, 1] as const).map((reader) => (
          <Button
            {...button}
            key={reader}
            aria-keyshortcuts={READER_KEYS[reader]}
            onClick={() => onDecide({ reader })}
          >
            {reader === 0 ? 'First is right' : 'Second is right'} <kbd>{READER_KEYS[reader]}</kbd>
          </Button>
        ))}
        <Button {...button} disabled={false} tone="quiet" onClick={onShow}>
          Show <kbd>↵</kbd>
        </Button>
      </div>
    </PictureRow>
  );
}
