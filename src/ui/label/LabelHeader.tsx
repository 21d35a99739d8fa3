/** Title, label set, and what is always in sight: how much is left, and how fast it goes. */
import { useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { KeyHint } from '../parts/KeyHint.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { HEADER_ACTS } from './headerActs.ts';
import styles from './LabelHeader.module.css';
import type { Labeller } from './useLabeller.ts';

export function LabelHeader({ labeller }: { labeller: Labeller }) {
  const { labelling, rate, run, queue, selection } = labeller;
  const { labels, set, unsaved } = labelling;
  const one = useLab((state) => state.view.as === 'one');
  const left = labels.counts.seriesLeft;
  return (
    <header className={styles.header}>
      <h1>Label</h1>
      <p className={styles.set} title="The label set">
        {set.name}
      </p>
      <Segmented
        label="View"
        value={one ? 'one' : 'grid'}
        options={[
          { value: 'grid', label: 'Grid', title: 'Key G' },
          { value: 'one', label: 'One', title: 'Key G' },
        ]}
        onChange={(value) => {
          if ((value === 'one') !== one) run({ do: 'view' });
        }}
        testId="label-view"
      />
      <KeyHint>G</KeyHint>
      <p className={styles.figures} data-testid="label-place">
        {queue.length > 0 && `${count(selection.at + 1)} of ${count(queue.length)}`}
      </p>
      <p className={styles.figures} data-testid="label-left" data-left={left}>
        {left > 0 ? `${plural(left, 'series', 'series')} without a label` : 'Every series has a label'}
      </p>
      <p className={styles.figures} data-testid="label-rate" title="Labels in the last minute of work">
        {rate === null ? '' : `${count(Math.round(rate))} a minute`}
      </p>
      <p className={styles.saving} aria-live="polite" data-testid="label-unsaved" data-unsaved={unsaved}>
        {unsaved > 2 && `storing ${count(unsaved)} …`}
      </p>
      <div className={styles.acts}>
        {HEADER_ACTS.map(({ name, Act }) => (
          <Act key={name} />
        ))}
      </div>
    </header>
  );
}
