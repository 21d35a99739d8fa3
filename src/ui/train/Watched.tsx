/** Slices of test, or of validate, beside the curves, with the network's current answers. */
import type { LiveRun } from '../../app/state.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { SLICE_SIDE, type Split } from '../../core/types.ts';
import { roughPercent } from '../format.ts';
import { classOfSet } from '../parts/classes.ts';
import { ClassSwatch } from '../parts/LabelChip.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import styles from './Watched.module.css';

type Props = { watched: NonNullable<LiveRun['watched']>; labelSet: LabelSet; split?: Split };

export function Watched({ watched, labelSet, split = 'test' }: Props) {
  const { slices, probabilities } = watched;
  const { classes } = labelSet;
  const answers = slices.map((_, at) => answer(probabilities, labelSet, at));
  const right = slices.filter(({ truth }, at) => answers[at]?.id === truth).length;
  return (
    <section
      className={styles.watched}
      aria-label={`Slices of ${split} while it trains`}
      data-testid="watched"
    >
      <h3>
        Never trained on
        {probabilities && (
          <span>
            {right} of {slices.length} right
          </span>
        )}
      </h3>
      <ul>
        {slices.map(({ shard, row, truth, pixels }, at) => {
          const predicted = answers[at];
          const label = classOfSet(labelSet, truth);
          const mark = predicted?.id === truth ? '✓' : '✗';
          const words = predicted && `${mark} ${predicted.name} ${roughPercent(predicted.share)}`;
          return (
            <li
              key={`${shard}:${row}`}
              className={predicted ? (predicted.id === truth ? styles.right : styles.wrong) : ''}
              data-testid="watched-slice"
            >
              <Thumbnail pixels={pixels} side={SLICE_SIDE} label="" />
              <span className={styles.truth} title={label.name}>
                <ClassSwatch of={label} /> {label.name}
              </span>
              <span className={styles.predicted} title={words ?? undefined}>
                {words ?? '…'}
              </span>
              <span className={styles.bars} aria-hidden="true">
                {classes.map(({ id, colour }, i) => (
                  <span
                    key={id}
                    style={{
                      width: `${100 * (probabilities?.[at * classes.length + i] ?? 0)}%`,
                      background: colour,
                    }}
                  />
                ))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The likeliest class of a slice. */
function answer(probabilities: Float32Array | null, { classes }: LabelSet, at: number) {
  if (!probabilities) return null;
  const own = [...probabilities.subarray(at * classes.length, (at + 1) * classes.length)];
  const share = Math.max(...own);
  const { id, name } = classes[own.indexOf(share)];
  return { id, name, share };
}
