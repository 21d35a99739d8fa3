/** Slices of one series, each with its probabilities. */
import { useState } from 'react';
import { THUMBNAIL_SIDE } from '../../core/classify/thumbnails.ts';
import type { SliceVerdict } from '../../core/classify/verdict.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { count, percent, roughPercent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import styles from './SliceList.module.css';

const STEP = 60;

type Props = { labelSet: LabelSet; slices: SliceVerdict[]; onOpen: (at: number) => void };

export function SliceList({ labelSet, slices, onOpen }: Props) {
  const [shown, setShown] = useState(STEP);
  return (
    <>
      <ul
        className={
          slices.some(({ probabilities }) => probabilities)
            ? styles.slices
            : `${styles.slices} ${styles.unjudged}`
        }
      >
        {slices.slice(0, shown).map((slice, i) => (
          <Slice
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of a finished series never changes
            key={i}
            labelSet={labelSet}
            slice={slice}
            number={slice.instanceNumber ?? i + 1}
            onOpen={() => onOpen(i)}
          />
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

type SliceProps = { labelSet: LabelSet; slice: SliceVerdict; number: number; onOpen: () => void };

function Slice({ labelSet, slice, number, onOpen }: SliceProps) {
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
        {slice.thumbnail && <Thumbnail pixels={slice.thumbnail} side={THUMBNAIL_SIDE} label="" />}
        <span>{name}</span>
      </button>
      {slice.probabilities && (
        <Probabilities labelSet={labelSet} predicted={slice.predicted} probabilities={slice.probabilities} />
      )}
    </li>
  );
}

/** Of many classes the likeliest. */
const MOST_CLASSES = 4;

function Probabilities({
  labelSet,
  predicted,
  probabilities,
}: Pick<SliceVerdict, 'predicted'> & { labelSet: LabelSet } & {
  probabilities: NonNullable<SliceVerdict['probabilities']>;
}) {
  const ranked = labelSet.classes
    .map((one, i) => ({ ...one, i }))
    .sort((a, b) => probabilities[b.i] - probabilities[a.i])
    .slice(0, MOST_CLASSES)
    .sort((a, b) => a.i - b.i);
  return (
    <dl>
      {ranked.map(({ id, name, colour, i }) => (
        <div key={id} className={id === predicted ? styles.predicted : ''}>
          <dt title={name}>{name}</dt>
          <dd title={percent(probabilities[i])}>
            <span className={styles.track}>
              <span
                style={{
                  width: `${probabilities[i] * 100}%`,
                  background: colour,
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
