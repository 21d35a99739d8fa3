/** Whether a run that repeats a recorded one has the same figures. */
import type { RunRow } from '../../app/state.ts';
import { differingFigures } from '../../core/train/repeat.ts';
import { count, plural } from '../format.ts';
import { Callout } from '../parts/Message.tsx';
import { whyOthers } from './repeated.ts';

const MOST_SHOWN = 8;

export function RepeatNote({ run }: { run: RunRow }) {
  const { repeats } = run;
  if (!repeats) return null;
  const differences = differingFigures({ ...run, repeats });
  if (!differences) return null;
  const day = repeats.started.slice(0, 10);
  if (differences.length === 0) {
    return (
      <Callout tone="info" title="Every figure is that of the record." testId="repeat-agrees">
        <p>This run repeats one of {day}: weights and figures are the same, bit for bit.</p>
      </Callout>
    );
  }
  const more = differences.length - MOST_SHOWN;
  return (
    <Callout
      tone="warn"
      title={`${plural(differences.length, 'figure')} differ from the record.`}
      testId="repeat-differs"
    >
      <p>
        This run repeats one of {day}. {whyOthers(run, repeats)}
      </p>
      <ul>
        {differences.slice(0, MOST_SHOWN).map((one) => (
          <li key={one}>{one}</li>
        ))}
        {more > 0 && <li>{count(more)} more: the report has them all.</li>}
      </ul>
    </Callout>
  );
}
