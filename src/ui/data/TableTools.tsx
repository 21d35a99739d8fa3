/** Above the datasets table: the search, and what can be done with several chosen datasets. */
import { SPLITS, type Split } from '../../core/types.ts';
import { useActions } from '../context.ts';
import { count, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import styles from './TableTools.module.css';
import type { Chosen } from './useChosen.ts';

type Props = {
  search: string;
  onSearch: (text: string) => void;
  shown: number;
  total: number;
  chosen: Chosen;
  readOnly: boolean;
};

export function TableTools({ search, onSearch, shown, total, chosen, readOnly }: Props) {
  const actions = useActions();
  const { ids } = chosen;
  return (
    <div className={styles.tools}>
      <input
        type="search"
        className={styles.search}
        value={search}
        placeholder="Search datasets"
        aria-label="Search datasets by name, body location, split or class"
        onChange={({ target }) => onSearch(target.value)}
        data-testid="datasets-search"
      />
      {search.trim() !== '' && (
        <span className={styles.words} role="status" data-testid="datasets-found">
          {count(shown)} of {plural(total, 'dataset')}
        </span>
      )}
      {ids.length > 0 ? (
        <span className={styles.chosen} data-testid="datasets-chosen">
          <span role="status">{count(ids.length)} chosen</span>
          <select
            value=""
            aria-label={`Split of the ${count(ids.length)} chosen datasets`}
            disabled={readOnly}
            data-testid="chosen-split"
            onChange={({ target }) => void actions.setSplits(ids, target.value as Split)}
          >
            <option value="" disabled>
              Move to …
            </option>
            {SPLITS.map((split) => (
              <option key={split} value={split}>
                {split}
              </option>
            ))}
          </select>
          <Button tone="quiet" size="small" onClick={chosen.clear} data-testid="chosen-clear">
            Choose none
          </Button>
        </span>
      ) : (
        <span className={styles.words}>
          Choose several with Ctrl or Shift and a click; drag rows to a split above
        </span>
      )}
    </div>
  );
}
