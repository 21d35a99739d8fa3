/** Slices of test beside the curves, with the network's current answers. */
import type { LiveRun } from '../../app/state.ts';
import { MODALITIES, SLICE_SIDE } from '../../core/types.ts';
import { roughPercent } from '../format.ts';
import { Swatch } from '../parts/Modality.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import styles from './Watched.module.css';

export function Watched({ watched }: { watched: NonNullable<LiveRun['watched']> }) {
  const { slices, probabilities } = watched;
  const right = slices.filter(({ truth }, at) => answer(probabilities, at)?.modality === truth).length;
  return (
    <section className={styles.watched} aria-label="Slices of test while it trains" data-testid="watched">
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
          const predicted = answer(probabilities, at);
          return (
            <li
              key={`${shard}:${row}`}
              className={predicted ? (predicted.modality === truth ? styles.right : styles.wrong) : ''}
              data-testid="watched-slice"
            >
              <Thumbnail pixels={pixels} side={SLICE_SIDE} label="" />
              <span className={styles.truth}>
                <Swatch label={truth} /> {truth}
              </span>
              <span className={styles.predicted}>
                {predicted
                  ? `${predicted.modality === truth ? '✓' : '✗'} ${predicted.modality} ${roughPercent(predicted.share)}`
                  : '…'}
              </span>
              <span className={styles.bars} aria-hidden="true">
                {MODALITIES.map((modality, i) => (
                  <span
                    key={modality}
                    className={styles[modality]}
                    style={{ width: `${100 * (probabilities?.[at * MODALITIES.length + i] ?? 0)}%` }}
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

/** The likeliest modality of a slice. */
function answer(probabilities: Float32Array | null, at: number) {
  if (!probabilities) return null;
  const own = [...probabilities.subarray(at * MODALITIES.length, (at + 1) * MODALITIES.length)];
  const share = Math.max(...own);
  return { modality: MODALITIES[own.indexOf(share)], share };
}
