/** Slices of one series, each with its four probabilities. */
import { useState } from 'react';
import type { SliceVerdict } from '../../core/classify/verdict.ts';
import { MODALITIES } from '../../core/types.ts';
import { count, percent, roughPercent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import styles from './SliceList.module.css';

const STEP = 60;

type Props = { slices: SliceVerdict[]; onOpen: (at: number) => void };

export function SliceList({ slices, onOpen }: Props) {
  const [shown, setShown] = useState(STEP);
  return (
    <>
      <ul className={slices[0]?.probabilities ? styles.slices : `${styles.slices} ${styles.unjudged}`}>
        {slices.slice(0, shown).map((slice, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of a finished series never changes
          <Slice key={i} slice={slice} number={slice.instanceNumber ?? i + 1} onOpen={() => onOpen(i)} />
        ))}
      </ul>
      {slices.length > shown && (
        <Button size="small" className={styles.more} onClick={() => setShown(shown + STEP)}>
          Show more of {count(slices.length)}
        </Button>
      )}
    </>
  );
}

function Slice({ slice, number, onOpen }: { slice: SliceVerdict; number: number; onOpen: () => void }) {
  const name = slice.frame > 0 ? `${number}, frame ${slice.frame + 1}` : String(number);
  return (
    <li className={styles.slice}>
      <button
        type="button"
        className={styles.image}
        aria-label={`Look at slice ${name}`}
        onClick={onOpen}
        data-testid="classified-slice"
      >
        <Thumbnail pixels={slice.thumbnail} side={56} label="" />
        <span>{name}</span>
      </button>
      {slice.probabilities && (
        <Probabilities predicted={slice.predicted} probabilities={slice.probabilities} />
      )}
    </li>
  );
}

function Probabilities({
  predicted,
  probabilities,
}: Pick<SliceVerdict, 'predicted'> & { probabilities: NonNullable<SliceVerdict['probabilities']> }) {
  return (
    <dl>
      {MODALITIES.map((modality, i) => (
        <div key={modality} className={modality === predicted ? styles.predicted : ''}>
          <dt>{modality}</dt>
          <dd title={percent(probabilities[i])}>
            <span className={styles.track}>
              <span
                style={{
                  width: `${probabilities[i] * 100}%`,
                  background: `var(--${modality.toLowerCase()})`,
                }}
              />
            </span>
            <span className={styles.number}>{roughPercent(probabilities[i])}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
