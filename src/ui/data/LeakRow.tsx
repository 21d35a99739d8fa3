/** One finding of the leak guard: a picture of either dataset, what they share, and what can be done. */
import { type ReactNode, useId } from 'react';
import type { Mend } from '../../app/guard.ts';
import type { Finding, FindingSide } from '../../core/leaks/findings.ts';
import { useLab } from '../context.ts';
import { plural } from '../format.ts';
import doubts from '../label/Doubts.module.css';
import { PictureRow } from '../label/PictureRow.tsx';
import type { RowPlace } from '../label/PictureRows.tsx';
import { Button } from '../parts/Button.tsx';
import styles from './LeakFindings.module.css';
import { KIND_WORDS, LEAK_KEYS, mendsOf, reasonOf, STATE_WORDS } from './leakWords.ts';

type Props = {
  finding: Finding;
  place: RowPlace;
  readOnly: boolean;
  onMend: (mend: Mend) => void;
};

export function LeakRow({ finding, place, readOnly, onMend }: Props) {
  const datasets = useLab((state) => state.datasets);
  const words = useId();
  const { kind, state, kept, moved } = finding;
  const name = (id: string) => datasets.find((dataset) => dataset.id === id)?.name ?? 'removed';
  const side = ({ dataset, split, slices }: FindingSide) =>
    `${name(dataset)} (${split}, ${plural(slices, 'slice')})`;
  const labels: Record<Mend, ReactNode> = {
    move: (
      <>
        Move{' '}
        <span className={styles.name} title={name(moved.dataset)}>
          {name(moved.dataset)}
        </span>{' '}
        to {kept.split}
      </>
    ),
    exclude: `Leave ${plural(finding.copies.length, 'copy', 'copies')} out`,
    dismiss: 'Not a leak',
  };
  const button = { size: 'small', disabled: readOnly, tabIndex: place.isCurrent ? 0 : -1 } as const;
  return (
    <PictureRow
      place={place}
      shown={[kept.show, moved.show]}
      pictures={[`A slice of ${name(kept.dataset)}`, `A slice of ${name(moved.dataset)}`]}
      words={`${words} ${words}-facts`}
      testId="leak"
    >
      <div id={`${words}-facts`} className={doubts.facts}>
        <strong>{KIND_WORDS[kind]}</strong>
        <span className={styles.state} data-state={state}>
          {STATE_WORDS[state]}
        </span>
        <span className={doubts.dataset}>{side(kept)}</span>
        <span className={doubts.dataset}>{side(moved)}</span>
      </div>
      <p id={words} className={doubts.reason}>
        {reasonOf(finding, name)}
      </p>
      <div className={doubts.answers}>
        {LEAK_KEYS.filter(({ mend }) => mendsOf(finding).includes(mend)).map(({ key, mend }) => (
          <Button
            key={mend}
            {...button}
            aria-keyshortcuts={key}
            onClick={() => onMend(mend)}
            data-testid={`leak-${mend}`}
          >
            {labels[mend]} <kbd>{key}</kbd>
          </Button>
        ))}
      </div>
    </PictureRow>
  );
}
