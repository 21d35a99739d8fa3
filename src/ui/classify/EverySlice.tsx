/** The switch that lets a classification look at every slice. */
import { useState } from 'react';
import { lookAtEverySlice, looksAtEverySlice } from '../../app/everySlice.ts';
import { useLab } from '../context.ts';
import styles from './ClassifyHeader.module.css';

export function EverySlice() {
  const [every, setEvery] = useState(looksAtEverySlice);
  const running = useLab((state) => state.job?.kind === 'classify');
  const change = (next: boolean) => {
    lookAtEverySlice(next);
    setEvery(next);
  };
  return (
    <label
      className={styles.every}
      title="Without it, up to nine slices of each series are looked at first, and more only where image and tag leave a doubt. It counts for the next drop."
    >
      <input
        type="checkbox"
        checked={every}
        disabled={running}
        onChange={({ target }) => change(target.checked)}
        data-testid="every-slice"
      />
      Every slice
    </label>
  );
}
