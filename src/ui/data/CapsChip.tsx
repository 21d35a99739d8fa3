/** Shows that caps are on, and how many slices they leave out; opens them. */

import { capWords } from '../../core/dataset/caps.ts';
import { sumOf } from '../../core/labels/counts.ts';
import { useActions, useLab } from '../context.ts';
import { count } from '../format.ts';
import styles from './CapsChip.module.css';

export function CapsChip() {
  const caps = useLab((state) => state.caps);
  const datasets = useLab((state) => state.datasets);
  const set = useLab((state) => state.labelSet);
  const actions = useActions();
  if (!caps) return null;
  const out = datasets.reduce((sum, { capped }) => sum + sumOf(capped), 0);
  return (
    <button
      type="button"
      className={styles.chip}
      title={capWords(caps, set)}
      onClick={() => actions.look({ caps: 'open' }, 'open')}
      data-testid="caps-chip"
    >
      Caps: {count(out)} kept aside
    </button>
  );
}
