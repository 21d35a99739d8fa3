/** What a model says of a series: the likeliest classes with their probabilities. */
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { roughPercent } from '../format.ts';
import styles from './ItemFacts.module.css';

const MOST_CLASSES = 4;

type Props = { set: LabelSet; model: string; probabilities: ArrayLike<number> };

export function ModelSays({ set, model, probabilities }: Props) {
  const bars = set.classes
    .map((one, i) => ({ ...one, share: probabilities[i] ?? 0 }))
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_CLASSES);
  return (
    <section aria-label="What the model says" data-testid="model-says">
      <h2 className={styles.title} title={model}>
        {model}
      </h2>
      <ul className={styles.bars}>
        {bars.map(({ id, name, colour, share }) => (
          <li key={id}>
            <span className={styles.name}>{name}</span>
            <span className={styles.track} aria-hidden="true">
              <span
                className={styles.fill}
                style={{ width: `${share * 100}%`, background: colour }}
                data-mark
              />
            </span>
            <span className={styles.figure}>{roughPercent(share)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
