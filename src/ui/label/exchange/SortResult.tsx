/** What became of sorted files. */
import type { SortOutcome } from '../../../app/exchange/sort.ts';
import { count, plural } from '../../format.ts';
import { Callout } from '../../parts/Message.tsx';

const TITLES: Record<SortOutcome['state'], string> = {
  done: 'Copied',
  cancelled: 'Cancelled',
  failed: 'The copying failed',
};

export function SortResult({ outcome }: { outcome: SortOutcome }) {
  const { state, written, total, renamed, unreadable, error } = outcome;
  return (
    <Callout tone={state === 'failed' ? 'error' : 'info'} title={TITLES[state]} testId="sort-result">
      {state === 'failed' && error && <span>{error.message}</span>}
      <span>
        {written === 0 && state !== 'done'
          ? 'No copy was left behind.'
          : `Written: ${count(written)} of ${plural(total, 'file')}; no file is half written.`}
      </span>
      {renamed > 0 && (
        <span>{plural(renamed, 'file')} got a number, since the folder had a file of that name.</span>
      )}
      {unreadable > 0 && (
        <span>
          {plural(unreadable, 'file')} could not be read any more: drop the folder again, and sort again.
        </span>
      )}
      {state === 'failed' && error && <span>{error.next}</span>}
    </Callout>
  );
}
