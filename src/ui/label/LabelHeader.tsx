/** Title, label set, and what is always in sight: how much is left, and how fast it goes. */
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { LabelSetMenu } from '../labelSets/LabelSetMenu.tsx';
import { KeyHint } from '../parts/KeyHint.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import { HEADER_ACTS } from './headerActs.ts';
import styles from './LabelHeader.module.css';
import type { Labeller } from './useLabeller.ts';

export function LabelHeader({ labeller }: { labeller: Labeller }) {
  const { labelling, rate, queue, selection } = labeller;
  const { labels, unsaved } = labelling;
  const as = useLab((state) => state.view.as);
  const actions = useActions();
  const readers = useLab((state) => state.disagreements !== null) || as === 'readers';
  const shown = as === 'one' || as === 'doubts' || as === 'readers' ? as : 'grid';
  const left = labels.counts.seriesLeft;
  return (
    <header className={styles.header}>
      <h1>Label</h1>
      <LabelSetMenu />
      <Segmented
        label="View"
        value={shown}
        options={[
          { value: 'grid', label: 'Grid', title: 'Key G' },
          { value: 'one', label: 'One', title: 'Key G' },
          { value: 'doubts', label: 'Doubts', title: 'Labels most worth a look, each with its reason' },
          ...(readers
            ? [{ value: 'readers' as const, label: 'Readers', title: 'What two readers disagree on' }]
            : []),
        ]}
        onChange={(value) => actions.look({ as: value === 'grid' ? undefined : value })}
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
