/** What the leak guard knew when a run began. */

import type { RunRow } from '../../app/state.ts';
import type { GuardFacts } from '../../core/train/manifest.ts';
import { dated, plural } from '../format.ts';
import styles from './RunResults.module.css';

export function GuardNote({ run }: { run: RunRow }) {
  const guard = run.frozen?.guard;
  // Runs of before do not say.
  if (guard === undefined) return null;
  return (
    <p className={styles.guard} data-testid="guard-note">
      {guardWords(guard)}
    </p>
  );
}

export function guardWords(guard: GuardFacts | null): string {
  if (!guard) return 'Copies across splits were not looked for before this run.';
  const { open, within = 0 } = guard;
  const shared = [
    ...(open > within ? [`${plural(open - within, 'pair of datasets', 'pairs of datasets')} shared`] : []),
    ...(within > 0 ? [`${plural(within, 'dataset')} had`] : []),
  ];
  const what = open === 0 ? 'no picture was in two splits' : `${shared.join(' and ')} pictures across splits`;
  const said = guard.dismissed > 0 ? `, ${guard.dismissed} called no leak` : '';
  const since = guard.isCurrent ? '' : ' Slices had changed since that check.';
  return `Leak guard: ${plural(guard.slices, 'slice')} checked on ${dated(guard.atMs)}; ${what}${said}.${since}`;
}
