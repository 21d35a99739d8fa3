/** One line on the splits: what to know about them, and the way to the counts. */
import { splitWarnings } from '../../core/dataset/splitRules/index.ts';
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { Icon } from '../parts/Icon.tsx';
import styles from './SplitNote.module.css';
import { splitCounts } from './splitCounts.ts';

export function SplitNote() {
  const datasets = useLab((state) => state.datasets);
  const set = useLab((state) => state.labelSet);
  const actions = useActions();
  const warnings = splitWarnings(splitCounts(datasets, set));
  return (
    <button
      type="button"
      className={styles.note}
      title="Slices by class, body location and split"
      onClick={() => actions.look({ heat: 'open' }, 'open')}
      data-testid="split-note"
    >
      {warnings.length > 0 ? (
        <>
          <span className={styles.warn}>
            <Icon name="warning" size={14} /> {plural(warnings.length, 'remark')} on the splits
          </span>
          <span className={styles.first}>{warnings[0].text}</span>
        </>
      ) : (
        <span className={styles.first}>No remark on the splits.</span>
      )}
      <span className={styles.more}>Counts by location …</span>
    </button>
  );
}
