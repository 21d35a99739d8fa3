/** Whether classified series are a table, a grid, or one large picture at a time. */
import { useActions, useLab } from '../context.ts';
import { KeyHint } from '../parts/KeyHint.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import styles from './ClassifyHeader.module.css';
import { viewOf } from './useVerdicts.ts';

const VIEWS = [
  { value: 'table', label: 'Table', title: 'One row a series' },
  { value: 'grid', label: 'Grid', title: 'Key G' },
  { value: 'one', label: 'One', title: 'Key G' },
] as const;

export function ViewChoice() {
  const as = viewOf(useLab((state) => state.view.as));
  const actions = useActions();
  return (
    <span className={styles.views}>
      <Segmented
        label="View"
        value={as}
        options={VIEWS}
        onChange={(next) => actions.look({ as: next === 'table' ? undefined : next })}
        testId="classify-view"
      />
      <KeyHint>G</KeyHint>
    </span>
  );
}
