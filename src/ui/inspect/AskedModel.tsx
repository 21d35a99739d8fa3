/** Selects the model to ask: the one chosen here, else the page's, else the best. */
import type { RunRow } from '../../app/state.ts';
import { models } from '../classify/model.ts';
import styles from './Why.module.css';

type Props = { runs: RunRow[]; run: RunRow; onRun: (id: string) => void };

export function AskedModel({ runs, run, onRun }: Props) {
  const usable = models(runs);
  return (
    <label className={styles.model}>
      Model
      <select value={run.id} onChange={({ target }) => onRun(target.value)} data-testid="asked-model">
        {usable.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
