/** What is known of copies across splits, in one line: state, progress, and the way to what was found. */
import type { GuardState } from '../../app/guard.ts';
import type { LeakProgress } from '../../core/leaks/contract.ts';
import { findingsIn, openFindings } from '../../core/leaks/findings.ts';
import { useActions, useLab } from '../context.ts';
import { dated, plural, rate, remaining } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { LeakFindings } from './LeakFindings.tsx';
import styles from './LeakGuard.module.css';
import { CHANGED_SINCE } from './leakWords.ts';

export function LeakGuard() {
  const guard = useLab((state) => state.guard);
  const isOpen = useLab((state) => state.view.guard !== undefined);
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  if (!guard) return null;
  const { progress, checked, found } = guard;
  return (
    <section className={styles.guard} aria-label="Leak guard" data-testid="leak-guard">
      <h2>Leak guard</h2>
      {progress ? (
        <Progress progress={progress} onCancel={() => actions.cancelLeakCheck()} />
      ) : (
        <>
          <p aria-live="polite" data-tone={toneOf(guard)} data-testid="leak-state">
            {stateWords(guard)}
          </p>
          {found.findings.length > 0 && (
            <Button
              size="small"
              onClick={() => actions.look({ guard: 'open' }, 'open')}
              data-testid="leak-show"
            >
              Show {plural(found.findings.length, 'finding')}
            </Button>
          )}
          <Button
            size="small"
            disabled={blocked}
            title="Compares all slices of different series, also resized, windowed, inverted, mirrored and turned ones"
            onClick={() => void actions.checkForLeaks()}
            data-testid="leak-check"
          >
            {checked ? 'Check again' : 'Check for copies'}
          </Button>
        </>
      )}
      {isOpen && <LeakFindings onClose={() => actions.look({ guard: undefined }, 'close')} />}
    </section>
  );
}

function Progress({ progress, onCancel }: { progress: LeakProgress; onCancel: () => void }) {
  const words = progress.doing === 'reading' ? 'Reading the slices' : 'Comparing the slices';
  return (
    <>
      <span aria-live="polite" data-testid="leak-progress">
        {words}
      </span>
      <progress max={Math.max(1, progress.total)} value={progress.done} aria-label={words} />
      <span className={styles.numbers}>
        {progress.rate === null ? '–' : `${rate(progress.rate)} slices/s`} ·{' '}
        {progress.secondsLeft === null ? '–' : `${remaining(progress.secondsLeft)} left`}
      </span>
      <Button size="small" onClick={onCancel} data-testid="leak-cancel">
        Cancel
      </Button>
    </>
  );
}

function toneOf({ checked, found }: GuardState): 'good' | 'warn' | undefined {
  if (openFindings(found) > 0) return 'warn';
  return checked?.isCurrent ? 'good' : undefined;
}

function stateWords({ checked, found }: GuardState): string {
  if (!checked) return 'Copies of pictures have not been looked for in these data.';
  const open = openFindings(found);
  const what =
    open === 0
      ? 'no picture is in two splits.'
      : `${plural(open, 'pair of datasets shares', 'pairs of datasets share')} pictures across splits.`;
  const together = findingsIn(found, 'together');
  const twice =
    together === 0
      ? ''
      : ` Within a split, ${plural(together, 'set of copies counts', 'sets of copies count')} twice.`;
  return `Checked ${plural(checked.slices, 'slice')} on ${dated(checked.atMs)}: ${what}${twice}${checked.isCurrent ? '' : CHANGED_SINCE}`;
}
