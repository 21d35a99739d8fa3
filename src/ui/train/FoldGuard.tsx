/** What the leak guard knows of the splits of a fold that is about to be trained. */
import { useMemo } from 'react';
import type { Fold } from '../../core/dataset/protocols/protocol.ts';
import type { SplitLeak } from '../../core/leaks/ofSplits.ts';
import { useActions, useLab } from '../context.ts';
import { CHANGED_SINCE } from '../data/leakWords.ts';
import { count, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import styles from './ProtocolFields.module.css';

const MOST_NAMED = 2;

export function FoldGuard({ fold }: { fold: Fold }) {
  const datasets = useLab((state) => state.datasets);
  const guard = useLab((state) => state.guard);
  const actions = useActions();
  const checked = guard?.checked ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads what these show
  const leaks = useMemo(() => actions.leaksOfFold(fold), [fold, datasets, checked, guard?.found, actions]);
  const name = (id: string) => datasets.find((dataset) => dataset.id === id)?.name ?? 'removed';
  const isOpen = leaks?.some(({ isDismissed }) => !isDismissed);
  return (
    <div className={styles.guard} data-testid="fold-guard" data-tone={isOpen ? 'warn' : undefined}>
      <p>
        {foldGuardWords(leaks, name)}
        {checked && !checked.isCurrent && CHANGED_SINCE}
      </p>
      {(isOpen || leaks === null) && (
        <Button
          size="small"
          onClick={() => actions.go('data', null, isOpen ? { guard: 'open' } : {})}
          data-testid="fold-guard-see"
        >
          {isOpen ? 'See the copies' : 'See the leak guard'}
        </Button>
      )}
    </div>
  );
}

/** @param leaks null: copies were not looked for */
export function foldGuardWords(leaks: readonly SplitLeak[] | null, name: (id: string) => string): string {
  if (!leaks) return 'Leak guard: copies of pictures have not been looked for in these data.';
  const open = leaks.filter(({ isDismissed }) => !isDismissed);
  if (open.length === 0) return 'Leak guard: this fold sets no known copies apart.';
  const pairs = open.reduce((sum, one) => sum + one.pairs, 0);
  const where = open.slice(0, MOST_NAMED).map(({ datasets: [a, b] }) => {
    return a === b ? `within “${name(a)}”` : `of “${name(a)}” and “${name(b)}”`;
  });
  const more = open.length > MOST_NAMED ? `, and ${count(open.length - MOST_NAMED)} more` : '';
  return `Leak guard: this fold sets ${plural(pairs, 'pair of copies', 'pairs of copies')} apart: ${where.join(', ')}${more}.`;
}
