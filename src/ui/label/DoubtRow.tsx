/** One doubt: its pictures, the reason, and what can be answered. */
import { useId } from 'react';
import type { DoubtAnswer } from '../../app/audit.ts';
import { KINDS } from '../../core/audit/kinds/index.ts';
import type { Doubt } from '../../core/audit/queue.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { useLab } from '../context.ts';
import { plural, roughPercent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import styles from './Doubts.module.css';
import { PictureRow } from './PictureRow.tsx';
import type { RowPlace } from './PictureRows.tsx';

type Props = {
  doubt: Doubt;
  place: RowPlace;
  set: LabelSet;
  readOnly: boolean;
  onAnswer: (answer: DoubtAnswer) => void;
  onShow?: () => void;
};

export function DoubtRow(props: Props) {
  const { doubt, place, set, readOnly, onAnswer, onShow } = props;
  const dataset = useLab((state) => state.datasets.find(({ id }) => id === doubt.dataset)?.name ?? '');
  const words = useId();
  const label = set.classes[doubt.label] ?? null;
  const proposed = doubt.proposed === null ? null : (set.classes[doubt.proposed] ?? null);

  const others = doubt.rivals.flatMap((rival) =>
    rival === doubt.proposed ? [] : (set.classes[rival] ?? []),
  );

  const button = { size: 'small', disabled: readOnly, tabIndex: place.isCurrent ? 0 : -1 } as const;
  return (
    <PictureRow
      place={place}
      shown={doubt.beside ? [doubt.show, doubt.beside] : [doubt.show]}
      words={`${words} ${words}-facts`}
      testId="doubt"
    >
      <div id={`${words}-facts`} className={styles.facts}>
        <strong>{KINDS[doubt.kind].label}</strong>
        <span title="Doubt: from 50 % on the evidence speaks for another label">
          {roughPercent(doubt.doubt)}
        </span>
        <span className={styles.dataset}>{dataset}</span>
        <span>{plural(doubt.slices, 'slice')}</span>
        <span>{label ? label.name : 'no label'}</span>
      </div>
      <p
        id={words}
        className={styles.reason}
        title={[doubt.reason, ...doubt.also.map(({ reason }) => reason)].join('\n')}
      >
        {doubt.reason}
      </p>
      <div className={styles.answers}>
        {proposed && (
          <Button {...button} tone="accent" onClick={() => onAnswer({ kind: 'label', class: proposed.id })}>
            Label {proposed.name} <kbd>↵</kbd>
          </Button>
        )}
        {others.map(({ id, name, key }) => (
          <Button key={id} {...button} onClick={() => onAnswer({ kind: 'label', class: id })}>
            Label {name} {key && <kbd>{key.toUpperCase()}</kbd>}
          </Button>
        ))}
        <Button {...button} onClick={() => onAnswer({ kind: 'keep' })}>
          Leave as it is <kbd>=</kbd>
        </Button>
        <Button {...button} onClick={() => onAnswer({ kind: 'exclude' })}>
          Exclude <kbd>X</kbd>
        </Button>
        {onShow && (
          <Button {...button} disabled={false} tone="quiet" onClick={onShow}>
            Show
          </Button>
        )}
      </div>
    </PictureRow>
  );
}
