/** The test split of a run: closed until it is asked for, or how often it was looked at and what that means. */
import { looksOf } from '../../app/looks.ts';
import type { RunRow } from '../../app/state.ts';
import { testKeyOf } from '../../core/train/looks.ts';
import type { Split } from '../../core/types.ts';
import { useLab } from '../context.ts';
import { Callout } from '../parts/Message.tsx';
import { EvaluateButton } from './EvaluateButton.tsx';
import { looksWords } from './looks.ts';
import styles from './RunResults.module.css';

export function TestNote({ run, split }: { run: RunRow; split: Split }) {
  const testLooks = useLab((state) => state.testLooks);
  const readOnly = useLab((state) => state.readOnly);
  const found = looksOf({ testLooks }, run);
  if (isTestClosed(run)) {
    return (
      <Callout tone="info" title="Test is closed for this run." testId="test-closed">
        <p>
          A test split that steers choices is no test any more: compare runs on validate, and open test for
          the one that you have chosen.{' '}
          {found && found.looks > 0
            ? `This test split was looked at ${looksWords(found)}.`
            : 'Nobody has looked at this test split.'}
        </p>
        <div>
          <EvaluateButton run={run} label="Evaluate test" openTest />
        </div>
      </Callout>
    );
  }
  if (split !== 'test' || !found || (found.looks === 0 && !readOnly)) return null;
  const uncounted = readOnly && 'This tab only shows the project: what is read in it is not counted.';
  if (found.looks === 0) {
    return (
      <p className={styles.guard} data-testid="test-looks">
        {uncounted}
      </p>
    );
  }
  return (
    <p className={styles.guard} data-testid="test-looks" data-warn={found.runs > 1}>
      Test was looked at {looksWords(found)}.{' '}
      {found.runs > 1
        ? 'The best of them on test is partly lucky: chosen by these figures, it has figures that are too good.'
        : 'Figures of test are honest as long as nothing is chosen by them.'}{' '}
      Lists of runs show them only after a look, which counts once. {uncounted}
    </p>
  );
}

/** Whether it was to be evaluated when asked for, and nobody has asked yet. */
export function isTestClosed(run: RunRow): boolean {
  return Boolean(run.config.testOnDemand) && !run.evaluation?.test && testKeyOf(run) !== null;
}
