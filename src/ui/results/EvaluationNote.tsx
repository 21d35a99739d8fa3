/** The weights and data of the figures, if they differ from the expected ones. */
import type { RunRow } from '../../app/state.ts';
import { moment, plural } from '../format.ts';
import { Callout } from '../parts/Message.tsx';
import { EvaluateButton } from './EvaluateButton.tsx';

export function EvaluationNote({ run }: { run: RunRow }) {
  const { evaluated, config, status } = run;
  if (!evaluated) return null;
  if (status === 'finished' && evaluated.epoch < config.epochs) {
    return (
      <Callout tone="warn" title="These are the figures of an older state of this run." testId="older-state">
        <p>
          The newest stored state is damaged. Figures and weights are those after epoch {evaluated.epoch} of{' '}
          {config.epochs}, step {evaluated.step}.
        </p>
      </Callout>
    );
  }
  if (!evaluated.complete) {
    return (
      <Callout tone="info" title="Not every split was evaluated." testId="not-complete">
        <p>The evaluation was ended early.</p>
        <EvaluateButton run={run} />
      </Callout>
    );
  }
  if (evaluated.datasets) {
    return (
      <Callout
        tone="info"
        title="Evaluated on other data than it froze at its start."
        testId="evaluated-later"
      >
        <p>
          The evaluation was made on {moment(evaluated.atMs)}, on the{' '}
          {plural(evaluated.datasets.length, 'dataset')} of that time.
        </p>
      </Callout>
    );
  }
  return null;
}
